import type { InstructionName } from "../instructions.js";
import type { Backward, Forward, Node, Primitive } from "../node.js";
import { capacityOf, type Buffer } from "../buffer.js";

/**
 * Scores of comparisons by rows of latent items z and points u; inputs z, u, then what the kernel takes besides; places left, right, user;
 * settings are its numbers. Their gradients only add.
 */
function pairScore(
  name: string,
  kernels: { readonly forward: InstructionName; readonly backward: InstructionName },
): Primitive {
  return {
    name,
    forward(node, to) {
      to.emit(kernels.forward, {
        rows: [node.rows],
        at: [...operands(node, to), to.out],
        numbers: numbers(node),
      });
    },
    backward(node, to) {
      const gradients = node.inputs.map((input, i) =>
        to.wants(input) ? to.accumulate(input) : unwanted(node, i, to),
      );
      const at = [...operands(node, to), to.gradient, ...gradients];
      to.emit(kernels.backward, { rows: [node.rows], at, numbers: numbers(node) });
    },
  };
}

function operands(node: Node, { value }: Forward): Buffer[] {
  const [z, u, ...others] = node.inputs;
  return [value(z), value(u), ...node.places.map(({ buffer }) => buffer), ...others.map(value)];
}

function numbers({ inputs: [z], settings }: Node): number[] {
  return [z.columns, ...settings.map(Number)];
}

function unwanted({ inputs }: Node, i: number, to: Backward): Buffer {
  return to.scratch(`unwanted ${i}`, capacityOf(inputs[i].rows) * inputs[i].columns);
}

/** h(|z_left - u|²) - h(|z_right - u|²); setting plain. */
export const distanceScore = pairScore("distance score", {
  forward: "distanceScore",
  backward: "distanceBackward",
});

/** <z_right, u> - <z_left, u>. */
export const innerScore = pairScore("inner score", { forward: "innerScore", backward: "innerBackward" });

/** c · (cos(z_right, u) - cos(z_left, u)); third input log c; setting the largest c. */
export const cosineScore = pairScore("cosine score", { forward: "cosineScore", backward: "cosineBackward" });
