import { capacityOf } from "../buffer.js";
import type { Primitive } from "../node.js";

/** Attention within sets of rows: inputs q, k, v, [n, c]; place where each set begins, and where the last one ends. */
export const attention: Primitive = {
  name: "attention",
  forward({ inputs, places: [from], rows, columns }, { value, out, scratch, emit }) {
    const at = [from.buffer, ...inputs.map(value), scratch("shares", capacityOf(rows)), out];
    emit("attention", { rows: [from.rows], at, numbers: [columns] });
  },
  backward({ inputs, places: [from], rows, columns }, to) {
    const { value, wants, accumulate, scratch, gradient, emit } = to;
    const size = capacityOf(rows);
    const gradients = inputs.map((input, i) =>
      wants(input) ? accumulate(input) : scratch(`unwanted ${i}`, size * columns),
    );
    const shares = scratch("shares backward", size);
    const at = [from.buffer, ...inputs.map(value), shares, gradient, ...gradients];
    emit("attentionBackward", { rows: [from.rows], at, numbers: [columns] });
  },
};
