import { InputError } from "../core/index.js";
import { capacityOf, fixed, partRows, timesRows, type Place, type Rows } from "./buffer.js";
import type { Node, Primitive, Setting } from "./node.js";
import type { Curve, Ops, Places, Spread } from "./ops.js";
import * as primitives from "./primitives/index.js";

interface Made {
  readonly inputs: readonly Node[];
  readonly places?: readonly Place[];
  readonly settings?: readonly Setting[];
  readonly rows: Rows;
  readonly columns: number;
}

/** Writes a forward function down as a graph, checking shapes. */
export class Trace implements Ops<Node, Place> {
  readonly training: boolean;
  readonly #caller: string;
  #keys = 0;

  /** @param caller the family whose function is traced, for messages */
  constructor(caller: string, options: { readonly training?: boolean } = {}) {
    this.#caller = caller;
    this.training = options.training ?? false;
  }

  matmul(a: Node, b: Node, transposed?: "transposed"): Node {
    const isTransposed = transposed !== undefined;
    const depth = isTransposed ? b.columns : b.rows;
    this.#check(a.columns === depth, `matmul${isTransposed ? " transposed" : ""}`, [a, b]);
    const columns = isTransposed ? numberOf(b.rows) : b.columns;
    const primitive = isTransposed ? primitives.matmulTransposed : primitives.matmul;
    return make(primitive, { inputs: [a, b], rows: a.rows, columns });
  }

  bias(x: Node, b: Node): Node {
    this.#check(b.rows === 1 && b.columns === x.columns, "bias", [x, b]);
    return make(primitives.bias, { inputs: [x, b], rows: x.rows, columns: x.columns });
  }

  add(x: Node, y: Node): Node {
    this.#check(x.rows === y.rows && x.columns === y.columns, "add", [x, y]);
    return make(primitives.add, { inputs: [x, y], rows: x.rows, columns: x.columns });
  }

  subtract(x: Node, y: Node): Node {
    this.#check(x.rows === y.rows && x.columns === y.columns, "subtract", [x, y]);
    return make(primitives.subtract, { inputs: [x, y], rows: x.rows, columns: x.columns });
  }

  columns(x: Node, from: number, to: number): Node {
    this.#check(from >= 0 && from < to && to <= x.columns, `columns ${from} to ${to}`, [x]);
    return make(primitives.columns, { inputs: [x], settings: [from], rows: x.rows, columns: to - from });
  }

  constant(rows: number, columns: number, values: Float32Array): Node {
    const value = { ...fixed(`constant [${rows}, ${columns}]`, rows * columns), constant: values };
    return { ...make(primitives.source, { inputs: [], rows, columns }), source: { value } };
  }

  detach(x: Node): Node {
    return make(primitives.detach, { inputs: [x], rows: x.rows, columns: x.columns });
  }

  beside(parts: readonly Node[]): Node {
    const [{ rows }] = parts;
    this.#check(
      parts.every((part) => part.rows === rows),
      "beside",
      parts,
    );
    const columns = parts.reduce((sum, part) => sum + part.columns, 0);
    return make(primitives.beside, { inputs: parts, rows, columns });
  }

  multiply(x: Node, y: Node): Node {
    this.#check(x.rows === y.rows && x.columns === y.columns, "multiply", [x, y]);
    return make(primitives.multiply, { inputs: [x, y], rows: x.rows, columns: x.columns });
  }

  scale(x: Node, factor: number): Node {
    return make(primitives.scale, { inputs: [x], settings: [factor], rows: x.rows, columns: x.columns });
  }

  rowCosines(x: Node, y: Node): Node {
    this.#check(x.rows === y.rows && x.columns === y.columns, "row cosines", [x, y]);
    return make(primitives.rowCosines, { inputs: [x, y], rows: x.rows, columns: 1 });
  }

  attention(q: Node, k: Node, v: Node, from: Place): Node {
    const inputs = [q, k, v];
    const { rows, columns } = q;
    this.#check(
      inputs.every((x) => x.rows === rows && x.columns === columns),
      "attention",
      inputs,
    );
    return make(primitives.attention, { inputs, places: [from], rows, columns });
  }

  attendTo(
    q: Node,
    k: Node,
    v: Node,
    { mask, heads, of }: { readonly mask: Node; readonly heads: number; readonly of?: Place },
  ): Node {
    const { rows, columns } = q;
    const tokens = timesRows(mask.rows, mask.columns);
    const fits = [k, v].every((x) => x.rows === tokens && x.columns === columns);
    const known = of === undefined ? rows === tokens : rows === of.rows;
    this.#check(fits && known && columns % heads === 0, `attention by ${heads} heads`, [q, k, v, mask]);
    const places = of === undefined ? [] : [of];
    return make(primitives.attendTo, {
      ...{ inputs: [q, k, v, mask], places, settings: [heads], rows, columns },
    });
  }

  layerNorm(x: Node, gain: Node, shift: Node): Node {
    const fits = [gain, shift].every((b) => b.rows === 1 && b.columns === x.columns);
    this.#check(fits, "layer norm", [x, gain, shift]);
    return make(primitives.layerNorm, { inputs: [x, gain, shift], rows: x.rows, columns: x.columns });
  }

  hidden(
    x: Node,
    layer: { readonly bias?: Node; readonly activation: Curve; readonly dropout: number },
  ): Node {
    const { bias, activation, dropout } = layer;
    if (bias !== undefined) this.#check(bias.rows === 1 && bias.columns === x.columns, "hidden", [x, bias]);
    const settings = [activation, this.training ? dropout : 0, this.#keys++];
    const inputs = bias === undefined ? [x] : [x, bias];
    const primitive = primitives.SAID_BY_VALUE.includes(activation)
      ? primitives.hiddenInPlace
      : primitives.hidden;
    return make(primitive, { inputs, settings, rows: x.rows, columns: x.columns });
  }

  rows(table: Node, index: Place): Node {
    const { columns } = table;
    return make(primitives.rows, { inputs: [table], places: [index], rows: index.rows, columns });
  }

  softmaxRows(table: Node, index: Place): Node {
    const { columns } = table;
    return make(primitives.softmaxRows, { inputs: [table], places: [index], rows: index.rows, columns });
  }

  mixRows(
    blocks: readonly Node[],
    w: Node,
    { user, context }: { readonly user: Place; readonly context: Place },
  ): Node {
    const { columns } = blocks[0];
    this.#check(w.columns === blocks.length, "mix rows", [w, ...blocks]);
    for (const block of blocks) this.#check(block.columns === columns, "mix rows", [blocks[0], block]);
    return make(primitives.mixRows, {
      ...{ inputs: [w, ...blocks], places: [user, context], rows: user.rows, columns },
    });
  }

  distanceScore(z: Node, u: Node, places: Places<Place>, distance: "squared" | "plain"): Node {
    return this.#score(primitives.distanceScore, [z, u], places, [distance === "plain"]);
  }

  innerScore(z: Node, u: Node, places: Places<Place>): Node {
    return this.#score(primitives.innerScore, [z, u], places, []);
  }

  cosineScore(
    z: Node,
    u: Node,
    places: Places<Place>,
    { logScale, largest }: { readonly logScale: Node; readonly largest: number },
  ): Node {
    return this.#score(primitives.cosineScore, [z, u, logScale], places, [largest]);
  }

  gaussianScore(
    table: Node,
    { left, right }: Pick<Places<Place>, "left" | "right">,
    { spread, largest }: { readonly spread: Spread; readonly largest: number },
  ): Node {
    this.#check(table.columns === 2, "gaussian score", [table]);
    const settings = [spread, largest];
    return make(primitives.gaussianScore, {
      ...{ inputs: [table], places: [left, right], settings, rows: left.rows, columns: 1 },
    });
  }

  orderScore(left: Node, right: Node): Node {
    this.#check(left.rows === right.rows && left.columns === right.columns, "order score", [left, right]);
    return make(primitives.orderScore, { inputs: [left, right], rows: left.rows, columns: 1 });
  }

  differences(table: Node, { left, right }: Pick<Places<Place>, "left" | "right">): Node {
    const { columns } = table;
    return make(primitives.differences, {
      ...{ inputs: [table], places: [left, right], rows: left.rows, columns },
    });
  }

  segmentMean(x: Node, from: Place): Node {
    return make(primitives.segmentMean, { inputs: [x], places: [from], rows: from.rows, columns: x.columns });
  }

  segmentSum(x: Node, from: Place): Node {
    return make(primitives.segmentSum, { inputs: [x], places: [from], rows: from.rows, columns: x.columns });
  }

  pack(x: Node, from: Place, most: number): Node {
    const columns = most * x.columns;
    return make(primitives.pack, {
      ...{ inputs: [x], places: [from], settings: [most], rows: from.rows, columns },
    });
  }

  unfold(x: Node, parts: number): Node {
    this.#check(x.columns % parts === 0, `unfold in ${parts}`, [x]);
    const rows = timesRows(x.rows, parts);
    return make(primitives.unfold, { inputs: [x], rows, columns: x.columns / parts });
  }

  fold(x: Node, parts: number): Node {
    const rows = partRows(x.rows, parts);
    if (rows === undefined) throw this.#misfit(`fold of ${parts}`, [x]);
    return make(primitives.fold, { inputs: [x], rows, columns: parts * x.columns });
  }

  gaussianSample(posterior: Node, noise: Node): Node {
    const fits = posterior.rows === noise.rows && posterior.columns === 2 * noise.columns;
    this.#check(fits, "gaussian sample", [posterior, noise]);
    const { rows, columns } = noise;
    return make(primitives.gaussianSample, { inputs: [posterior, noise], rows, columns });
  }

  gaussianKl(posterior: Node, weight: number, prior?: Node): Node {
    const inputs = prior === undefined ? [posterior] : [posterior, prior];
    const { rows, columns } = posterior;
    const fits =
      columns % 2 === 0 && (prior === undefined || (prior.rows === 1 && prior.columns === columns));
    this.#check(fits, "gaussian kl", inputs);
    return make(primitives.gaussianKl, { inputs, settings: [weight], rows, columns: 1 });
  }

  #score(
    primitive: Primitive,
    inputs: readonly Node[],
    { left, right, user }: Places<Place>,
    settings: readonly Setting[],
  ): Node {
    const [z, u] = inputs;
    this.#check(z.columns === u.columns, primitive.name, [z, u]);
    return make(primitive, { inputs, places: [left, right, user], settings, rows: left.rows, columns: 1 });
  }

  /** @throws InputError naming the primitive, the family and the shapes */
  #check(fits: boolean, primitive: string, given: readonly Node[]): void {
    if (!fits) throw this.#misfit(primitive, given);
  }

  #misfit(primitive: string, given: readonly Node[]): InputError {
    return new InputError(
      `${this.#caller}: ${primitive} was given shapes that do not fit: ${given.map(shapeOf).join(" and ")}`,
    );
  }
}

/** A node of any primitive: what rewrites make. */
export function make(
  primitive: Primitive,
  { inputs, places = [], settings = [], rows, columns }: Made,
): Node {
  return { primitive, inputs, places, settings, rows, columns };
}

function shapeOf({ rows, columns }: Node): string {
  return `[${typeof rows === "number" ? rows : rows.name}, ${columns}]`;
}

function numberOf(rows: Rows): number {
  return typeof rows === "number" ? rows : capacityOf(rows);
}
