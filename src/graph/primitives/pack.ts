import type { Primitive } from "../node.js";

/** The first rows of each set of x side by side, then zeros; place where each set begins, and where the last one ends; setting how many rows. */
export const pack: Primitive = {
  name: "pack",
  forward({ inputs: [x], places: [from], settings: [most], rows }, { value, out, emit }) {
    const numbers = [Number(most), x.columns];
    emit("pack", { rows: [rows], at: [from.buffer, value(x), out], numbers });
  },
  backward({ inputs: [x], places: [from], settings: [most], rows }, { wants, accumulate, gradient, emit }) {
    if (!wants(x)) return;
    const numbers = [Number(most), x.columns];
    emit("packBackward", { rows: [rows], at: [from.buffer, gradient, accumulate(x)], numbers });
  },
};
