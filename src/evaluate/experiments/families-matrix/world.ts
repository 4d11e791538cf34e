import { InputError, type DataReference } from "../../../core/index.js";
import type { PreferenceData } from "../../../data/index.js";
import { loadChoices, loadPersona, loadPets, loadPolis } from "../../../data/files/index.js";
import { pets } from "../../../data/worlds/index.js";
import { publishedReference, simulatedReference } from "../parts/references.js";
import { namedWorld, WORLD_NAMES, WORLD_SIZE, type KnownTruth } from "../../compare/index.js";

/** Real people whose answers are published: a conversation, and a set of paired comparisons. */
const REAL: { readonly [world: string]: () => Promise<Pick<MatrixWorld, "data">> } = {
  polis: () => loadPolis("football-concussions"),
  choices: () => loadChoices("germanparties2009"),
};

/** Worlds of the matrix: those of `compare`, two of sentences, and two of real people. */
export const MATRIX_WORLDS: readonly string[] = [
  ...WORLD_NAMES.map(([name]) => name),
  ...["pets", "persona", ...Object.keys(REAL)],
];

/** Data of a world, what of it is known, and where it is from. */
export interface MatrixWorld {
  readonly data: PreferenceData;
  readonly truth?: KnownTruth;
  readonly files: readonly DataReference[];
}

/** How much of a world is drawn. */
export interface MatrixSize {
  readonly users: number;
  readonly answers: number;
  readonly set: "published" | "own";
}

export const PERSONAS_USED: readonly string[] = ["art", "literature", "math"].map(
  (name) => `interest-in-${name}`,
);

/** @throws InputError where more people or answers are asked for than a population of `compare` has; the worlds of sentences are drawn as large as asked, of real people as many take part as there are */
export function checkSize(
  experiment: string,
  world: string,
  size: Pick<MatrixSize, "users" | "answers">,
): void {
  if (!WORLD_NAMES.some(([name]) => name === world)) return;
  for (const key of ["users", "answers"] as const)
    if (size[key] > WORLD_SIZE[key])
      throw new InputError(
        `${experiment}: ${key} must be at most ${WORLD_SIZE[key]} in the world "${world}", which has no more, got ${size[key]}`,
      );
}

/** Where the answers of a world are from that is not drawn. @throws UnreachableError without the network or a mirror */
export async function publishedIn(world: string): Promise<readonly DataReference[]> {
  return [publishedReference((await REAL[world]()).data.source)];
}

export function isPublished(world: string): boolean {
  return Object.hasOwn(REAL, world);
}

/** A population of a world, drawn anew for each seed; real people are the same, divided anew. */
export async function matrixWorld(name: string, seed: number, size: MatrixSize): Promise<MatrixWorld> {
  const { users, answers, set } = size;
  if (isPublished(name)) {
    const { data } = await REAL[name]();
    return { data, files: [publishedReference(data.source)] };
  }
  if (name === "persona") {
    const { train, files } = await loadPersona({
      ...{ personas: PERSONAS_USED, set, prompts: "uniform", seed },
      usersPerGroup: Math.ceil(users / PERSONAS_USED.length),
      comparisonsPerUser: answers,
    });
    return { data: train, files };
  }
  if (name === "pets") {
    const world = pets({ users, comparisonsPerUser: answers, seed, sentences: await loadPets() });
    const kind = new Map(world.data.users.map((id, u) => [id, world.kindOf[u]]));
    const truth: KnownTruth = {
      possible: world.kinds.length,
      probability: (who, left, right) => world.probability(who, left, right),
      own: (user, left, right) => world.probability(kind.get(user) ?? 0, left, right),
    };
    return { data: world.data, truth, files: [simulatedReference(world.data.source)] };
  }
  const { data, truth } = namedWorld(name, { seed });
  return { data, truth, files: [simulatedReference(data.source)] };
}
