import type { Settings } from "../state/settings.js";
import type { ExplorerState } from "../state/state.js";
import type { Order } from "../worker/protocol.js";

const OF_SETTINGS = [
  "population",
  "truePrototypes",
  "users",
  "answers",
  "items",
  "noise",
  "family",
  "k",
  "epochs",
  "seed",
] as const satisfies readonly (keyof Settings)[];

/** The part of a state that a world and its model depend on. */
export function settingsOf(state: ExplorerState): Settings {
  const picked = Object.fromEntries(OF_SETTINGS.map((name) => [name, state[name]]));
  return { ...(picked as unknown as Omit<Settings, "moved">), moved: state.moved };
}

/** What the worker must be told when one state follows another; all of it at the start. */
export function ordersFor(
  before: ExplorerState | undefined,
  after: ExplorerState,
  generation: number,
): Order[] {
  const orders: Order[] = [];
  if (before?.pace !== after.pace) orders.push({ kind: "pace", waitMs: after.pace });
  if (before?.chosen !== after.chosen || before.field !== after.field)
    orders.push({ kind: "look", user: after.chosen, isField: after.field });
  const settings = settingsOf(after);
  if (before === undefined || OF_SETTINGS.some((name) => before[name] !== after[name]))
    orders.push({ kind: "train", generation, settings });
  else if (before.moved !== after.moved) orders.push({ kind: "move", generation, settings });
  return orders;
}
