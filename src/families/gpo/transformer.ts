import type { Ops, ParameterInputs } from "../../graph/index.js";
import { layerParameters } from "../amortized/index.js";
import type { ParameterSpec } from "../parameters.js";

/** Sizes of a transformer. */
export interface Transformer {
  /** Numbers of a token, and of its hidden layer. */
  readonly width: number;
  readonly feedForward: number;
  readonly layers: number;
  readonly heads: number;
}

/** What a transformer is written in. */
export interface Tools<T, I> {
  readonly ops: Ops<T, I>;
  readonly p: ParameterInputs<T>;
}

/** Tokens that everybody attends to, and those that only attend. */
export interface Tokens<T, I> {
  /** [sets · tokens, width]: of one set behind those of another. */
  readonly context: T;
  /** [sets, tokens]: 0 where there is no such token. */
  readonly mask: T;
  /** Matrices of tokens that nobody attends to, [n, width], with the set of each row. */
  readonly targets: readonly T[];
  readonly of: I;
}

const layerName = (layer: number): string => `encoder.layers.${layer}`;
const ROLES = ["query", "key", "value"] as const;

/**
 * Tokens that attend only, after all layers: attention to the context's tokens, then an MLP of each token, each added to what went in and normalised
 * behind it (post-norm), without positions and without dropout. A bias of keys would cancel in the softmax: there is none.
 * @source authors' code, models/tnp.py: PyTorch's TransformerEncoderLayer under a mask
 */
export function transform<T, I>(tools: Tools<T, I>, tokens: Tokens<T, I>, size: Transformer): T[] {
  const { mask, of } = tokens;
  let { context } = tokens;
  let targets = [...tokens.targets];
  for (let layer = 0; layer < size.layers; layer++) {
    const name = layerName(layer);
    const attention = `${name}.self_attn`;
    const [k, v] = (["key", "value"] as const).map((role) => linear(tools, `${attention}.${role}`, context));
    const through = (x: T, place?: I): T => {
      const q = linear(tools, `${attention}.query`, x);
      const to = { mask, heads: size.heads, ...(place === undefined ? {} : { of: place }) };
      const seen = linear(tools, `${attention}.out_proj`, tools.ops.attendTo(q, k, v, to));
      return mlp(tools, name, normalised(tools, `${name}.norm1`, tools.ops.add(x, seen)));
    };
    targets = targets.map((x) => through(x, of));
    // what the last layer makes of the context nobody reads
    if (layer + 1 < size.layers) context = through(context);
  }
  return targets;
}

function mlp<T, I>(tools: Tools<T, I>, name: string, x: T): T {
  const { ops, p } = tools;
  const inner = ops.matmul(x, p.get(`${name}.linear1.weight`), "transposed");
  const bias = p.get(`${name}.linear1.bias`);
  const h = ops.hidden(inner, { bias, activation: "relu", dropout: 0 });
  return normalised(tools, `${name}.norm2`, ops.add(x, linear(tools, `${name}.linear2`, h)));
}

function normalised<T, I>({ ops, p }: Tools<T, I>, name: string, x: T): T {
  return ops.layerNorm(x, p.get(`${name}.weight`), p.get(`${name}.bias`));
}

/** A linear layer, with its bias where it has one. */
export function linear<T, I>({ ops, p }: Tools<T, I>, name: string, x: T): T {
  const y = ops.matmul(x, p.get(`${name}.weight`), "transposed");
  return p.has(`${name}.bias`) ? ops.bias(y, p.get(`${name}.bias`)) : y;
}

export function transformerParameters({ width: d, feedForward, layers }: Transformer): ParameterSpec[] {
  const norm = (name: string): ParameterSpec[] =>
    (["weight", "bias"] as const).map((part) => {
      const init = { kind: "constant", value: part === "weight" ? 1 : 0 } as const;
      return { name: `${name}.${part}`, shape: [d], group: "projector", init };
    });
  return Array.from({ length: layers }, (_, layer) => {
    const name = layerName(layer);
    return [
      ...ROLES.flatMap((role) =>
        layerParameters(`${name}.self_attn.${role}`, d, { weight: d }, role !== "key"),
      ),
      ...layerParameters(`${name}.self_attn.out_proj`, d, { weight: d }),
      ...layerParameters(`${name}.linear1`, feedForward, { weight: d }),
      ...layerParameters(`${name}.linear2`, d, { weight: feedForward }),
      ...norm(`${name}.norm1`),
      ...norm(`${name}.norm2`),
    ];
  }).flat();
}
