import type { Sureness } from "./calls.js";

/** What there is to be sure by. */
export interface Grounds {
  readonly answers: number;
  /** Logarithm of how much more probable the model's forecasts make the answers than a coin does. */
  readonly evidence: number;
  /** Size of the region of 90 %, as a part of what it was before the first answer. */
  readonly share: number;
  /**
   * Whether the region is what a network says, rather than answers weighed by the model: such regions are too narrow. VPL's of the first world held 15 of
   * 40 states after 20 answers that it foretold.
   */
  readonly isNetworks?: boolean;
}

/**
 * So many times as probable as by a coin must answers be before the page is sure. Under a coin this ratio is a martingale, whatever was asked and
 * forecast: it ever reaches c with a probability of at most 1 / c (Ville). Ten answers can at most reach 2^10.
 */
const SURE_RATIO = 10_000;
const LEANING_RATIO = 20;
/** As small a part of its first size must the region be. */
const SURE_SHARE = 0.2;
const LEANING_SHARE = 0.6;

/** How sure the page may say it is: that answers narrow a posterior is not enough, for a coin's do too. */
export function surenessOf({ evidence, share, isNetworks = false }: Grounds): Sureness {
  if (!isNetworks && evidence >= Math.log(SURE_RATIO) && share <= SURE_SHARE) return "sure";
  if (evidence >= Math.log(LEANING_RATIO) && share <= LEANING_SHARE) return "leaning";
  return "not sure";
}

/** How sure, and why, in a sentence or two. */
export function surenessWords(grounds: Grounds): readonly string[] {
  const { answers, evidence, share } = grounds;
  const on = `on ${answers} ${answers === 1 ? "answer" : "answers"}`;
  return [firstWords(grounds, on), againstCoin(evidence, answers), regionWords(share)];
}

function firstWords(grounds: Grounds, on: string): string {
  switch (surenessOf(grounds)) {
    case "sure":
      return `Sure, ${on}: they hang together, and leave little room.`;
    case "leaning":
      return `Leaning, ${on}: they hang together, but ${whyNotMore(grounds)}.`;
    case "not sure":
      return `Not sure, ${on}.`;
  }
}

function whyNotMore({ evidence, isNetworks = false }: Grounds): string {
  if (evidence < Math.log(SURE_RATIO)) return "are too few to rule out chance";
  return isNetworks
    ? "a network says where you stand, and it claims more than it knows"
    : "leave too much room";
}

function againstCoin(evidence: number, answers: number): string {
  if (answers === 0) return "Nothing was answered yet.";
  const times = Math.exp(Math.abs(evidence));
  if (times < 1.5) return "A coin explains these answers as well as the model does.";
  const much =
    times >= 1000
      ? "more than a thousand times"
      : `${times < 10 ? times.toFixed(1) : Math.round(times)} times`;
  if (evidence < 0)
    return `These answers are ${much} as probable from a coin as from somebody whom the model foretells: they do not hang together, or the model does not know people like you.`;
  return `These answers are ${much} as probable from somebody whom the model foretells as from a coin.`;
}

function regionWords(share: number): string {
  if (share > 0.99) return "The region that holds 90 % of the belief is as large as before the first answer.";
  return `The region that holds 90 % of the belief is ${percent(share)} of its size before the first answer: answers narrow it, a coin's too.`;
}

/** A part as a percentage in words: "12 %", "under 1 %". */
export function percent(part: number): string {
  if (part > 0 && part < 0.01) return "under 1 %";
  if (part > 0.99 && part < 1) return "over 99 %";
  return `${Math.round(100 * part)} %`;
}
