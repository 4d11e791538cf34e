import type { RandomStream } from "../../../core/index.js";
import { gardenFeatures, gardenUtility } from "./garden.js";

/** Items of a population. */
export const POOL = 40;

type Utility = (features: readonly number[], item: number) => number;

/** People, and what items are worth to them, in log odds. */
export interface Population {
  readonly about: string;
  /** Features of an item. */
  readonly dimension: number;
  /** Kinds of people, where there are kinds; else people are drawn. */
  readonly kinds?: number;
  /** How much the log odds of the right item gain whatever it is, drawn for each person; default 0 for everybody. */
  readonly habit?: (own: RandomStream) => number;
  /** Features of the items, row-major; default: drawn, normal. */
  features?(): Float32Array;
  /** Whether items are known by their ids alone; default false. */
  readonly isByIds?: boolean;
  /** Draws what all people share, then people by their streams and numbers: person u is of kind u modulo the number of kinds. */
  make(rng: RandomStream): (own: RandomStream, number: number) => Utility;
}

const inner = (x: readonly number[], y: ArrayLike<number>): number =>
  x.reduce((sum, value, j) => sum + value * y[j], 0);
const nearness = (x: readonly number[], ideal: ArrayLike<number>): number =>
  -x.reduce((sum, value, j) => sum + (value - ideal[j]) ** 2, 0);
const vectors = (rng: RandomStream, count: number, scale: number, dimension = 4): number[][] =>
  Array.from({ length: count }, () => Array.from(rng.normals(dimension), (value) => scale * value));
const mixed = (parts: readonly number[][], weights: ArrayLike<number>): number[] =>
  parts[0].map((_, j) => parts.reduce((sum, part, k) => sum + weights[k] * part[j], 0));

/** Each true to one idea of how people differ. */
export const POPULATIONS: { readonly [name: string]: Population } = {
  "nobody-differs": {
    ...{ about: "everybody has the same linear reward", dimension: 4, kinds: 1 },
    make(rng) {
      const [w] = vectors(rng, 1, 1);
      return () => (x) => inner(x, w);
    },
  },
  "two-opposed": {
    ...{ about: "two groups with opposite linear rewards", dimension: 4, kinds: 2 },
    make(rng) {
      const [w] = vectors(rng, 1, 1);
      return (_, number) => (x) => (number % 2 === 0 ? 1 : -1) * inner(x, w);
    },
  },
  "ideal-points": {
    ...{ about: "ideal points between three prototypes", dimension: 4 },
    make(rng) {
      const prototypes = vectors(rng, 3, 1.3);
      return (own) => {
        const ideal = mixed(prototypes, own.dirichlet(3, 1));
        return (x) => 0.7 * nearness(x, ideal);
      };
    },
  },
  "ideal-partition": {
    ...{ about: "ideal points at three prototypes", dimension: 4, kinds: 3 },
    make(rng) {
      const prototypes = vectors(rng, 3, 1);
      return (_, number) => (x) => 0.7 * nearness(x, prototypes[number % 3]);
    },
  },
  "ideal-gaussian": {
    ...{ about: "ideal points without prototypes, normally distributed", dimension: 4 },
    make: () => (own) => {
      const ideal = own.normals(4);
      return (x) => 0.7 * nearness(x, ideal);
    },
  },
  didactic: {
    ...{ about: "four ideal points on a line", dimension: 1, kinds: 4 },
    make: () => (_, number) => {
      const ideal = [-1.5, -0.5, 0.5, 1.5][number % 4];
      return (x) => 2 * nearness(x, [ideal]);
    },
  },
  "low-rank": {
    ...{ about: "everybody mixes three linear rewards", dimension: 4 },
    make(rng) {
      const rewards = vectors(rng, 3, 2);
      return (own) => {
        const w = mixed(rewards, own.dirichlet(3, 0.7));
        return (x) => inner(x, w);
      };
    },
  },
  classes: {
    ...{
      about: "three types, with utilities of each item that features do not tell",
      dimension: 2,
      kinds: 3,
    },
    make(rng) {
      const utilities = vectors(rng, 3, 1.5, POOL);
      return (_, number) => (__, item) => utilities[number % 3][item];
    },
  },
  continuum: {
    ...{ about: "one line from one opinion to its opposite", dimension: 4 },
    make(rng) {
      const [w] = vectors(rng, 1, 1.5);
      return (own) => {
        const place = 2 * own.uniform() - 1;
        return (x) => place * inner(x, w);
      };
    },
  },
  noise: {
    ...{ about: "one linear reward, of which people are more or less sure", dimension: 4 },
    make(rng) {
      const [w] = vectors(rng, 1, 1);
      return (own) => {
        const sureness = Math.exp(own.normal());
        return (x) => sureness * inner(x, w);
      };
    },
  },
  habits: {
    ...{
      about: "one linear reward, and everybody's own habit of taking the left or the right",
      dimension: 4,
    },
    habit: (own) => 1.5 * own.normal(),
    make(rng) {
      const [w] = vectors(rng, 1, 1);
      return () => (x) => inner(x, w);
    },
  },
  beliefs: {
    ...{
      about: "two groups with the same values, of whom one believes that what is chosen may go wrong",
      dimension: 7,
      kinds: 2,
    },
    features: () => gardenFeatures(POOL),
    make(rng) {
      const utility = gardenUtility(rng, POOL);
      return (_, number) => (__, item) => utility(number, item);
    },
  },
  "own-tastes": {
    ...{ about: "three types with linear rewards, and tastes of one's own around them", dimension: 4 },
    make(rng) {
      const types = vectors(rng, 3, 1.5);
      return (own, number) => {
        const tastes = own.normals(4);
        return (x) => inner(x, types[number % 3]) + 0.7 * inner(x, tastes);
      };
    },
  },
  tastes: {
    ...{ about: "linear rewards, normally distributed around what all like", dimension: 4 },
    make(rng) {
      const [shared] = vectors(rng, 1, 1);
      return (own) => {
        const tastes = own.normals(4);
        return (x) => inner(x, shared) + inner(x, tastes);
      };
    },
  },
  attributes: {
    ...{
      about: "everybody judges by one of four attributes that items are rated on",
      dimension: 4,
      kinds: 4,
    },
    make: () => (_, number) => (x) => 2 * x[number % 4],
  },
  opinions: {
    ...{ about: "everybody mixes three prototypes' opinions of items that are ids alone", dimension: 1 },
    isByIds: true,
    make(rng) {
      const opinions = vectors(rng, 3, 2, POOL);
      return (own) => {
        const mixture = mixed(opinions, own.dirichlet(3, 0.7));
        return (_, item) => mixture[item];
      };
    },
  },
};
