import {
  checkArray,
  checkKeys,
  checkText,
  DataError,
  InputError,
  list,
  show,
  type RandomStream,
} from "../../core/index.js";
import { bySign, checkSize, SIZE_KEYS, worldOf, type World, type WorldSize } from "./world.js";

/** Options of {@link ratedWorld}. */
export interface RatedOptions extends WorldSize {
  /** The attributes by which users judge, two at least; user u judges by attribute u mod M. */
  readonly attributes: readonly string[];
  /** Of the file, for messages; default "ratings". */
  readonly name?: string;
}

interface Prompt {
  readonly text: string;
  readonly answers: readonly { readonly text: string; readonly ratings: readonly number[] }[];
}

/**
 * Users who judge answers to prompts by one attribute each, from rated answers: each line is a JSON object with `instruction` and `completions`, each of those
 * with a `response` and `annotations`, in which every attribute has a `Rating` ("1" to "5"), as in UltraFeedback. A question is two answers to a prompt on
 * which the attributes disagree, without a tie for the user who is asked. Answers that lack a rating ("N/A") are left out. Items and contexts have texts:
 * `embedTexts` gives them features.
 * @param text the lines of one's own file
 * @source VPL, UltraFeedback-P: two attributes as UF-P-2 (helpfulness, honesty), four as UF-P-4
 * @throws DataError naming the line that cannot be read; InputError for fewer than two attributes or nothing to disagree about
 */
export function ratedWorld(text: string, options: RatedOptions): World {
  checkText("ratedWorld: text", text, "the lines of a file of ratings");
  checkKeys("ratedWorld", options, [...SIZE_KEYS, "attributes", "name"]);
  checkSize("ratedWorld", options);
  const { attributes, name = "ratings" } = options;
  checkArray("ratedWorld: attributes", attributes, "an array of names");
  if (attributes.length < 2)
    throw new InputError(`ratedWorld: attributes must be two at least, got ${list(attributes)}`);
  const prompts = text
    .split(/\r?\n/)
    .flatMap((line, i) =>
      line.trim() === "" ? [] : [promptOf(line, attributes, { file: name, line: i + 1 })],
    );
  const answers = prompts.flatMap((prompt, of) => prompt.answers.map((answer) => ({ ...answer, of })));
  const pairs = pairsOf(answers, attributes.length);
  const silent = attributes.find((_, kind) => pairs[kind].length === 0);
  if (silent !== undefined) {
    throw new InputError(
      `ratedWorld: ${show(silent)} must decide some pair of answers on which the attributes disagree, got none in ${prompts.length} prompts`,
    );
  }
  return worldOf(options, {
    name: `${name}, users by ${attributes.join(", ")}`,
    kinds: attributes,
    items: { ids: answers.map((_, i) => `answer-${i}`), text: answers.map((answer) => answer.text) },
    contexts: { ids: prompts.map((_, i) => `prompt-${i}`), text: prompts.map((prompt) => prompt.text) },
    contextOf: (item) => answers[item].of,
    question(rng: RandomStream, _, kind) {
      const [a, b] = pairs[kind][rng.integer(pairs[kind].length)];
      return rng.integer(2) === 0 ? [a, b] : [b, a];
    },
    probability: (kind, left, right) => bySign(answers[right].ratings[kind] - answers[left].ratings[kind]),
    settings: { attributes: [...attributes], answers: answers.map(({ ratings }) => [...ratings]) },
  });
}

type Pair = readonly [number, number];

/** For each attribute the pairs of answers to the same prompt that it decides, and on which not all attributes agree. */
function pairsOf(
  answers: readonly { readonly ratings: readonly number[]; readonly of: number }[],
  m: number,
): Pair[][] {
  const found: Pair[][] = Array.from({ length: m }, () => []);
  answers.forEach((first, a) => {
    for (let b = a + 1; b < answers.length && answers[b].of === first.of; b++) {
      const signs = first.ratings.map((rating, kind) => Math.sign(answers[b].ratings[kind] - rating));
      if (new Set(signs).size < 2) continue;
      signs.forEach((sign, kind) => sign !== 0 && found[kind].push([a, b]));
    }
  });
  return found;
}

function promptOf(
  line: string,
  attributes: readonly string[],
  at: { readonly file: string; readonly line: number },
): Prompt {
  const value = parsed(line, at);
  const { instruction, completions } = value as {
    readonly instruction?: unknown;
    readonly completions?: unknown;
  };
  if (typeof instruction !== "string" || !Array.isArray(completions))
    throw new DataError(at, "must have an instruction and a list of completions");
  const answers = completions.flatMap((completion: unknown) => {
    const { response, annotations } = (completion ?? {}) as {
      readonly response?: unknown;
      readonly annotations?: unknown;
    };
    if (typeof response !== "string" || typeof annotations !== "object" || annotations === null)
      throw new DataError(at, "every completion must have a response and annotations");
    const ratings = attributes.map((attribute) => ratingOf(annotations as object, attribute, at));
    return ratings.some(Number.isNaN) ? [] : [{ text: response, ratings }];
  });
  return { text: instruction, answers };
}

function parsed(line: string, at: { readonly file: string; readonly line: number }): object {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // said below
  }
  throw new DataError(at, `must be a JSON object, found ${show(line)}`);
}

function ratingOf(
  annotations: object,
  attribute: string,
  at: { readonly file: string; readonly line: number },
): number {
  const given = (annotations as { readonly [name: string]: { readonly Rating?: unknown } | undefined })[
    attribute
  ];
  if (given === undefined)
    throw new DataError(at, `has no annotation ${show(attribute)}; it has ${list(Object.keys(annotations))}`);
  return Number(given.Rating);
}
