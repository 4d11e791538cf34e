import type { Node, Primitive } from "../node.js";
import { CURVES, type Curve } from "../ops.js";

/** The curves whose value says which slope they had: what went in need not be kept. */
export const SAID_BY_VALUE: readonly Curve[] = ["relu", "leaky-relu", "tanh", "exp"];

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
    const sums = b !== undefined && wants(b) ? [accumulate(b)] : [];
    const at = [own, gradient, ...(drop === undefined ? sums : [])];
    emit("activateBackward", { rows: [rows], at, numbers: [columns, kind] });
    if (drop !== undefined) {
      emit("dropout", { rows: [rows], at: [gradient], numbers: [columns, ...drop] });
      for (const sum of sums) emit("addColumns", { rows: [rows], at: [gradient, sum], numbers: [columns] });
    }
    if (wants(x)) pass(x, gradient);
  },
};

/** The same of {@link SAID_BY_VALUE}: the value lies where what went in lay. */
export const hiddenInPlace: Primitive = { ...hidden, inPlace: true, keepsValue: true };

function settingsOf({ settings: [activation, probability, key] }: Node): {
  readonly kind: number;
  readonly drop?: readonly number[];
} {
  const kind = CURVES.indexOf(activation as Curve);
  return probability === 0 ? { kind } : { kind, drop: [Number(probability), Number(key)] };
}
