import { checkInteger, checkObject, InputError } from "../../core/index.js";

/** Pairs of actions, one a row: which was chosen over which, [N] each. */
export interface ActionPairs {
  readonly chosen: ArrayLike<number>;
  readonly rejected: ArrayLike<number>;
}

/** Different pairs, and how often each was seen. */
export interface DistinctPairs {
  readonly chosen: Int32Array;
  readonly rejected: Int32Array;
  readonly counts: Float64Array;
}

/** @throws InputError naming `caller` unless there are pairs, all of them of `actions` actions */
export function checkPairs(caller: string, pairs: ActionPairs, actions: number): void {
  checkObject(`${caller}: pairs`, pairs, ["chosen", "rejected"], "an object { chosen, rejected }");
  const { chosen, rejected } = pairs;
  if (chosen.length !== rejected.length || chosen.length === 0)
    throw new InputError(
      `${caller}: pairs must have a rejected action for each chosen one (at least 1), got ${chosen.length} and ${rejected.length}`,
    );
  for (let i = 0; i < chosen.length; i++)
    if (!isBelow(actions, chosen[i]) || !isBelow(actions, rejected[i]))
      for (const action of [chosen[i], rejected[i]])
        checkInteger(`${caller}: pairs`, action, { min: 0, max: actions - 1 });
}

function isBelow(actions: number, action: number): boolean {
  return Number.isInteger(action) && action >= 0 && action < actions;
}

/** Each of checked pairs once, those of the same chosen action side by side. */
export function distinctPairs({ chosen, rejected }: ActionPairs, actions: number): DistinctPairs {
  const counts = new Map<number, number>();
  for (let i = 0; i < chosen.length; i++) {
    const key = chosen[i] * actions + rejected[i];
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const keys = [...counts.keys()].sort((a, b) => a - b);
  return {
    chosen: Int32Array.from(keys, (key) => Math.floor(key / actions)),
    rejected: Int32Array.from(keys, (key) => key % actions),
    counts: Float64Array.from(keys, (key) => counts.get(key) ?? 0),
  };
}
