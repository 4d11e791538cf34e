import type { Node, Primitive } from "../node.js";
import { SPREADS, type Spread } from "../ops.js";

/**
 * sqrt(2 pi) (m_right - m_left) / sqrt(s_left² + s_right²), [B, 1], for rows (m, raw) of a table [n, 2]; places left, right; settings how s is
 * made of raw, and the largest s.
 */
export const gaussianScore: Primitive = {
  name: "gaussian score",
  forward(node, { value, out, emit }) {
    const { inputs, places, rows } = node;
    const [left, right] = places;
    const at = [value(inputs[0]), left.buffer, right.buffer, out];
    emit("gaussianScore", { rows: [rows], at, numbers: numbers(node) });
  },
  backward(node, { value, wants, accumulate, gradient, emit }) {
    const { inputs, places, rows } = node;
    const [table] = inputs;
    if (!wants(table)) return;
    const [left, right] = places;
    const at = [value(table), left.buffer, right.buffer, gradient, accumulate(table)];
    emit("gaussianBackward", { rows: [rows], at, numbers: numbers(node) });
  },
};

function numbers({ settings: [spread, largest] }: Node): number[] {
  return [SPREADS.indexOf(spread as Spread), Number(largest)];
}
