import { checkInteger, checkKeys, checkNumber, checkOneOf, InputError, RandomStream } from "../core/index.js";
import { personaBlindCeiling, type PersonaPool, type PersonaPrompts } from "./persona-pool.js";
import type { DataSource, FeatureTable, PreferenceData } from "./preference-data.js";

/** Options of {@link simulatePersona}: who is asked, how often, and about which statements. */
export interface SimulatePersonaOptions {
  /** Users that have each persona, >= 1. */
  readonly usersPerGroup: number;
  /** Training comparisons of a user, >= 1. */
  readonly comparisonsPerUser: number;
  readonly prompts: PersonaPrompts;
  readonly seed: number;
  /** Fraction (0-1) of the statements that are kept for testing, default 0.2. */
  readonly testStatements?: number;
  /** Fraction (0-1) of the statements that are kept for validation, default 0.1. */
  readonly validationStatements?: number;
  /** Test comparisons of a user; default 50, or as many as there are statements for. */
  readonly testComparisonsPerUser?: number;
  /** Validation comparisons of a user; default 25, or as many as there are statements for. */
  readonly validationComparisonsPerUser?: number;
  /** Users of each persona that are not in `train`, default 0. */
  readonly unseenUsersPerGroup?: number;
  /** Comparisons that an unseen user is adapted on; default `comparisonsPerUser`. */
  readonly unseenComparisonsPerUser?: number;
}

/** Which split a statement belongs to. */
export type StatementSplit = "train" | "validation" | "test";

/** A population of personas. The splits are by statement: no statement occurs in two of them. All share their tables. */
export interface PersonaData {
  readonly train: PreferenceData;
  readonly validation: PreferenceData;
  readonly test: PreferenceData;
  /** Users that `train` does not have: `adapt` asks them training statements, `test` the test statements. */
  readonly unseen?: { readonly adapt: PreferenceData; readonly test: PreferenceData };
  readonly pool: PersonaPool;
  /** The split of each statement of the pool, shape [C]. */
  readonly statementSplit: readonly StatementSplit[];
  /** Expected test accuracy (0-1) of the best predictor that does not know the user. */
  readonly blindCeiling: number;
}

const CALLER = "simulatePersona";

const ANSWERS: FeatureTable = { ids: ["no", "yes"], text: ["No", "Yes"] };

const OPTIONAL_COUNTS = [
  "testComparisonsPerUser",
  "validationComparisonsPerUser",
  "unseenComparisonsPerUser",
] as const;

/** The names of {@link SimulatePersonaOptions}. */
export const SIMULATE_PERSONA_OPTIONS: readonly (keyof SimulatePersonaOptions)[] = [
  "usersPerGroup",
  "comparisonsPerUser",
  "prompts",
  "seed",
  "testStatements",
  "validationStatements",
  "unseenUsersPerGroup",
  ...OPTIONAL_COUNTS,
];

/**
 * Synthetic users of the Persona experiment. Each user has one persona (a partition), is asked about statements of the
 * pool without replacement, and answers yes (+1, right) where the statement belongs to the own persona's set, else no
 * (-1, left). The items are "no" (0) and "yes" (1); the statements are the contexts. A user's first n comparisons are
 * the same whatever the number asked for.
 * @param features of the pool's statements, shape [C, E]
 * @source arXiv 2406.08469, section 4 and figure 4; the numbers of users, comparisons and the split are ours
 * @throws InputError when more comparisons are asked for than there are statements
 */
export function simulatePersona(
  pool: PersonaPool,
  features: Float32Array | undefined,
  source: DataSource,
  options: SimulatePersonaOptions,
): PersonaData {
  checkPersonaOptions(options);
  const { prompts, usersPerGroup, unseenUsersPerGroup = 0 } = options;
  const rng = new RandomStream(options.seed).split("persona");
  const statementSplit = splitStatements(pool, rng.split("statements"), options);
  const contexts: FeatureTable = {
    ids: pool.ids,
    text: pool.text,
    ...(features === undefined ? {} : { features }),
  };
  const indicesOf = (split: StatementSplit): Int32Array =>
    Int32Array.from(pool.ids.keys()).filter((c) => statementSplit[c] === split);
  const build = (split: StatementSplit, count: Count, users: readonly User[]): PreferenceData => {
    const prompter = createPrompter(pool, indicesOf(split), prompts);
    const asked = resolveCount(count, prompter.most, split, options);
    return askUsers({ pool, contexts, source }, users, (user) =>
      prompter.draw(user.group, asked, rng.split(split).split(user.id)),
    );
  };
  const seen = listUsers(pool, usersPerGroup, "");
  const fresh = listUsers(pool, unseenUsersPerGroup, "new-");
  return {
    train: build("train", "comparisonsPerUser", seen),
    validation: build("validation", "validationComparisonsPerUser", seen),
    test: build("test", "testComparisonsPerUser", seen),
    ...(unseenUsersPerGroup === 0
      ? {}
      : {
          unseen: {
            adapt: build("train", "unseenComparisonsPerUser", fresh),
            test: build("test", "testComparisonsPerUser", fresh),
          },
        }),
    pool,
    statementSplit,
    blindCeiling: personaBlindCeiling(pool, indicesOf("test"), prompts),
  };
}

interface User {
  readonly id: string;
  readonly group: number;
}

type Count =
  | "comparisonsPerUser"
  | "unseenComparisonsPerUser"
  | "validationComparisonsPerUser"
  | "testComparisonsPerUser";

interface Tables {
  readonly pool: PersonaPool;
  readonly contexts: FeatureTable;
  readonly source: DataSource;
}

interface Prompter {
  /** The most prompts that every user can be asked. */
  readonly most: number;
  draw(group: number, count: number, rng: RandomStream): Int32Array;
}

/** Draws prompts without replacement; the first n of a user do not depend on how many are drawn. */
function createPrompter(pool: PersonaPool, statements: Int32Array, prompts: PersonaPrompts): Prompter {
  if (prompts === "uniform") {
    return {
      most: statements.length,
      draw: (_, count, rng) =>
        rng
          .permutation(statements.length)
          .slice(0, count)
          .map((i) => statements[i]),
    };
  }
  const k = pool.personas.length;
  const sides = pool.personas.map((_, group) => ({
    own: statements.filter((c) => pool.members[c * k + group] === 1),
    other: statements.filter((c) => pool.members[c * k + group] === 0),
  }));
  return {
    most: 2 * Math.min(...sides.map(({ own, other }) => Math.min(own.length, other.length))),
    draw(group, count, rng) {
      const { own, other } = sides[group];
      const yes = rng.split("own").permutation(own.length);
      const no = rng.split("other").permutation(other.length);
      const first = rng.integer(2);
      return Int32Array.from({ length: count }, (_, i) =>
        i % 2 === first ? own[yes[i >> 1]] : other[no[i >> 1]],
      );
    },
  };
}

function listUsers(pool: PersonaPool, perGroup: number, prefix: string): User[] {
  return pool.personas.flatMap((persona, group) =>
    Array.from({ length: perGroup }, (_, i) => ({ id: `${persona}/${prefix}${i}`, group })),
  );
}

function askUsers(tables: Tables, users: readonly User[], draw: (user: User) => Int32Array): PreferenceData {
  const { pool, contexts, source } = tables;
  const k = pool.personas.length;
  const prompts = users.map(draw);
  const context = Int32Array.from(prompts.flatMap((drawn) => Array.from(drawn)));
  const user = Int32Array.from(prompts.flatMap((drawn, u) => Array.from(drawn, () => u)));
  return {
    users: users.map(({ id }) => id),
    groups: users.map(({ group }) => pool.personas[group]),
    subject: "votes",
    items: ANSWERS,
    contexts,
    user,
    left: new Int32Array(user.length),
    right: new Int32Array(user.length).fill(1),
    context,
    label: Int8Array.from(user, (u, row) => (pool.members[context[row] * k + users[u].group] === 1 ? 1 : -1)),
    source,
  };
}

/** Splits within each persona's statements, so that every split has its share of every persona. */
function splitStatements(
  pool: PersonaPool,
  rng: RandomStream,
  options: SimulatePersonaOptions,
): StatementSplit[] {
  const { testStatements = 0.2, validationStatements = 0.1 } = options;
  const k = pool.personas.length;
  const split = pool.ids.map((): StatementSplit => "train");
  const strata = new Map<string, number[]>();
  pool.ids.forEach((_, c) => {
    const signature = pool.members.subarray(c * k, (c + 1) * k).join("");
    strata.set(signature, [...(strata.get(signature) ?? []), c]);
  });
  for (const [signature, stratum] of strata) {
    const order = rng.split(signature).permutation(stratum.length);
    const test = Math.round(testStatements * stratum.length);
    const held = test + Math.round(validationStatements * stratum.length);
    order.subarray(0, held).forEach((i, place) => (split[stratum[i]] = place < test ? "test" : "validation"));
  }
  return split;
}

function resolveCount(
  count: Count,
  most: number,
  split: StatementSplit,
  options: SimulatePersonaOptions,
): number {
  const usual = {
    validation: Math.min(25, most),
    test: Math.min(50, most),
    train: options.comparisonsPerUser,
  };
  const asked = options[count] ?? usual[split];
  if (asked > most || asked < 1) {
    const why = `the ${split} statements are enough for ${most} ${options.prompts} prompts of each user`;
    throw new InputError(`${CALLER}: ${count} must be 1 … ${most}, got ${asked}: ${why}`);
  }
  return asked;
}

/** Checks all that can be checked before data is there. @throws InputError */
export function checkPersonaOptions(options: SimulatePersonaOptions): void {
  checkKeys(CALLER, options, SIMULATE_PERSONA_OPTIONS);
  checkOneOf(`${CALLER}: prompts`, options.prompts, ["uniform", "balanced"]);
  checkInteger(`${CALLER}: seed`, options.seed);
  for (const name of ["usersPerGroup", "comparisonsPerUser"] as const) {
    checkInteger(`${CALLER}: ${name}`, options[name], { min: 1 });
  }
  checkInteger(`${CALLER}: unseenUsersPerGroup`, options.unseenUsersPerGroup ?? 0, { min: 0 });
  for (const name of OPTIONAL_COUNTS) checkInteger(`${CALLER}: ${name}`, options[name] ?? 1, { min: 1 });
  const { testStatements = 0.2, validationStatements = 0.1 } = options;
  checkNumber(`${CALLER}: testStatements`, testStatements, { above: 0, below: 1 });
  checkNumber(`${CALLER}: validationStatements`, validationStatements, { above: 0, below: 1 });
  const held = testStatements + validationStatements;
  checkNumber(`${CALLER}: testStatements + validationStatements`, held, { below: 1 });
}
