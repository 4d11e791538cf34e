import { checkNumbers, checkObject, checkOneOf, checkRows, InputError, show } from "../core/index.js";

/** One statement of a persona's file; `line` counts from 1. */
export interface PersonaStatement {
  readonly text: string;
  /** Whether somebody with this persona would say it. */
  readonly agrees: boolean;
  readonly line: number;
}

/** All statements of one persona. */
export interface PersonaSet {
  readonly persona: string;
  readonly statements: readonly PersonaStatement[];
}

/** How prompts are drawn: uniformly from all personas' statements, or half from the user's own and half from the others'. */
export type PersonaPrompts = "uniform" | "balanced";

/** The union of the sets S(ρ) of statements that agree with a persona: what users are asked about. */
export interface PersonaPool {
  /** The K* personas. */
  readonly personas: readonly string[];
  /** Ids `persona:line`, shape [C]; statements with the same text are one entry, under the first persona that has it. */
  readonly ids: readonly string[];
  readonly text: readonly string[];
  /** Row-major [C, K*], 1 where the statement belongs to S(ρ). */
  readonly members: Uint8Array;
}

/**
 * The pool of statements of `sets`, in their order.
 * @throws InputError when there is no set, one twice, or one without a statement that agrees
 */
export function personaPool(sets: readonly PersonaSet[]): PersonaPool {
  checkRows("personaPool: sets", sets);
  if (sets.length === 0) throw new InputError("personaPool: needs at least one persona, got none");
  const personas = sets.map((set) => set.persona);
  const twice = personas.find((persona, i) => personas.indexOf(persona) !== i);
  if (twice !== undefined)
    throw new InputError(`personaPool: personas must differ, got ${show(twice)} twice`);
  const index = new Map<string, number>();
  const ids: string[] = [];
  const owners: number[][] = [];
  sets.forEach((set, owner) => {
    const agreeing = set.statements.filter((statement) => statement.agrees);
    if (agreeing.length === 0)
      throw new InputError(`personaPool: ${show(set.persona)} has no statement that agrees with it`);
    for (const { text, line } of agreeing) {
      const known = index.get(text);
      if (known !== undefined) {
        owners[known].push(owner);
        continue;
      }
      index.set(text, ids.length);
      ids.push(`${set.persona}:${line}`);
      owners.push([owner]);
    }
  });
  const members = new Uint8Array(ids.length * sets.length);
  owners.forEach((list, c) => list.forEach((owner) => (members[c * sets.length + owner] = 1)));
  return { personas, ids, text: [...index.keys()], members };
}

/**
 * The expected accuracy (0-1) of the best predictor that does not know the user, computed from the population of
 * equally many users of each persona asked about `statements`. With disjoint sets and uniform prompts it is
 * max(1/K*, 1 - 1/K*); with balanced prompts and sets of one size it is 1/2.
 * @param statements indices into the pool
 */
export function personaBlindCeiling(
  pool: PersonaPool,
  statements: Int32Array,
  prompts: PersonaPrompts,
): number {
  checkObject(
    "personaBlindCeiling: pool",
    pool,
    ["text", "personas", "members"],
    "a pool of statements, as personaPool makes it",
  );
  checkNumbers("personaBlindCeiling: statements", statements);
  checkOneOf("personaBlindCeiling: prompts", prompts, ["uniform", "balanced"]);
  const k = pool.personas.length;
  const own = pool.personas.map((_, g) => statements.filter((c) => pool.members[c * k + g] === 1).length);
  let right = 0;
  for (const c of statements) {
    let yes = 0;
    let no = 0;
    for (let g = 0; g < k; g++) {
      const agrees = pool.members[c * k + g] === 1;
      const side = agrees ? own[g] : statements.length - own[g];
      const asked = prompts === "uniform" ? 1 : statements.length / (2 * side);
      if (agrees) yes += asked;
      else no += asked;
    }
    right += Math.max(yes, no);
  }
  return right / (statements.length * k);
}
