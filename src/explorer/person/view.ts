import { exp, quantile, randomStream } from "../../core/index.js";
import type { BelievedCoordinate, PersonView } from "./calls.js";
import { evidence, type Interview } from "./interview.js";
import { outlineOf, regionOf, type Region } from "./region.js";
import { percent, surenessOf, surenessWords } from "./sureness.js";
import { reasonWords } from "./reason-words.js";

/** What is asked about, as it is shown. */
export interface Shown {
  /** Texts of the items, by row. */
  text(row: number): string;
  /** Places of the items that are drawn, [n, 2], and the rows that they are. */
  readonly drawn?: { readonly places: Float32Array; readonly rows: Int32Array };
  /** Names of a state's coordinates. */
  readonly names: readonly string[];
}

/** Draws that the picture and the region are made of. */
const DRAWS = 600;

/** An interview, what is shown of it, and the region of what is believed before the first answer. */
export interface Told {
  readonly interview: Interview;
  readonly shown: Shown;
  readonly start: Region;
}

/** Draws of what is believed, and their region. */
export function believedOf({ subject, posterior }: Interview): {
  readonly draws: Float64Array;
  readonly width: number;
  readonly isOnSimplex: boolean;
  readonly region: Region;
} {
  const draws = posterior.sample(DRAWS, randomStream(subject.seed).split("region"));
  const width = draws.length / DRAWS;
  const isOnSimplex = subject.fitted.model.user.kind === "simplex";
  return { draws, width, isOnSimplex, region: regionOf(draws, width, isOnSimplex) };
}

/** What the page shows of an interview. */
export function viewOf(told: Told): PersonView {
  const { interview, shown, start } = told;
  const { draws, width, isOnSimplex, region } = believedOf(interview);
  const answers = interview.labels.length;
  const share = Math.min(1, region.size / start.size);
  const grounds = { answers, evidence: evidence(interview), share, isNetworks: !isOnSimplex };
  const coordinates = shown.names.map((name, j) => coordinateOf(name, draws, width, j));
  return {
    answers,
    ...questionOf(told),
    posterior: {
      ...{ kind: isOnSimplex ? "weights" : "gaussian", draws: Float32Array.from(draws), width },
      ...{ coordinates, share },
      ...(region.dimension === 2 ? { outline: outlineOf(region) } : {}),
    },
    sure: surenessOf(grounds),
    words: [
      ...surenessWords(grounds),
      beliefWords(coordinates, isOnSimplex),
      ...(interview.expected === undefined
        ? []
        : [
            `If that is right, it foretells ${percent(interview.expected)} of what was not asked; by a coin it would be 50 %.`,
          ]),
    ],
    ...likedOf(told),
  };
}

function questionOf({ interview, shown }: Told): Pick<PersonView, "question"> {
  const { next, subject } = interview;
  if (next === undefined) return {};
  const { left, right } = subject.pool;
  const side = (row: number): { text: string; place?: readonly [number, number] } => {
    const at = shown.drawn?.rows.indexOf(row) ?? -1;
    const places = shown.drawn?.places;
    return {
      text: shown.text(row),
      ...(places === undefined || at < 0 ? {} : { place: [places[2 * at], places[2 * at + 1]] as const }),
    };
  };
  const answered = interview.labels.length;
  return {
    question: {
      left: side(left[next.row]),
      right: side(right[next.row]),
      why: reasonWords(next, { pool: subject.pool.left.length - answered, answered }),
    },
  };
}

function coordinateOf(name: string, draws: Float64Array, width: number, j: number): BelievedCoordinate {
  const values = Float64Array.from({ length: draws.length / width }, (_, i) => draws[i * width + j]);
  return {
    name,
    mean: values.reduce((sum, value) => sum + value / values.length, 0),
    low: quantile(values, 0.05),
    high: quantile(values, 0.95),
  };
}

function beliefWords(coordinates: readonly BelievedCoordinate[], isOnSimplex: boolean): string {
  const said = isOnSimplex
    ? [...coordinates]
        .sort((a, b) => b.mean - a.mean)
        .map(({ name, mean, low, high }) => `${percent(mean)} ${name} (${range(low, high)})`)
    : coordinates.map(
        ({ name, mean, low, high }) => `${name} ${fixed(mean)} (${fixed(low)} to ${fixed(high)})`,
      );
  return `It takes you for ${said.join(", ")}; in brackets what holds 90 % of its belief.`;
}

function range(low: number, high: number): string {
  return `${Math.round(100 * low)} to ${Math.round(100 * high)} %`;
}

function fixed(value: number): string {
  return value.toFixed(1).replace("-", "−");
}

/** What the model thinks of every drawn point: its mean reward, brought between 0 and 1. */
function likedOf({ interview, shown }: Told): Pick<PersonView, "liked"> {
  if (shown.drawn === undefined) return {};
  const { places, rows } = shown.drawn;
  const { fitted, pool, seed } = interview.subject;
  const { context } = pool;
  const pairs = {
    ...pool,
    ...{ left: new Int32Array(rows.length).fill(rows[0]), right: rows },
    ...(context === undefined ? {} : { context: new Int32Array(rows.length).fill(context[0]) }),
  };
  const few = 100;
  const states = interview.posterior.states(few, randomStream(seed).split("liked"));
  const scores = fitted.scoresUnderEach(pairs, states);
  const chances = Float32Array.from(rows, (_, row) => {
    let sum = 0;
    for (let i = 0; i < few; i++) sum += 1 / (1 + exp(-scores[row * few + i]));
    return sum / few;
  });
  const order = [...chances].sort((a, b) => a - b);
  const values = chances.map((chance) => order.indexOf(chance) / Math.max(1, order.length - 1));
  return { liked: { places, values } };
}
