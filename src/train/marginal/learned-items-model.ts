import { checkInteger, checkKeys, InputError, list, randomStream } from "../../core/index.js";
import { checkPairs, checkPreferenceData, type Pairs, type PreferenceData } from "../../data/index.js";
import { answersOf, ask, type Questions } from "./answers.js";
import { gridLikelihood, setPosterior } from "./expectation.js";
import { fitMarginal, type MarginalFit } from "./fit-marginal.js";

export interface LearnedItemsOptions {
  /** Prototypes, >= 1. */
  readonly k: number;
  readonly seed: number;
  /** As in {@link fitMarginal}. */
  readonly spread?: number;
  readonly starts?: number;
}

/** What is believed of one user. */
export interface Belief {
  /** The mean weights, shape [K], on the simplex. */
  readonly weights: Float32Array;
  /** Probability of each point of the grid, shape [G]. */
  readonly belief: Float64Array;
}

/**
 * PAL learned from ids alone: votes on statements, or pairs of items without features. A prototype is a column of log odds, a user a belief over the
 * simplex, and a probability is the mean over that belief.
 */
export class LearnedItemsModel {
  readonly fit: MarginalFit;
  readonly users: readonly string[];
  /** Ids of what the parameters are about: statements, items, or pairs ("left | right"). */
  readonly subjects: readonly string[];
  readonly kind: Questions["kind"];
  /** Mean weights of all users, row-major [U, K]. */
  readonly allWeights: Float32Array;
  readonly #place: ReadonlyMap<string, number>;

  /** Use {@link fitLearnedItems}. */
  constructor(fit: MarginalFit, data: PreferenceData, questions: Questions) {
    this.fit = fit;
    this.users = data.users;
    this.kind = questions.kind;
    this.subjects = subjectsOf(data, questions);
    this.#place = new Map(this.subjects.map((id, index) => [id, index]));
    this.allWeights = meanWeights(fit, fit.posterior);
  }

  get k(): number {
    return this.fit.k;
  }

  /** Log odds of what the parameters are about, row-major [J, K]. */
  get theta(): Float64Array {
    return this.fit.theta;
  }

  /** Log odds of each prototype, row-major [K, J], in the order of `subjects`. */
  prototypes(): Float64Array {
    const { k, theta } = this.fit;
    const count = theta.length / k;
    return Float64Array.from(
      { length: theta.length },
      (_, i) => theta[(i % count) * k + Math.floor(i / count)],
    );
  }

  /** The user's mean weights, shape [K], on the simplex. @throws InputError for an unknown user */
  weights(user: string): Float32Array {
    return this.stateOf(user).weights;
  }

  /** @throws InputError for a user that was not trained on */
  stateOf(user: string): Belief {
    const index = this.users.indexOf(user);
    if (index < 0)
      throw new InputError(`stateOf: unknown user ${JSON.stringify(user)}; known: ${list(this.users)}`);
    const size = this.fit.prior.length;
    return this.#state(this.fit.posterior.slice(index * size, (index + 1) * size));
  }

  /** What a new user's answers say, everything else frozen. @throws InputError for several users, or items that were not in training */
  infer(comparisons: PreferenceData): Belief {
    checkPreferenceData("infer", comparisons);
    if (comparisons.users.length !== 1)
      throw new InputError(`infer: needs the comparisons of one user, got ${comparisons.users.length} users`);
    const { questions, question, direction } = this.#asked(comparisons);
    const right = Uint8Array.from(comparisons.label, (label, row) => (label * direction[row] > 0 ? 1 : 0));
    const answers = {
      users: 1,
      questions,
      question,
      right,
      user: new Int32Array(right.length),
      weight: comparisons.weight,
    };
    const cells = questions.plus.length * this.fit.prior.length;
    const likelihood = {
      p: new Float64Array(cells),
      right: new Float64Array(cells),
      left: new Float64Array(cells),
    };
    gridLikelihood(this.fit, questions, likelihood);
    const posterior = new Float64Array(this.fit.prior.length);
    setPosterior(answers, likelihood, { ...this.fit, posterior });
    return this.#state(posterior);
  }

  /** P(right preferred) for one user, shape [N]. @throws InputError for items that were not in training */
  probabilities(pairs: Pairs, state: Pick<Belief, "belief">): Float64Array {
    const { questions, question, direction } = this.#asked(pairs);
    const size = this.fit.prior.length;
    const cells = questions.plus.length * size;
    const likelihood = {
      p: new Float64Array(cells),
      right: new Float64Array(cells),
      left: new Float64Array(cells),
    };
    gridLikelihood(this.fit, questions, likelihood);
    return Float64Array.from(question, (q, row) => {
      const p = state.belief.reduce((sum, belief, g) => sum + belief * likelihood.p[q * size + g], 0);
      return direction[row] > 0 ? p : 1 - p;
    });
  }

  #state(belief: Float64Array): Belief {
    return { weights: meanWeights(this.fit, belief), belief };
  }

  /** The questions of `pairs`, with the parameters that they have here. */
  #asked(pairs: Pairs): ReturnType<typeof ask> {
    checkPairs("LearnedItemsModel", pairs);
    const asked = ask(pairs);
    const { questions } = asked;
    const known = (id: string): number => {
      const found = this.#place.get(id);
      if (found === undefined)
        throw new InputError(`${JSON.stringify(id)} was not in training; known: ${list(this.subjects)}`);
      return found;
    };
    if (this.kind !== "pairs") {
      const ids = questions.kind === "statements" ? (pairs.contexts?.ids ?? []) : pairs.items.ids;
      if (questions.kind === "pairs") return this.#itemPairs(pairs, asked, known);
      const move = (index: number): number => (index < 0 ? -1 : known(ids[index]));
      return {
        ...asked,
        questions: { ...questions, plus: questions.plus.map(move), minus: questions.minus.map(move) },
      };
    }
    const names = pairNames(pairs, asked);
    const plus = Int32Array.from(names, known);
    return { ...asked, questions: { ...questions, plus, minus: new Int32Array(plus.length).fill(-1) } };
  }

  /** Pairs that are disjoint here but were not in training: their parameters are their items'. */
  #itemPairs(
    pairs: Pairs,
    asked: ReturnType<typeof ask>,
    known: (id: string) => number,
  ): ReturnType<typeof ask> {
    const sides = asked.question.map((_, row) => Math.max(pairs.left[row], pairs.right[row]));
    const others = asked.question.map((_, row) => Math.min(pairs.left[row], pairs.right[row]));
    const [plus, minus] = [sides, others].map((items) => items.map((item) => known(pairs.items.ids[item])));
    return {
      ...asked,
      question: asked.question.map((_, row) => row),
      questions: { ...asked.questions, plus, minus },
    };
  }
}

/**
 * Learns PAL from comparisons of ids.
 * @throws InputError for bad options or data
 */
export function fitLearnedItems(data: PreferenceData, options: LearnedItemsOptions): LearnedItemsModel {
  checkKeys("fitLearnedItems", options, ["k", "seed", "spread", "starts"]);
  const { seed, ...rest } = options;
  checkInteger("fitLearnedItems: seed", seed);
  const answers = answersOf(data);
  const fit = fitMarginal(answers, { ...rest, rng: randomStream(seed).split("learned-items") });
  return new LearnedItemsModel(fit, data, answers.questions);
}

function meanWeights({ grid, k }: MarginalFit, posterior: Float64Array): Float32Array {
  const size = grid.length / k;
  const users = posterior.length / size;
  const weights = new Float32Array(users * k);
  for (let u = 0; u < users; u++) {
    for (let g = 0; g < size; g++) {
      for (let j = 0; j < k; j++) weights[u * k + j] += posterior[u * size + g] * grid[g * k + j];
    }
  }
  return weights;
}

function subjectsOf(data: PreferenceData, { kind }: Questions): readonly string[] {
  if (kind === "statements") return data.contexts?.ids ?? [];
  return kind === "items" ? data.items.ids : pairNames(data, ask(data));
}

/** "left | right" of each question, by the items' ids. */
function pairNames({ items, left, right }: Pairs, { question, questions }: ReturnType<typeof ask>): string[] {
  const names = new Array<string>(questions.plus.length).fill("");
  question.forEach((q, row) => {
    names[q] =
      `${items.ids[Math.min(left[row], right[row])]} | ${items.ids[Math.max(left[row], right[row])]}`;
  });
  return names;
}
