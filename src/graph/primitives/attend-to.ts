import { capacityOf } from "../buffer.js";
import type { Node, Primitive } from "../node.js";

/**
 * Attention to the tokens of sets of one size, by several heads: inputs q, k, v and a mask, [sets, tokens], which gets no gradient; place each row's
 * set, where rows are not the sets' own tokens; setting heads.
 */
export const attendTo: Primitive = {
  name: "attend to",
  forward(node, { value, out, scratch, emit }) {
    const at = [...placeOf(node), ...node.inputs.map(value), scratch("shares", tokensOf(node)), out];
    emit("attendTo", { rows: [node.rows], at, numbers: numbersOf(node) });
  },
  backward(node, to) {
    const { value, wants, accumulate, scratch, gradient, emit } = to;
    const [q, k, v] = node.inputs;
    const gradients = [q, k, v].map((input, i) =>
      wants(input) ? accumulate(input) : scratch(`unwanted ${i}`, capacityOf(input.rows) * input.columns),
    );
    const room = scratch("shares backward", tokensOf(node));
    const at = [...placeOf(node), ...node.inputs.map(value), room, gradient, ...gradients];
    emit("attendToBackward", { rows: [node.rows], at, numbers: numbersOf(node) });
  },
};

function tokensOf({ inputs }: Node): number {
  return inputs[3].columns;
}

function placeOf({ places }: Node) {
  return places.map(({ buffer }) => buffer);
}

function numbersOf(node: Node): number[] {
  return [tokensOf(node), node.columns, Number(node.settings[0]), node.places.length];
}
