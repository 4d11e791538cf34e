import { checkInteger, checkKeys, checkNumber, checkOneOf, exp, randomStream } from "../../core/index.js";
import { bySign, checkSize, SIZE_KEYS, worldOf, type World, type WorldSize } from "./world.js";

/** Options of {@link didactic}. */
export interface DidacticOptions extends WorldSize {
  /** Kinds of users M >= 1, default 4: kind m likes m / (M + 1) best, m = 1 … M. Many kinds are a grid over a continuum. */
  readonly modes?: number;
  /** How wide a kind's taste is, default 0.1. */
  readonly width?: number;
  /** Answers at random by Bradley-Terry (`logistic`, default), or always for the item worth more. */
  readonly noise?: "logistic" | "none";
}

/** A world of numbers whose rewards are known. */
export interface DidacticWorld extends World {
  /** What a kind finds a number x worth, <= 0; 0 at its mode. */
  reward(kind: number, x: number): number;
}

/** The place on [0, 1] that each of M kinds likes best: 1 / (M + 1), …, M / (M + 1). */
export function didacticModes(modes: number): number[] {
  checkInteger("didacticModes: modes", modes, { min: 1 });
  return Array.from({ length: modes }, (_, m) => (m + 1) / (modes + 1));
}

/**
 * Numbers on [0, 1], x ~ U(0, 1), fresh ones in every question: kind m's reward is -(x - mode)² / (2 width²), the logarithm of a bell curve, and so an
 * ideal point in one dimension. P(right) = 1 / (1 + e^(reward(left) - reward(right))).
 * @source VPL, didactic experiment (appendix A.1); modes, width and sizes are ours: the paper gives none
 * @throws InputError
 */
export function didactic(options: DidacticOptions): DidacticWorld {
  checkKeys("didactic", options, [...SIZE_KEYS, "modes", "width", "noise"]);
  checkSize("didactic", options);
  const { users, comparisonsPerUser, seed, modes = 4, width = 0.1, noise = "logistic" } = options;
  checkInteger("didactic: modes", modes, { min: 1 });
  checkNumber("didactic: width", width, { above: 0 });
  checkOneOf("didactic: noise", noise, ["logistic", "none"]);
  const centres = didacticModes(modes);
  const drawn = randomStream(seed).split("didactic numbers");
  const features = new Float32Array(2 * users * comparisonsPerUser);
  for (let user = 0; user < users; user++) {
    const stream = drawn.split(user);
    for (let i = 0; i < 2 * comparisonsPerUser; i++)
      features[2 * user * comparisonsPerUser + i] = stream.uniform();
  }
  const reward = (kind: number, x: number): number => -((x - centres[kind]) ** 2) / (2 * width * width);
  const world = worldOf(options, {
    name: `didactic, ${modes} modes${noise === "none" ? ", no noise" : ""}`,
    kinds: centres.map((centre) => `likes ${Number(centre.toFixed(3))}`),
    items: { ids: Array.from(features, (_, i) => `x${i}`), features },
    question: (_, row) => [2 * row, 2 * row + 1],
    probability(kind, left, right) {
      const difference = reward(kind, features[right]) - reward(kind, features[left]);
      return noise === "none" ? bySign(difference) : 1 / (1 + exp(-difference));
    },
    settings: { modes, width, noise },
  });
  return { ...world, reward };
}
