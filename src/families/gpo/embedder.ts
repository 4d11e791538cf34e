import { layerParameters } from "../amortized/index.js";
import type { ParameterSpec } from "../parameters.js";
import { linear, type Tools } from "./transformer.js";

const PREFIX = "embedder";

/**
 * Tokens of vectors: linear layers with ReLU between. The first reads an item's vector, that of its context, and the answer: a row of numbers added
 * where the item was chosen.
 * @param h what the first layer's weights make of item and context, [n, width]
 */
export function embed<T, I>(
  tools: Tools<T, I>,
  h: T,
  use: { readonly depth: number; readonly isChosen: boolean },
): T {
  const { ops, p } = tools;
  const answered = use.isChosen ? ops.bias(h, p.get(`${PREFIX}.0.answer`)) : h;
  let x = ops.bias(answered, p.get(`${PREFIX}.0.bias`));
  for (let layer = 1; layer < use.depth; layer++)
    x = linear(tools, `${PREFIX}.${2 * layer}`, ops.hidden(x, { activation: "relu", dropout: 0 }));
  return x;
}

/** What the first layer's weights make of vectors. */
export function firstLayer<T, I>({ ops, p }: Tools<T, I>, x: T, what: "item" | "context"): T {
  return ops.matmul(x, p.get(`${PREFIX}.0.${what}`), "transposed");
}

export function embedderParameters(
  width: number,
  depth: number,
  { item, context }: { readonly item: number; readonly context: number },
): ParameterSpec[] {
  const init = { kind: "uniform", bound: 1 / Math.sqrt(item + context + 1) } as const;
  return [
    ...layerParameters(`${PREFIX}.0`, width, { item, context }),
    { name: `${PREFIX}.0.answer`, shape: [width], group: "projector", init },
    ...Array.from({ length: depth - 1 }, (_, i) =>
      layerParameters(`${PREFIX}.${2 * (i + 1)}`, width, { weight: width }),
    ).flat(),
  ];
}
