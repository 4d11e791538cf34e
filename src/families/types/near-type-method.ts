import { checkInteger, randomStream, type RandomStream } from "../../core/index.js";
import type { Pairs, PreferenceData } from "../../data/index.js";
import { scalingOf, scalingValues, trainedScaling, type Scaling } from "../design/linear-design.js";
import { problemOf, type Problem } from "../design/problem.js";
import { countOr } from "../options.js";
import type { OwnMethod } from "../own-method.js";
import type { DataSizes, Parameters } from "../parameters.js";
import { placeNearTypes, scoreNearTypes, type Prior, type TasteRows } from "./near-type.js";

/** Options of families that are fitted by sampling. */
export const SAMPLING = {
  burn: countOr(200, "draws of the chain that are left out"),
  draws: countOr(400, "draws that are averaged"),
};

/** Where the states of trained users are kept. */
export const STATE = "state";

/** A family whose users are near one of K types, with tastes of their own; K = 1: around what all like. */
export interface NearTypeFamily {
  readonly name: string;
  /** Rows that it is fitted on. */
  problemRows(pairs: Pairs, scaling: Scaling): TasteRows;
  /** What it learns of the population, by the names of its parameters. */
  fit(problem: Problem, rng: RandomStream): Iterable<readonly [string, Float32Array]>;
  prior(trained: Parameters): Prior;
  /** Rows that users are placed and scored by. */
  rows(trained: Parameters, pairs: Pairs, scaling: Scaling): TasteRows;
}

/** How such a family is fitted by sampling, and its users, known and new alike, placed from their answers. */
export function nearTypeMethod(family: NearTypeFamily, stream: string): OwnMethod {
  const { name } = family;
  const rowsOf = (trained: Parameters, pairs: Pairs): TasteRows =>
    family.rows(trained, pairs, trainedScaling(trained, name));
  const infer = (trained: Parameters, data: PreferenceData): Float32Array =>
    placeNearTypes(family.prior(trained), { ...data, ...rowsOf(trained, data), users: data.users.length });
  return {
    fit(data: PreferenceData, _: DataSizes, seed: number): Parameters {
      checkInteger("fit: seed", seed);
      const scaling = scalingOf(data);
      const problem = problemOf(family.problemRows(data, scaling), { ...data, users: data.users.length });
      const learned = family.fit(problem, randomStream(seed).split(stream));
      const population = new Map([...learned, ...scalingValues(scaling)]);
      return population.set(STATE, infer(population, data));
    },
    scores: (trained, pairs, judges) => scoreNearTypes(family.prior(trained), rowsOf(trained, pairs), judges),
    infer,
  };
}
