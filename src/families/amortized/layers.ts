import type { Ops, ParameterInputs, Vectors } from "../../graph/index.js";
import type { DataSizes, ParameterSpec } from "../parameters.js";
import { NAMES } from "../parts/index.js";

/** Tables of what is learned because there are no features. */
export const TABLES = { items: NAMES.itemTable, contexts: NAMES.contextTable(0) };

/** Tables of items and contexts without features: a vector of d numbers for each, from N(0, I/d). */
export function tableParameters(
  { latentDimension: d }: { readonly latentDimension: number },
  { items, contexts }: DataSizes,
): ParameterSpec[] {
  const init = { kind: "normal", deviation: 1 / Math.sqrt(d) } as const;
  const table = (name: string, rows: number): ParameterSpec => ({
    name,
    shape: [rows, d],
    group: "tables",
    init,
  });
  return [
    ...(items.features === 0 ? [table(TABLES.items, items.rows)] : []),
    ...(contexts?.features === 0 ? [table(TABLES.contexts, contexts.rows)] : []),
  ];
}

/** Numbers of an item's and of a context's vector; 0 where there are no contexts. */
export function vectorSizes(
  { latentDimension: d }: { readonly latentDimension: number },
  { items, contexts }: DataSizes,
): { readonly item: number; readonly context: number } {
  const widthOf = (table: { readonly features: number }): number =>
    table.features === 0 ? d : table.features;
  return { item: widthOf(items), context: contexts === undefined ? 0 : widthOf(contexts) };
}

/** The features of rows, or what was learned in their place. */
export function vectorsOf<T, I>(
  { ops, p }: { readonly ops: Ops<T, I>; readonly p: ParameterInputs<T> },
  { features, rows }: Vectors<T, I>,
  table: string,
): T {
  return features ?? ops.rows(p.get(table), rows);
}

/** The weights of a layer that reads several inputs, by name with their columns, [width, columns], and its bias, as `nn.Linear` starts. */
export function layerParameters(
  prefix: string,
  width: number,
  inputs: { readonly [name: string]: number },
  hasBias = true,
): ParameterSpec[] {
  const given = Object.entries(inputs).filter(([, columns]) => columns > 0);
  const total = given.reduce((sum, [, columns]) => sum + columns, 0);
  const init = { kind: "uniform", bound: 1 / Math.sqrt(total) } as const;
  const group = "projector";
  const weights = given.map(([name, columns]): ParameterSpec => {
    return { name: `${prefix}.${name}`, shape: [width, columns], group, init };
  });
  return hasBias ? [...weights, { name: `${prefix}.bias`, shape: [width], group, init }] : weights;
}

/** Hidden layers 1 … depth - 1 of an MLP, as wide as what they are given; layer 0 is the caller's. The authors' slope below 0 is 0.2. */
export function deepen<T, I>(
  { ops, p }: { readonly ops: Ops<T, I>; readonly p: ParameterInputs<T> },
  prefix: string,
  depth: number,
  first: T,
): T {
  const activated = (x: T, layer: number): T =>
    ops.hidden(x, { bias: p.get(`${prefix}.${2 * layer}.bias`), activation: "leaky-relu", dropout: 0 });
  let h = activated(first, 0);
  for (let layer = 1; layer < depth; layer++)
    h = activated(ops.matmul(h, p.get(`${prefix}.${2 * layer}.weight`), "transposed"), layer);
  return h;
}

/** Parameters of layers 1 … depth - 1 of {@link deepen}. */
export function deeperParameters(prefix: string, depth: number, width: number): ParameterSpec[] {
  return Array.from({ length: depth - 1 }, (_, i) =>
    layerParameters(`${prefix}.${2 * (i + 1)}`, width, { weight: width }),
  ).flat();
}
