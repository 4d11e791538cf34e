import { readFile } from "node:fs/promises";
import { createProgress, DataError, ExitCode, InputError, list, messageOf } from "../core/index.js";
import { featureDimension, pairsFromTable, type JudgedPairs, type Pairs } from "../data/index.js";
import { embedTexts, readItems, readTable, type EncoderName } from "../data/files/index.js";
import { loadEngine } from "../engine/index.js";
import { decodeModel, type FittedModel, type UserState } from "../train/index.js";
import { parse, UsageError, type Command, type Terminal } from "./command.js";
import { columnsOption } from "./data-options.js";

const TEXT = { type: "string" } as const;

export const score: Command = {
  summary: "P(right preferred) of pairs: score M.safetensors PAIRS.jsonl",
  help: `
usage: pal-lab score M.safetensors PAIRS [--user ID | --weights W1,W2,… | --state FILE] [options]

PAIRS is a table like the one that the model was trained on, without labels: left and right (and context): ids that it was trained on, texts,
or features. Prints one probability a line, that the right item is preferred, in the order of the rows.

  --user ID            for whom (default: the table's user column)
  --weights W1,W2,…    for somebody with these weights on the prototypes, as "pal-lab adapt" prints them
  --state FILE         for somebody as "pal-lab adapt" printed them to that file
  --column ROLE=NAME   the column for user, left, right or context (repeatable; default: guessed)
  --items FILE         the table that items' ids refer to: id, and text or features (--contexts FILE: of contexts)
  --encoder E          of texts, as in training: use-lite (default), hash, transformers:MODEL
  --json               prints one JSON array
`,
  async run(args, terminal): Promise<number> {
    const { values, positionals } = parse(args, {
      ...{ user: TEXT, weights: TEXT, state: TEXT, items: TEXT, contexts: TEXT, encoder: TEXT },
      ...{ column: { type: "string", multiple: true }, json: { type: "boolean" } },
    });
    if (positionals.length !== 2)
      throw new UsageError(`needs M.safetensors and PAIRS, got ${positionals.length} arguments`);
    const [modelPath, pairsPath] = positionals;
    const { user, weights, state, items, contexts } = values;
    if ([user, weights, state].filter((given) => given !== undefined).length > 1)
      throw new UsageError("--user, --weights and --state exclude each other");
    const fitted = await readModel(modelPath);
    const { columns } = columnsOption(values.column);
    const judged = pairsFromTable(await readTable(pairsPath), columns, {
      ...(items === undefined ? {} : { items: await readItems(items) }),
      ...(contexts === undefined ? {} : { contexts: await readItems(contexts) }),
    });
    if (fitted.coding !== undefined)
      terminal.error.write(`the answers of the training were coded: ${fitted.coding.name}\n`);
    if (user !== undefined && fitted.k > 1 && !fitted.users.includes(user))
      throw new InputError(
        `unknown user ${JSON.stringify(user)}; known: ${list(fitted.users)}. For somebody new: pal-lab adapt ${modelPath} THEIR-ANSWERS --user ${user} --save NEW.safetensors, then pal-lab score NEW.safetensors ${pairsPath} --user ${user}`,
      );
    const unseen = unseenItems(judged.pairs, fitted);
    if (unseen.length > 0)
      terminal.error.write(
        `warning: ${unseen.length} items were not in training, such as ${list(unseen.slice(0, 3))}: their scores come from their texts alone\n`,
      );
    const pairs = await asTrained(judged.pairs, fitted, { encoder: values.encoder, terminal });
    const probabilities = probabilitiesOf(
      fitted,
      { ...judged, pairs },
      { user, weights, state: state === undefined ? undefined : await readState(state, fitted) },
    );
    const lines = values.json === true ? [JSON.stringify(probabilities)] : probabilities.map(String);
    terminal.out.write(`${lines.join("\n")}\n`);
    return ExitCode.ok;
  },
};

/** Items that a model which knows texts was not trained on. */
function unseenItems({ items }: Pairs, { trainedItems }: FittedModel): string[] {
  if (trainedItems === undefined) return [];
  const known = new Set(trainedItems);
  return items.ids.filter((id) => !known.has(id));
}

/** Reads a model. @throws InputError when there is no such file; DataError when it is no model */
export async function readModel(path: string): Promise<FittedModel> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") throw new InputError(`there is no file ${JSON.stringify(path)}`, { cause });
    throw new DataError({ file: path }, `cannot be read (${messageOf(cause)})`, { cause });
  });
  return decodeModel(bytes, await loadEngine(), path);
}

/** Pairs with features where the model was trained on features: texts are encoded. */
export async function asTrained<T extends Pairs>(
  pairs: T,
  fitted: FittedModel,
  { encoder, terminal }: { readonly encoder: string | undefined; readonly terminal: Terminal },
): Promise<T> {
  const { items, contexts } = fitted.sizes;
  const lacks = (table: Pairs["items"] | undefined, features = 0): boolean =>
    table !== undefined && features > 0 && featureDimension(table) === 0;
  const [lacksItems, lacksContexts] = [
    lacks(pairs.items, items.features),
    lacks(pairs.contexts, contexts?.features),
  ];
  if (!lacksItems && !lacksContexts) return pairs;
  // a single word is a text too where the model knows texts only
  const asText = (table: Pairs["items"]): Pairs["items"] => ({ ...table, text: table.text ?? table.ids });
  const embedded = await embedTexts(
    {
      items: lacksItems ? asText(pairs.items) : pairs.items,
      ...(pairs.contexts === undefined
        ? {}
        : { contexts: lacksContexts ? asText(pairs.contexts) : pairs.contexts }),
      ...{ left: pairs.left, right: pairs.right, context: pairs.context },
    },
    {
      encoder: (encoder ?? "use-lite") as EncoderName,
      progress: (title, total) => createProgress(title, total, terminal.error),
    },
  );
  return {
    ...pairs,
    ...(lacksItems ? { items: embedded.items } : {}),
    ...(lacksContexts ? { contexts: embedded.contexts } : {}),
  };
}

/** Whether a user's state is nothing but weights on prototypes or types. */
export function isWeights({ k, model }: FittedModel): boolean {
  return (model.user.weights?.(new Float32Array(k), 1).length ?? k) === k;
}

/** What "pal-lab adapt" printed. @throws InputError for another file, or another model's */
async function readState(path: string, fitted: FittedModel): Promise<UserState> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new InputError(`--state: ${path} cannot be read (${messageOf(cause)})`, { cause });
  });
  const found = parseState(text);
  if (found?.length !== fitted.k) {
    throw new InputError(
      `--state: ${path} must hold what "pal-lab adapt" printed for this model: a state of ${fitted.k} numbers, got ${found === undefined ? "none" : found.length}`,
    );
  }
  return { weights: found };
}

function parseState(text: string): Float32Array | undefined {
  try {
    const { state, weights } = JSON.parse(text) as { state?: unknown; weights?: unknown };
    const values = state ?? weights;
    if (!Array.isArray(values) || !values.every((value) => Number.isFinite(value))) return undefined;
    return Float32Array.from(values as number[]);
  } catch {
    return undefined;
  }
}

function probabilitiesOf(
  fitted: FittedModel,
  { pairs, judges }: JudgedPairs,
  { user, weights, state }: { readonly user?: string; readonly weights?: string; readonly state?: UserState },
): number[] {
  if (state !== undefined) return [...fitted.probabilities(pairs, state)];
  if (weights !== undefined && !isWeights(fitted)) {
    throw new UsageError(
      `--weights is for models that know nothing else of a user; write what "pal-lab adapt" prints to a file and give it as --state FILE`,
    );
  }
  if (weights !== undefined)
    return [...fitted.probabilities(pairs, { weights: simplexPoint(weights, fitted.k) })];
  if (user !== undefined) return [...fitted.probabilities(pairs, fitted.stateOf(user))];
  if (fitted.k === 1) return [...fitted.probabilities(pairs, { weights: Float32Array.of(1) })];
  if (judges === undefined) {
    throw new UsageError(
      `says not for whom: the pairs need a user column, or give --user ID (${list(fitted.users)}), --weights or --state`,
    );
  }
  const names = [...new Set(judges)];
  const place = new Map(names.map((name, i) => [name, i]));
  const all = Float32Array.from(names.flatMap((name) => [...fitted.stateOf(name).weights]));
  const judge = { user: Int32Array.from(judges, (name) => place.get(name) ?? 0), weights: all };
  return Array.from(fitted.scoresBy(pairs, judge), (value) => 1 / (1 + Math.exp(-value)));
}

/** @throws UsageError unless the text is K numbers >= 0 that add up to 1 */
function simplexPoint(text: string, k: number): Float32Array {
  const values = text.split(",").map(Number);
  const sum = values.reduce((total, value) => total + value, 0);
  if (values.length !== k || !values.every((value) => value >= 0) || Math.abs(sum - 1) > 1e-3) {
    throw new UsageError(`--weights must be ${k} numbers >= 0 that add up to 1, got ${JSON.stringify(text)}`);
  }
  return Float32Array.from(values, (value) => value / sum);
}
