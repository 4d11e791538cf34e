import type { Node, Primitive } from "../node.js";
import { CURVES, type Curve } from "../ops.js";

/** Bias, dropout and activation behind a layer's product; settings activation, dropout's probability, key of its random numbers. */
export const hidden: Primitive = {
  name: "hidden",
  forward(node, { own, value, out, emit }) {
    const { rows, columns } = node;
    const [, b] = node.inputs;
    const { kind, drop } = settingsOf(node);
    const call = { rows: [rows], at: [own, out], numbers: [columns, kind] };
    if (b !== undefined && drop === undefined) {
      emit("activateWithBias", { ...call, at: [own, value(b), out] });
      return;
    }
    if (b !== undefined) emit("addBias", { rows: [rows], at: [own, value(b)], numbers: [columns] });
    if (drop !== undefined) emit("dropout", { rows: [rows], at: [own], numbers: [columns, ...drop] });
    emit("activate", call);
  },
  backward(node, { own, wants, accumulate, pass, gradient, emit }) {
    const { rows, columns } = node;
    const [x, b] = node.inputs;
    const { kind, drop } = settingsOf(node);
    emit("activateBackward", { rows: [rows], at: [own, gradient], numbers: [columns, kind] });
    if (drop !== undefined) emit("dropout", { rows: [rows], at: [gradient], numbers: [columns, ...drop] });
    if (b !== undefined && wants(b))
      emit("addColumns", { rows: [rows], at: [gradient, accumulate(b)], numbers: [columns] });
    if (wants(x)) pass(x, gradient);
  },
};

function settingsOf({ settings: [activation, probability, key] }: Node): {
  readonly kind: number;
  readonly drop?: readonly number[];
} {
  const kind = CURVES.indexOf(activation as Curve);
  return probability === 0 ? { kind } : { kind, drop: [Number(probability), Number(key)] };
}
