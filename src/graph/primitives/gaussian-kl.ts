import { capacityOf } from "../buffer.js";
import type { Node, Primitive } from "../node.js";

/**
 * weight · KL(N(m, e^v) || N(m', e^v')) of each row (m, v), [n, 1]: weight / 2 · the sum of v' - v - 1 + (e^v + (m - m')²) / e^v'. Inputs posterior,
 * and where it is not standard normal the prior (m', v'), one row; setting the weight.
 */
export const gaussianKl: Primitive = {
  name: "gaussian kl",
  forward(node, { value, out, emit }) {
    const { inputs, rows } = node;
    const name = inputs.length === 1 ? "gaussianKl" : "gaussianKlToPrior";
    emit(name, { rows: [rows], at: [...inputs.map(value), out], numbers: numbers(node) });
  },
  backward(node, { value, wants, accumulate, scratch, gradient, emit }) {
    const { inputs, rows } = node;
    const gradients = inputs.map((input, i) =>
      wants(input) ? accumulate(input) : scratch(`unwanted ${i}`, capacityOf(input.rows) * input.columns),
    );
    const name = inputs.length === 1 ? "gaussianKlBackward" : "gaussianKlToPriorBackward";
    emit(name, { rows: [rows], at: [...inputs.map(value), gradient, ...gradients], numbers: numbers(node) });
  },
};

function numbers({ inputs: [posterior], settings: [weight] }: Node): number[] {
  return [posterior.columns / 2, Number(weight)];
}
