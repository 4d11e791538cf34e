import type { Primitive } from "../node.js";

/** m + e^(v / 2) · noise, [n, d], for rows (m, v), [n, 2 d]; inputs posterior, noise. The noise gets no gradient. */
export const gaussianSample: Primitive = {
  name: "gaussian sample",
  forward({ inputs: [posterior, noise], rows, columns }, { value, out, emit }) {
    const at = [value(posterior), value(noise), out];
    emit("gaussianSample", { rows: [rows], at, numbers: [columns] });
  },
  backward({ inputs: [posterior, noise], rows, columns }, { value, wants, accumulate, gradient, emit }) {
    if (!wants(posterior)) return;
    const at = [value(posterior), value(noise), gradient, accumulate(posterior)];
    emit("gaussianSampleBackward", { rows: [rows], at, numbers: [columns] });
  },
};
