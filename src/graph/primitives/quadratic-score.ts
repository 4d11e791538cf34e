import { capacityOf, type Buffer } from "../buffer.js";
import type { Forward, Node, Primitive } from "../node.js";

/**
 * <M (l - r), l + r - 2 a>, [B, 1], for rows l, r of a table and points a: the difference of two squared distances under a linear map A with
 * M = AᵀA. Inputs M [D, D], points [U, D], table; places left, right, user. The table gets no gradient.
 */
export const quadraticScore: Primitive = {
  name: "quadratic score",
  forward(node, to) {
    const { inputs, places, rows } = node;
    const [form, points, table] = inputs;
    const [left, right, user] = places;
    const { columns } = form;
    const { difference, sum, q } = rooms(node, to);
    const tables = [to.value(table), left.buffer, right.buffer, to.value(points), user.buffer];
    to.emit("differencesAndSums", { rows: [rows], at: [...tables, difference, sum], numbers: [columns] });
    to.emit("productNN", {
      rows: [rows, columns, columns],
      at: [difference, to.value(form), q],
      numbers: [0],
    });
    to.emit("rowDots", { rows: [rows], at: [q, sum, to.out], numbers: [columns] });
  },
  backward(node, to) {
    const { inputs, places, rows } = node;
    const [form, points] = inputs;
    const { columns } = form;
    const { difference, sum, q } = rooms(node, to);
    const user = places[2];
    const dPoints = to.wants(points)
      ? to.accumulate(points)
      : to.scratch("unwanted", capacityOf(points.rows) * columns);
    const at = [to.gradient, q, user.buffer, difference, dPoints];
    to.emit("sumsBackward", { rows: [rows], at, numbers: [columns] });
    if (!to.wants(form)) return;
    // dM = sum of g (l - r)(l + r - 2a)ᵀ; the differences were scaled by g just now
    to.write(form, (dForm, adds) =>
      to.emit("productTN", { rows: [columns, columns, rows], at: [difference, sum, dForm], numbers: [adds] }),
    );
  },
};

function rooms(
  { inputs: [form], rows }: Node,
  { scratch }: Forward,
): { [name in "difference" | "sum" | "q"]: Buffer } {
  const size = capacityOf(rows) * form.columns;
  return { difference: scratch("difference", size), sum: scratch("sum", size), q: scratch("q", size) };
}
