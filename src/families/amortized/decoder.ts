import { InputError } from "../../core/index.js";
import type { ScoreInputs } from "../family.js";
import type { RowMap } from "../latent.js";
import type { DataSizes, ParameterSpec } from "../parameters.js";
import { deepen, deeperParameters, layerParameters, TABLES, vectorSizes, vectorsOf } from "./layers.js";

const PREFIX = "Decoder.model";
const FILM = "Decoder.film";

/** Options of a decoder. */
export interface Decoder {
  readonly latentDimension: number;
  /** How z takes part: beside the item alone (`mlp`), turning and shifting a hidden layer too (`film`), or beside both items (`classifier`). */
  readonly decoder: "mlp" | "film" | "classifier";
  readonly decoderWidth: number;
  /** Hidden layers; `film` has two, the first of half the width. */
  readonly decoderDepth: number;
  /** Steps of an item. */
  readonly steps: number;
}

/**
 * r(right, z) - r(left, z), [B, 1], for z [users, d]: an MLP of [step, context, z], summed over the steps of an item. Steps and z are multiplied once
 * however often they recur. `film`: before the last layer, f(gamma h + beta), gamma = 1 + tanh(a) / 2 and beta = tanh(b) / 2 with (a, b) an MLP of z.
 * @source `film`: authors' code of SPL
 */
export function decode<T, I>(inputs: ScoreInputs<T, I>, z: T, given: Decoder): T {
  const { ops, p, pairs } = inputs;
  if (given.decoder === "classifier") return classify(inputs, z, given);
  const side = lastHidden(inputs, z, given);
  const apart = ops.subtract(side(pairs.items.right), side(pairs.items.left));
  return ops.matmul(apart, p.get(`${PREFIX}.${2 * depthOf(given)}.weight`), "transposed");
}

/** Of the item at a place of each comparison the last hidden layer, [B, width], summed over steps: its reward is a linear layer of it. */
export function lastHidden<T, I>(inputs: ScoreInputs<T, I>, z: T, given: Decoder): (place: I) => T {
  const { steps } = given;
  const { ops, p, pairs } = inputs;
  const part = (x: T, name: string): T => ops.matmul(x, p.get(`${PREFIX}.0.${name}`), "transposed");
  const x = vectorsOf(inputs, pairs.items, TABLES.items);
  const width = p.columns(`${PREFIX}.0.item`);
  const each = Array.from({ length: steps }, (_, t) =>
    part(steps === 1 ? x : ops.columns(x, t * width, (t + 1) * width), "item"),
  );
  const beside = besideItems(inputs, z);
  const depth = depthOf(given);
  const turn = given.decoder === "film" ? film(inputs, z, given) : (h: T): T => h;
  return (place) =>
    each
      .map((step) => turn(deepen(inputs, PREFIX, depth, ops.add(ops.rows(step, place), beside))))
      .reduce((sum, step) => ops.add(sum, step));
}

/** What a decoder's first layer has of z and of the context of each comparison, [B, width]. */
function besideItems<T, I>(inputs: ScoreInputs<T, I>, z: T): T {
  const { ops, p, pairs } = inputs;
  const { contexts, users } = pairs;
  const part = (x: T, name: string): T => ops.matmul(x, p.get(`${PREFIX}.0.${name}`), "transposed");
  const user = ops.rows(part(z, "latent"), users.of);
  if (contexts === undefined) return user;
  return ops.add(ops.rows(part(vectorsOf(inputs, contexts, TABLES.contexts), "context"), contexts.of), user);
}

/**
 * ln P(right preferred) - ln P(left preferred), [B, 1]: minus an MLP of [left, right, context, z]. Nothing makes it the opposite where sides are swapped.
 * @source the authors' VAEClassifier
 */
function classify<T, I>(inputs: ScoreInputs<T, I>, z: T, { decoderDepth: depth }: Decoder): T {
  const { ops, p, pairs } = inputs;
  const { items } = pairs;
  const x = vectorsOf(inputs, items, TABLES.items);
  const side = (name: string, place: I): T =>
    ops.rows(ops.matmul(x, p.get(`${PREFIX}.0.${name}`), "transposed"), place);
  const both = ops.add(side("item", items.left), side("other", items.right));
  const h = deepen(inputs, PREFIX, depth, ops.add(both, besideItems(inputs, z)));
  const last = `${PREFIX}.${2 * depth}`;
  return ops.scale(ops.bias(ops.matmul(h, p.get(`${last}.weight`), "transposed"), p.get(`${last}.bias`)), -1);
}

/** How z turns and shifts the last hidden layer of each comparison's item. */
function film<T, I>(inputs: ScoreInputs<T, I>, z: T, { decoderWidth: width }: Decoder): (h: T) => T {
  const { ops, p, pairs } = inputs;
  const layer = (x: T, index: number): T => ops.matmul(x, p.get(`${FILM}.${index}.weight`), "transposed");
  const h = ops.hidden(layer(z, 0), { bias: p.get(`${FILM}.0.bias`), activation: "leaky-relu", dropout: 0 });
  const raw = ops.hidden(layer(h, 2), { bias: p.get(`${FILM}.2.bias`), activation: "tanh", dropout: 0 });
  const half = ops.scale(raw, 0.5);
  const one = ops.constant(1, width, new Float32Array(width).fill(1));
  const gamma = ops.rows(ops.bias(ops.columns(half, 0, width), one), pairs.users.of);
  const beta = ops.rows(ops.columns(half, width, 2 * width), pairs.users.of);
  return (x) => ops.hidden(ops.add(ops.multiply(gamma, x), beta), { activation: "leaky-relu", dropout: 0 });
}

function depthOf({ decoder, decoderDepth }: Decoder): number {
  return decoder === "film" ? 2 : decoderDepth;
}

/** @throws InputError for features that are not those of so many steps, and for a classifier of several */
export function decoderParameters(given: Decoder, sizes: DataSizes): ParameterSpec[] {
  const { decoderWidth: width, latentDimension: latent, steps } = given;
  const isFilm = given.decoder === "film";
  const isClassifier = given.decoder === "classifier";
  const depth = depthOf(given);
  const first = isFilm ? Math.max(1, Math.floor(width / 2)) : width;
  const { item, context } = vectorSizes(given, sizes);
  if (isClassifier && steps > 1)
    throw new InputError(
      `Vpl: a classifier says who is preferred of two items of one step, got items of ${steps}: use decoder "mlp", whose rewards of steps add up`,
    );
  if (steps > 1 && (sizes.items.features === 0 || item % steps !== 0))
    throw new InputError(
      `Vpl: items of ${steps} steps must have features, as many for each step, got ${sizes.items.features}`,
    );
  const items = { item: item / steps, ...(isClassifier ? { other: item } : {}) };
  return [
    ...layerParameters(`${PREFIX}.0`, first, { ...items, context, latent }),
    ...(isFilm
      ? [
          ...layerParameters(`${PREFIX}.2`, width, { weight: first }),
          ...layerParameters(`${FILM}.0`, 2 * width, { weight: latent }),
          ...layerParameters(`${FILM}.2`, 2 * width, { weight: 2 * width }),
        ]
      : deeperParameters(PREFIX, depth, width)),
    // the bias of a reward would cancel
    ...layerParameters(`${PREFIX}.${2 * depth}`, 1, { weight: width }, isClassifier),
  ];
}

/**
 * r(item, z) of rows [item, z], [n, 1], as a decoder of the kind `mlp` gives it to items of one step without context. Of two the difference is a
 * comparison's score; the origin is what the layers happen to give, and no comparison says anything of it.
 */
export function decodedReward(depth: number): RowMap {
  return (ops, p, x) => {
    const [item, latent] = ["item", "latent"].map((name) => p.get(`${PREFIX}.0.${name}`));
    const width = p.columns(`${PREFIX}.0.item`);
    const end = width + p.columns(`${PREFIX}.0.latent`);
    const first = ops.add(
      ops.matmul(ops.columns(x, 0, width), item, "transposed"),
      ops.matmul(ops.columns(x, width, end), latent, "transposed"),
    );
    const last = deepen({ ops, p }, PREFIX, depth, first);
    return ops.matmul(last, p.get(`${PREFIX}.${2 * depth}.weight`), "transposed");
  };
}
