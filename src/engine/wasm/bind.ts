import { exp } from "../../core/index.js";
import type { InstructionName } from "../../graph/index.js";
import type { Address, Kernels } from "./runtime.js";

/** A row count that is known when a step runs. */
export interface Cell {
  readonly count: number;
}

/** An instruction whose operands have addresses. */
export interface Operands {
  readonly rows: readonly Cell[];
  readonly at: readonly Address[];
  readonly numbers: readonly number[];
}

/** What kernels need besides their operands. */
export interface Scratch {
  readonly kernels: Kernels;
  /** Room of products (see `Runtime.reserveProducts`). */
  readonly panel: Address;
  readonly packed: Address;
  /** Changes from step to step: what is dropped depends on it. */
  readonly chance: { word: number };
}

export type Step = () => void;
type Bind = (scratch: Scratch, operands: Operands) => Step;

/** Row and depth strides of a product's operands, as fractions of its sides. */
type Form = "NN" | "NT" | "TN";

function product(form: Form): Bind {
  return ({ kernels, panel, packed }, { rows: [m, n, k], at: [a, b, c], numbers: [adds] }) =>
    () => {
      const M = m.count;
      const N = n.count;
      const K = k.count;
      const aRow = form === "TN" ? 1 : K;
      const aDepth = form === "TN" ? M : 1;
      const bDepth = form === "NT" ? 1 : N;
      const bColumn = form === "NT" ? K : 1;
      // packing both sides pays where each packed number is used often
      if (M >= 12 && N >= 32 && K >= 32)
        kernels.productLarge(M, N, K, a, aRow, aDepth, b, bDepth, bColumn, c, adds, panel, packed);
      else kernels.product(M, N, K, a, aRow, aDepth, b, bDepth, bColumn, c, adds, panel);
    };
}

/** How each instruction calls its kernel. */
export const BINDINGS: { readonly [name in InstructionName]: Bind } = {
  productNN: product("NN"),
  productNT: product("NT"),
  productTN: product("TN"),
  zero: ({ kernels }, { rows: [n], at: [x], numbers: [columns] }) => {
    // filling no bytes costs as much as filling a kilobyte
    return () => {
      if (n.count > 0) kernels.zero(x, 4 * n.count * columns);
    };
  },
  copy:
    ({ kernels }, { rows: [n], at: [x, y], numbers: [columns] }) =>
    () =>
      kernels.activate(0, n.count * columns, x, y),
  add:
    ({ kernels }, { rows: [n], at: [x, y], numbers: [columns] }) =>
    () =>
      kernels.addBias(1, n.count * columns, y, x),
  addBias:
    ({ kernels }, { rows: [n], at: [x, b], numbers: [columns] }) =>
    () =>
      kernels.addBias(n.count, columns, x, b),
  addColumns:
    ({ kernels }, { rows: [n], at: [x, b], numbers: [columns] }) =>
    () =>
      kernels.addColumns(n.count, columns, x, b),
  activate:
    ({ kernels }, { rows: [n], at: [x, y], numbers: [columns, kind] }) =>
    () =>
      kernels.activate(kind, n.count * columns, x, y),
  activateWithBias:
    ({ kernels }, { rows: [n], at: [x, b, y], numbers: [columns, kind] }) =>
    () =>
      kernels.activateWithBias(kind, n.count, columns, x, b, y),
  activateBackward:
    ({ kernels }, { rows: [n], at: [x, g], numbers: [columns, kind] }) =>
    () =>
      kernels.activateBackward(kind, n.count * columns, x, g),
  dropout: ({ kernels, chance }, { rows: [n], at: [x], numbers: [columns, probability, key] }) => {
    const own = Math.imul(key + 1, 0x85ebca6b);
    return () => kernels.dropout(n.count * columns, x, probability, chance.word ^ own);
  },
  gatherRows:
    ({ kernels }, { rows: [n], at: [index, table, y], numbers: [columns, stride = columns] }) =>
    () =>
      kernels.gatherRows(n.count, index, columns, table, y, stride),
  scatterAddRows:
    ({ kernels }, { rows: [n], at: [index, x, table], numbers: [columns] }) =>
    () =>
      kernels.scatterAddRows(n.count, index, columns, x, columns, table),
  softmaxRows:
    ({ kernels }, { rows: [n], at: [index, v, w], numbers: [columns] }) =>
    () =>
      kernels.softmaxRows(n.count, index, columns, v, w),
  softmaxBackward:
    ({ kernels }, { rows: [n], at: [index, w, dw, dv], numbers: [columns] }) =>
    () =>
      kernels.softmaxBackward(n.count, index, columns, w, dw, dv),
  mixRows:
    ({ kernels }, { rows: [n], at: [user, w, context, g, z], numbers: [k, d, block] }) =>
    () =>
      kernels.mixRows(n.count, k, d, user, w, context, g, block, z),
  mixRowsBackward:
    ({ kernels }, { rows: [n], at: [user, w, context, g, dz, dw, dg], numbers: [k, d, block] }) =>
    () =>
      kernels.mixRowsBackward(n.count, k, d, user, w, context, g, block, dz, dw, dg),
  differences:
    ({ kernels }, { rows: [n], at: [table, left, right, out], numbers: [columns] }) =>
    () =>
      kernels.differences(n.count, columns, table, left, right, out),
  addDifferences:
    ({ kernels }, { rows: [n], at: [d, left, right, table], numbers: [columns] }) =>
    () =>
      kernels.addDifferences(n.count, columns, d, left, right, table),
  differencesAndSums:
    ({ kernels }, { rows: [n], at: [table, left, right, points, user, d, s], numbers: [columns] }) =>
    () =>
      kernels.differencesAndSums(n.count, columns, table, left, right, points, user, d, s),
  sumsBackward:
    ({ kernels }, { rows: [n], at: [ds, q, user, d, dPoints], numbers: [columns] }) =>
    () =>
      kernels.sumsBackward(n.count, columns, ds, q, user, d, dPoints),
  rowDots:
    ({ kernels }, { rows: [n], at: [x, y, s], numbers: [columns] }) =>
    () =>
      kernels.rowDots(n.count, columns, x, y, s),
  rowDotsBackward:
    ({ kernels }, { rows: [n], at: [x, y, ds, dx, dy], numbers: [columns] }) =>
    () =>
      kernels.rowDotsBackward(n.count, columns, x, y, ds, dx, dy),
  distanceScore:
    ({ kernels }, { rows: [n], at: [z, u, left, right, user, s], numbers: [columns, plain] }) =>
    () =>
      kernels.distanceScore(n.count, columns, z, u, left, right, user, plain, s),
  distanceBackward:
    ({ kernels }, { rows: [n], at: [z, u, left, right, user, ds, dz, du], numbers: [columns, plain] }) =>
    () =>
      kernels.distanceBackward(n.count, columns, z, u, left, right, user, plain, ds, dz, du),
  innerScore:
    ({ kernels }, { rows: [n], at: [z, u, left, right, user, s], numbers: [columns] }) =>
    () =>
      kernels.innerScore(n.count, columns, z, u, left, right, user, s),
  innerBackward:
    ({ kernels }, { rows: [n], at: [z, u, left, right, user, ds, dz, du], numbers: [columns] }) =>
    () =>
      kernels.innerBackward(n.count, columns, z, u, left, right, user, ds, dz, du),
  cosineScore: ({ kernels }, { rows: [n], at, numbers: [columns, largest] }) => {
    const [z, u, left, right, user, logScale, s] = at;
    const logarithm = scalar(kernels, logScale);
    return () => {
      const scale = Math.min(exp(logarithm()[0]), largest);
      kernels.cosineScore(n.count, columns, z, u, left, right, user, scale, s);
    };
  },
  cosineBackward: ({ kernels }, { rows: [n], at, numbers: [columns, largest] }) => {
    const [z, u, left, right, user, logScale, ds, dz, du, dLogScale] = at;
    const logarithm = scalar(kernels, logScale);
    const gradient = scalar(kernels, dLogScale);
    return () => {
      const full = exp(logarithm()[0]);
      const scale = Math.min(full, largest);
      const dScale = kernels.cosineBackward(n.count, columns, z, u, left, right, user, scale, ds, dz, du);
      // beyond the largest the scale stands still
      gradient()[0] += full > largest ? 0 : dScale * scale;
    };
  },
};

/** One float in memory; the view is made anew when memory has grown. */
function scalar({ memory }: Kernels, address: Address): () => Float32Array {
  let view = new Float32Array(0);
  return () => (view.length === 1 ? view : (view = new Float32Array(memory.buffer, address, 1)));
}
