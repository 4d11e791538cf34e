import { exp } from "../../core/index.js";
import type { InstructionName } from "../../graph/index.js";
import type { Address, Kernels } from "./runtime.js";

/** A row count that is known when a step runs. */
export interface Cell {
  readonly count: number;
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
/** Rows, addresses of operands and literals, as {@link INSTRUCTIONS} names them. */
type Bind = (of: Scratch, rows: readonly Cell[], at: readonly Address[], numbers: readonly number[]) => Step;

function product(form: "NN" | "NT" | "TN"): Bind {
  return ({ kernels: k, panel, packed }, [m, n, depth], [a, b, c, other = 0, sums = 0], numbers) => {
    const [adds, stride, after = 0, kind = 0] = numbers;
    return () => {
      const M = m.count;
      const N = n.count;
      const K = depth.count;
      const aRow = form === "TN" ? 1 : form === "NT" && stride > 0 ? stride : K;
      const aDepth = form === "TN" ? M : 1;
      const bDepth = form === "NT" ? 1 : form === "TN" && stride > 0 ? stride : N;
      const bColumn = form === "NT" ? K : 1;
      // packing both sides pays where each packed number is used often
      if (M >= 12 && N >= 32 && K >= 32) {
        // prettier-ignore
        k.productLarge(M, N, K, a, aRow, aDepth, b, bDepth, bColumn, c, adds, panel, packed, after, kind, other, sums);
        return;
      }
      k.product(M, N, K, a, aRow, aDepth, b, bDepth, bColumn, c, adds, panel);
      if (after > 0) k.finishRows(after, kind, M, N, c, other, sums);
    };
  };
}

/** How each instruction calls its kernel. */
export const BINDINGS: { readonly [name in InstructionName]: Bind } = {
  productNN: product("NN"),
  productNT: product("NT"),
  productTN: product("TN"),
  // filling no bytes costs as much as filling a kilobyte
  zero: ({ kernels: k }, [n], [x], [c]) => {
    return () => void (n.count > 0 && k.zero(x, 4 * n.count * c));
  },
  copy: ({ kernels: k }, [n], [x, y], [c]) => {
    return () => k.activate(0, n.count * c, x, y);
  },
  add: ({ kernels: k }, [n], [x, y], [c]) => {
    return () => k.addBias(1, n.count * c, y, x);
  },
  subtract: ({ kernels: k }, [n], [x, y], [c]) => {
    return () => k.subtract(n.count * c, x, y);
  },
  columns: ({ kernels: k }, [n], [x, y], [c, first, count]) => {
    return () => k.columns(n.count, c, first, count, x, y);
  },
  columnsBackward: ({ kernels: k }, [n], [dy, dx], [c, first, count]) => {
    return () => k.columnsBackward(n.count, c, first, count, dy, dx);
  },
  segmentMean: ({ kernels: k }, [n], [from, x, y], [c]) => {
    return () => k.segmentMean(n.count, from, c, x, y, 0);
  },
  segmentSum: ({ kernels: k }, [n], [from, x, y], [c]) => {
    return () => k.segmentMean(n.count, from, c, x, y, 1);
  },
  segmentSumBackward: ({ kernels: k }, [n], [from, dy, dx], [c]) => {
    return () => k.segmentMeanBackward(n.count, from, c, dy, dx, 1);
  },
  pack: ({ kernels: k }, [n], [from, x, y], [most, c]) => {
    return () => k.pack(n.count, from, most, c, x, y);
  },
  packBackward: ({ kernels: k }, [n], [from, dy, dx], [most, c]) => {
    return () => k.packBackward(n.count, from, most, c, dy, dx);
  },
  attendTo: ({ kernels }, [n], at, [most, c, heads, hasPlace]) => {
    const of = hasPlace === 1 ? at[0] : 0;
    const [q, k, v, mask, room, y] = at.slice(hasPlace);
    return () => kernels.attendTo(n.count, of, most, c, heads, q, k, v, mask, room, y);
  },
  attendToBackward: ({ kernels }, [n], at, [most, c, heads, hasPlace]) => {
    const of = hasPlace === 1 ? at[0] : 0;
    const [q, k, v, mask, room, dy, dq, dk, dv] = at.slice(hasPlace);
    return () => kernels.attendToBackward(n.count, of, most, c, heads, q, k, v, mask, room, dy, dq, dk, dv);
  },
  layerNorm: ({ kernels: k }, [n], [x, gain, shift, y], [c]) => {
    return () => k.layerNorm(n.count, c, x, gain, shift, y);
  },
  layerNormBackward: ({ kernels: k }, [n], [x, gain, dy, dx, dGain, dShift], [c]) => {
    return () => k.layerNormBackward(n.count, c, x, gain, dy, dx, dGain, dShift);
  },
  segmentMeanBackward: ({ kernels: k }, [n], [from, dy, dx], [c]) => {
    return () => k.segmentMeanBackward(n.count, from, c, dy, dx, 0);
  },
  gaussianSample: ({ kernels: k }, [n], [posterior, noise, z], [d]) => {
    return () => k.gaussianSample(n.count, d, posterior, noise, z);
  },
  gaussianSampleBackward: ({ kernels: k }, [n], [posterior, noise, dz, dPosterior], [d]) => {
    return () => k.gaussianSampleBackward(n.count, d, posterior, noise, dz, dPosterior);
  },
  gaussianKl: ({ kernels: k }, [n], [posterior, y], [d, weight]) => {
    return () => k.gaussianKl(n.count, d, posterior, 0, weight, y);
  },
  gaussianKlBackward: ({ kernels: k }, [n], [posterior, dy, dPosterior], [d, weight]) => {
    return () => k.gaussianKlBackward(n.count, d, posterior, 0, weight, dy, dPosterior, 0);
  },
  gaussianKlToPrior: ({ kernels: k }, [n], [posterior, prior, y], [d, weight]) => {
    return () => k.gaussianKl(n.count, d, posterior, prior, weight, y);
  },
  gaussianKlToPriorBackward: (
    { kernels: k },
    [n],
    [posterior, prior, dy, dPosterior, dPrior],
    [d, weight],
  ) => {
    return () => k.gaussianKlBackward(n.count, d, posterior, prior, weight, dy, dPosterior, dPrior);
  },
  scale: ({ kernels: k }, [n], [x, y], [c, factor, adds]) => {
    return () => k.scale(n.count * c, factor, x, y, adds);
  },
  multiply: ({ kernels: k }, [n], [x, y, z], [c, adds]) => {
    return () => k.multiply(n.count * c, x, y, z, adds);
  },
  rowCosines: ({ kernels: k }, [n], [x, y, s], [c]) => {
    return () => k.rowCosines(n.count, c, x, y, s);
  },
  rowCosinesBackward: ({ kernels: k }, [n], [x, y, ds, dx, dy], [c]) => {
    return () => k.rowCosinesBackward(n.count, c, x, y, ds, dx, dy);
  },
  attention: ({ kernels }, [sets], [from, q, k, v, room, y], [c]) => {
    return () => kernels.attention(sets.count, from, c, q, k, v, room, y);
  },
  attentionBackward: ({ kernels }, [sets], [from, q, k, v, room, dy, dq, dk, dv], [c]) => {
    return () => kernels.attentionBackward(sets.count, from, c, q, k, v, room, dy, dq, dk, dv);
  },
  addBias: ({ kernels: k }, [n], [x, b], [c]) => {
    return () => k.addBias(n.count, c, x, b);
  },
  addColumns: ({ kernels: k }, [n], [x, b], [c]) => {
    return () => k.addColumns(n.count, c, x, b);
  },
  activate: ({ kernels: k }, [n], [x, y], [c, kind]) => {
    return () => k.activate(kind, n.count * c, x, y);
  },
  activateWithBias: ({ kernels: k }, [n], [x, b, y], [c, kind]) => {
    return () => k.activateWithBias(kind, n.count, c, x, b, y);
  },
  activateBackward: ({ kernels: k }, [n], [x, g, sums = 0], [c, kind]) => {
    return () => k.activateBackward(kind, n.count, c, x, g, sums);
  },
  dropout: ({ kernels: k, chance }, [n], [x], [c, probability, key]) => {
    const own = Math.imul(key + 1, 0x85ebca6b);
    return () => k.dropout(n.count * c, x, probability, chance.word ^ own);
  },
  gatherRows: ({ kernels: k }, [n], [index, table, y], [c]) => {
    return () => k.gatherRows(n.count, index, c, table, y, c);
  },
  scatterAddRows: ({ kernels: k }, [n], [index, x, table], [c]) => {
    return () => k.scatterAddRows(n.count, index, c, x, c, table);
  },
  softmaxRows: ({ kernels: k }, [n], [index, v, w], [c]) => {
    return () => k.softmaxRows(n.count, index, c, v, w);
  },
  softmaxBackward: ({ kernels: k }, [n], [index, w, dw, dv], [c]) => {
    return () => k.softmaxBackward(n.count, index, c, w, dw, dv);
  },
  mixRows: ({ kernels: k }, [n], [user, w, context, g, z], [count, d, block]) => {
    return () => k.mixRows(n.count, count, d, user, w, context, g, block, z);
  },
  mixRowsBackward: ({ kernels: k }, [n], [user, w, context, g, dz, dw, dg], [count, d, block]) => {
    return () => k.mixRowsBackward(n.count, count, d, user, w, context, g, block, dz, dw, dg);
  },
  differences: ({ kernels: k }, [n], [table, left, right, out], [c, stride]) => {
    return () => k.differences(n.count, c, table, left, right, out, stride);
  },
  addDifferences: ({ kernels: k }, [n], [d, left, right, table], [c]) => {
    return () => k.addDifferences(n.count, c, d, left, right, table);
  },
  differencesAndSums: ({ kernels: k }, [n], [table, left, right, points, user, d, s], [c]) => {
    return () => k.differencesAndSums(n.count, c, table, left, right, points, user, d, s);
  },
  sumsBackward: ({ kernels: k }, [n], [ds, q, user, d, dPoints], [c]) => {
    return () => k.sumsBackward(n.count, c, ds, q, user, d, dPoints);
  },
  rowDots: ({ kernels: k }, [n], [x, y, s], [c]) => {
    return () => k.rowDots(n.count, c, x, y, s);
  },
  rowDotsBackward: ({ kernels: k }, [n], [x, y, ds, dx, dy], [c]) => {
    return () => k.rowDotsBackward(n.count, c, x, y, ds, dx, dy);
  },
  distanceScore: ({ kernels: k }, [n], [z, u, left, right, user, s], [c, plain]) => {
    return () => k.distanceScore(n.count, c, z, u, left, right, user, plain, s);
  },
  distanceBackward: ({ kernels: k }, [n], [z, u, left, right, user, ds, dz, du], [c, plain]) => {
    return () => k.distanceBackward(n.count, c, z, u, left, right, user, plain, ds, dz, du);
  },
  innerScore: ({ kernels: k }, [n], [z, u, left, right, user, s], [c]) => {
    return () => k.innerScore(n.count, c, z, u, left, right, user, s);
  },
  innerBackward: ({ kernels: k }, [n], [z, u, left, right, user, ds, dz, du], [c]) => {
    return () => k.innerBackward(n.count, c, z, u, left, right, user, ds, dz, du);
  },
  gaussianScore: ({ kernels: k }, [n], [table, left, right, s], [kind, largest]) => {
    return () => k.gaussianScore(n.count, table, left, right, kind, largest, s);
  },
  gaussianBackward: ({ kernels: k }, [n], [table, left, right, ds, dTable], [kind, largest]) => {
    return () => k.gaussianBackward(n.count, table, left, right, kind, largest, ds, dTable);
  },
  orderScore: ({ kernels: k }, [n], [x, y, s], [atoms]) => {
    return () => k.orderScore(n.count, atoms, x, y, s);
  },
  orderBackward: ({ kernels: k }, [n], [x, y, ds, dx, dy], [atoms]) => {
    return () => k.orderBackward(n.count, atoms, x, y, ds, dx, dy);
  },
  cosineScore: ({ kernels: k }, [n], [z, u, left, right, user, logScale, s], [c, largest]) => {
    const logarithm = scalar(k, logScale);
    return () => {
      const scale = Math.min(exp(logarithm()[0]), largest);
      k.cosineScore(n.count, c, z, u, left, right, user, scale, s);
    };
  },
  cosineBackward: ({ kernels: k }, [n], at, [c, largest]) => {
    const [z, u, left, right, user, logScale, ds, dz, du, dLogScale] = at;
    const logarithm = scalar(k, logScale);
    const gradient = scalar(k, dLogScale);
    return () => {
      const full = exp(logarithm()[0]);
      const scale = Math.min(full, largest);
      const dScale = k.cosineBackward(n.count, c, z, u, left, right, user, scale, ds, dz, du);
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
