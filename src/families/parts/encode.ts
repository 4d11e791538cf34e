import type { Ops, ParameterInputs } from "../../graph/index.js";
import type { ParameterSpec } from "../parameters.js";
import { layerName, projectorParameters, type Projector } from "./architecture.js";

/** A map to the latent space: a projector of features, by its prefix, or a learned table where there are none. */
export interface Encoding {
  readonly prefix: string;
  readonly table: string;
  readonly projector: Projector;
}

/** x [n, input] through a projector, [n, output]. Weights are [output, input] as in the authors' code. */
export function project<T, I>(
  ops: Ops<T, I>,
  p: ParameterInputs<T>,
  map: Pick<Encoding, "prefix" | "projector">,
  x: T,
): T {
  const { hiddenLayers, activation, bias, residual, dropout } = map.projector;
  let h = x;
  for (let layer = 0; layer <= hiddenLayers; layer++) {
    const name = layerName(map.prefix, layer);
    h = ops.matmul(h, p.get(`${name}.weight`), "transposed");
    const b = bias ? p.get(`${name}.bias`) : undefined;
    if (layer < hiddenLayers) h = ops.hidden(h, { bias: b, activation, dropout });
    else if (b !== undefined) h = ops.bias(h, b);
  }
  return residual ? ops.add(h, x) : h;
}

/** The latent vectors of a batch's rows, [rows, d]. */
export function encode<T, I>(
  ops: Ops<T, I>,
  p: ParameterInputs<T>,
  map: Encoding,
  rows: { readonly features: T | undefined; readonly rows: I },
): T {
  return rows.features === undefined
    ? ops.rows(p.get(map.table), rows.rows)
    : project(ops, p, map, rows.features);
}

/** A projector's parameters, or those of a table that starts from N(0, I/d). */
export function encodingParameters(
  map: Encoding,
  size: {
    readonly rows: number;
    readonly features: number;
    readonly output: number;
    readonly width?: number;
  },
): ParameterSpec[] {
  const { rows, features, output, width } = size;
  if (features > 0) return projectorParameters(map.prefix, map.projector, { input: features, output, width });
  const init = { kind: "normal", deviation: 1 / Math.sqrt(output) } as const;
  return [{ name: map.table, shape: [rows, output], group: "tables", init }];
}
