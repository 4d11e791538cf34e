import type { Node, Primitive } from "../node.js";

/** Some neighbouring columns of x; settings the first of them. */
export const columns: Primitive = {
  name: "columns",
  forward(node, { value, out, emit }) {
    const { inputs, rows } = node;
    emit("columns", { rows: [rows], at: [value(inputs[0]), out], numbers: numbers(node) });
  },
  backward(node, { wants, accumulate, gradient, emit }) {
    const { inputs, rows } = node;
    const [x] = inputs;
    if (!wants(x)) return;
    emit("columnsBackward", { rows: [rows], at: [gradient, accumulate(x)], numbers: numbers(node) });
  },
};

function numbers({ inputs: [x], columns: count, settings: [first] }: Node): number[] {
  return [x.columns, Number(first), count];
}
