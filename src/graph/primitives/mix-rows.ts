import { capacityOf, partOf, type Buffer } from "../buffer.js";
import type { Forward, Node, Primitive } from "../node.js";

/** sum_k w[user, k] g_k[context, :]; inputs w, g_1 … g_K; places user, context. The g_k are copied side by side, a block each. */
export const mixRows: Primitive = {
  name: "mix rows",
  forward(node, to) {
    const { inputs, places, rows, columns } = node;
    const [w, ...maps] = inputs;
    const [user, context] = places;
    const { g, block } = blocks(node, to, "g");
    maps.forEach((map, k) => {
      const at = [to.value(map), partOf(g, k * block, block)];
      to.emit("copy", { rows: [map.rows], at, numbers: [columns] });
    });
    const at = [user.buffer, to.value(w), context.buffer, g, to.out];
    to.emit("mixRows", { rows: [rows], at, numbers: [maps.length, columns, block] });
  },
  backward(node, to) {
    const { inputs, places, rows, columns } = node;
    const [w, ...maps] = inputs;
    const [user, context] = places;
    const { g, block } = blocks(node, to, "g");
    const dg = blocks(node, to, "dg").g;
    maps.forEach((map, k) => {
      to.emit("zero", { rows: [map.rows], at: [partOf(dg, k * block, block)], numbers: [columns] });
    });
    const dw = to.wants(w) ? to.accumulate(w) : zeroed(node, to);
    const at = [user.buffer, to.value(w), context.buffer, g, to.gradient, dw, dg];
    to.emit("mixRowsBackward", { rows: [rows], at, numbers: [maps.length, columns, block] });
    maps.forEach((map, k) => {
      if (to.wants(map)) to.pass(map, partOf(dg, k * block, block));
    });
  },
};

/** Room for all g_k; blocks are whole vectors of four floats. */
function blocks(node: Node, to: Forward, name: string): { readonly g: Buffer; readonly block: number } {
  const [, first] = node.inputs;
  const block = Math.ceil((capacityOf(first.rows) * node.columns) / 4) * 4;
  return { block, g: to.scratch(name, block * (node.inputs.length - 1)) };
}

/** A gradient that nobody wants. */
function zeroed({ inputs: [w] }: Node, to: Forward): Buffer {
  return to.scratch("unwanted", capacityOf(w.rows) * w.columns);
}
