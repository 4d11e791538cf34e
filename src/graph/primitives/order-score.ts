import { capacityOf } from "../buffer.js";
import type { Primitive } from "../node.js";

/** log P(right above left) - log P(left above right), [B, 1], for rows of probabilities of left and right over the same ordered atoms, [B, A]. */
export const orderScore: Primitive = {
  name: "order score",
  forward({ inputs: [left, right], rows }, { value, out, emit }) {
    emit("orderScore", { rows: [rows], at: [value(left), value(right), out], numbers: [left.columns] });
  },
  backward({ inputs: [left, right], rows }, { value, wants, overwrite, scratch, gradient, emit }) {
    // one kernel writes both; what nobody wants goes to a room of its own
    const spare = scratch("unwanted", capacityOf(rows) * left.columns);
    const both = (dLeft = spare, dRight = spare): void => {
      const at = [value(left), value(right), gradient, dLeft, dRight];
      emit("orderBackward", { rows: [rows], at, numbers: [left.columns] });
    };
    if (wants(left) && wants(right)) overwrite(left, (x) => overwrite(right, (y) => both(x, y)));
    else if (wants(left)) overwrite(left, (x) => both(x));
    else if (wants(right)) overwrite(right, (y) => both(undefined, y));
  },
};
