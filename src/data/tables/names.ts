import type { Role } from "./roles.js";

/** Names that are taken for a role, lower case, words joined by "_". The first is ours: it wins over the others. */
export const SYNONYMS: { readonly [R in Role]: readonly string[] } = {
  user: words(
    "user worker annotator rater voter participant respondent person judge labeler labeller evaluator assessor subject reviewer player customer username public_username",
  ),
  label: words(
    "label preference winner choice answer response preferred preferred_item better vote selected pick judgment judgement outcome result",
  ),
  context: words(
    "context prompt statement question instruction query scenario occasion criteria criterion task",
  ),
  statement: words("statement comment proposal claim item"),
  vote: words("vote opinion reaction stance agreement response answer rating"),
  group: words("group group_id country persona cluster segment party region"),
  time: words("time timestamp datetime date created created_at"),
  heldOut: [],
  left: ["left"],
  right: ["right"],
  item: words(
    "item option alternative candidate product model response completion movie video song entity object name",
  ),
  rating: words("rating score stars grade points likert"),
  rank: words("rank position place ranking"),
  order: words("order ranking ballot ranked"),
  weight: [],
};

/** Names that count only where no other does. */
export const LESS_LIKELY: { readonly [R in Role]?: readonly string[] } = {
  label: words("labels score grade rating strength"),
};

/** Words of the sides of a comparison, each with its partner. A pair of columns differs in exactly one of these. */
export const SIDES: readonly (readonly [string, string])[] = [
  ["left", "right"],
  ["a", "b"],
  ["1", "2"],
  ["0", "1"],
  ["first", "second"],
  ["one", "two"],
];

/** The word of a third side, by that of the first. */
export const THIRD: { readonly [first: string]: string | undefined } = {
  a: "c",
  "1": "3",
  "0": "2",
  first: "third",
  one: "three",
};

/** Pairs in which the first column always holds the preferred item: such a table has no labels. */
export const OUTCOMES: readonly (readonly [string, string])[] = [
  ["chosen", "rejected"],
  ["winner", "loser"],
  ["preferred", "rejected"],
  ["preferred", "dispreferred"],
];

/** What a side's column may be called besides the side: "option_1", "item a", "left_id". */
export const ITEM_WORDS = new Set(
  words(
    "item option response answer completion output text model image candidate choice alternative product id name statement sentence summary object arm card video movie song policy party entity picture photo",
  ),
);

function words(joined: string): readonly string[] {
  return joined.split(" ");
}

/** "Option1" → option_1, "worker-ID" → worker_id, "vote (1, 0 or -1)" → vote. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/(\S)\s*\([^()]*[,\s][^()]*\)\s*$/, "$1")
    .replace(/([a-z])([A-Z0-9])/g, "$1_$2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
