import type { Node, Primitive } from "../node.js";

/** The columns of one input, then those of the next. */
export const beside: Primitive = {
  name: "beside",
  forward(node, { value, out, emit }) {
    const { rows, columns } = node;
    emit("zero", { rows: [rows], at: [out], numbers: [columns] });
    for (const { input, first } of partsOf(node))
      emit("columnsBackward", {
        ...{ rows: [rows], at: [value(input), out], numbers: [columns, first, input.columns] },
      });
  },
  backward(node, { wants, overwrite, gradient, emit }) {
    const { rows, columns } = node;
    for (const { input, first } of partsOf(node)) {
      if (!wants(input)) continue;
      const numbers = [columns, first, input.columns];
      overwrite(input, (at) => emit("columns", { rows: [rows], at: [gradient, at], numbers }));
    }
  },
};

function partsOf({ inputs }: Node): { readonly input: Node; readonly first: number }[] {
  let first = 0;
  return inputs.map((input) => {
    const part = { input, first };
    first += input.columns;
    return part;
  });
}
