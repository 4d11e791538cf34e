import type { Pairs, PreferenceData } from "../../data/index.js";
import { randomStream } from "../../core/index.js";
import { answersOf, ask, dot, fitMarginal, isVotes, meanWeights } from "../../families/index.js";
import { fitTypes, problemFor, type Candidate, type MethodContext } from "../methods/index.js";
import type { PrototypeView } from "./describe.js";

/** The model that is shown: the one that was chosen, learned from all answers by the same code. */
export interface ShownModel extends PrototypeView {
  /** Standard deviation of users' own tastes, in log odds, where the model has them. */
  readonly ownTastes?: number;
  readonly converged: boolean;
}

export function showModel(context: MethodContext, candidate: Candidate, seed: number): ShownModel {
  const { data } = context;
  const rng = randomStream(seed).split("shown model");
  if (candidate.method === "pal" && candidate.basis === "ids") return learnedItems(data, candidate, seed);
  const all = Int32Array.from(data.user.keys());
  const { problem, asked, users } = problemFor(context, {
    basis: candidate.basis,
    train: all,
    asked: new Int32Array(0),
    merge: true,
  });
  const fit = fitTypes(problem, { ...candidate, effort: "full" }, { rng, asked });
  const { k } = fit;
  const allWeights = new Float32Array(data.users.length * k).fill(1 / k);
  users.forEach((user, index) => {
    allWeights.set(Float32Array.from(fit.weights.subarray(index * k, (index + 1) * k)), user * k);
  });
  const q = Math.sqrt(fit.covariance?.length ?? 0);
  let variance = 0;
  for (let c = 0; c < q; c++) variance += (fit.covariance?.[c * q + c] ?? 0) / q;
  return {
    ...{ k, allWeights, converged: fit.converged },
    ...subjectsOf(context, candidate, fit.means),
    ...(fit.covariance === undefined ? {} : { ownTastes: Math.sqrt(variance) }),
  };
}

/** What types like, as log odds of items, statements or pairs, row-major [J, K]. */
function subjectsOf(
  context: MethodContext,
  { basis: name, k }: Candidate,
  means: Float64Array,
): Pick<PrototypeView, "kind" | "subjects" | "theta"> {
  const { basis, data } = context.basis(name);
  const d = basis.width;
  if (name === "ids") {
    const { about: kind } = basis as { about: PrototypeView["kind"] };
    const theta = Float64Array.from({ length: d * k }, (_, i) => means[(i % k) * d + Math.floor(i / k)]);
    return { kind, theta, subjects: idsOf(data, kind) };
  }
  const contexts = data.contexts?.ids ?? [];
  const hasVotes = isVotes(data);
  const subjects = hasVotes ? contexts : data.items.ids;
  const shown = hasVotes ? [0] : sampleOf(contexts.length);
  const theta = new Float64Array(subjects.length * k);
  for (const scene of shown) {
    const pairs: Pairs = {
      items: data.items,
      ...(data.contexts === undefined ? {} : { contexts: data.contexts }),
      left: new Int32Array(subjects.length),
      right: Int32Array.from(subjects, (_, i) => (hasVotes ? 1 : i)),
      ...(data.context === undefined
        ? {}
        : { context: Int32Array.from(subjects, (_, i) => (hasVotes ? i : scene)) }),
    };
    const { mean } = basis.rows(pairs);
    for (let i = 0; i < subjects.length; i++)
      for (let j = 0; j < k; j++) theta[i * k + j] += dot(mean, i, means, j * d) / shown.length;
  }
  return { kind: hasVotes ? "statements" : "items", subjects, theta };
}

/** Contexts over which an item's utility is averaged. */
const SCENES = 30;

function sampleOf(contexts: number): number[] {
  const count = Math.max(1, Math.min(SCENES, contexts));
  return Array.from({ length: count }, (_, i) => Math.floor((i * Math.max(1, contexts)) / count));
}

function idsOf(data: PreferenceData, kind: PrototypeView["kind"]): readonly string[] {
  if (kind === "statements") return data.contexts?.ids ?? [];
  return kind === "items" ? data.items.ids : pairNames(data);
}

/** Items or statements of ids alone, as PAL with learned items learns them. */
function learnedItems(data: PreferenceData, { k, strength }: Candidate, seed: number): ShownModel {
  const answers = answersOf(data);
  const { kind } = answers.questions;
  const rng = randomStream(seed).split("learned-items");
  const found = fitMarginal(answers, {
    k,
    rng,
    starts: 3,
    readiness: true,
    ...(strength === undefined ? {} : { spread: strength }),
  });
  const { theta, grid, posterior, iterations } = found;
  return {
    ...{ k, kind, theta, allWeights: meanWeights(posterior, grid, k), converged: iterations < 60 },
    subjects: idsOf(data, kind),
  };
}

/** "left | right" of each question, by the items' ids. */
function pairNames(data: PreferenceData): string[] {
  const { items, left, right } = data;
  const { question, questions } = ask(data);
  const names = new Array<string>(questions.plus.length).fill("");
  question.forEach((q, row) => {
    const [low, high] = [Math.min(left[row], right[row]), Math.max(left[row], right[row])];
    names[q] = `${items.ids[low]} | ${items.ids[high]}`;
  });
  return names;
}
