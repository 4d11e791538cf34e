import type { Buffer } from "./buffer.js";
import type { Instruction } from "./instructions.js";

/** What a product does to its rows while they are at hand, as `numbers[2]` of its instruction. */
const AFTER = { activateWithBias: 1, activateBackward: 2 } as const;

/** The same calls, where activations of what a product has just written, in place, belong to the product. */
export function fuse(calls: readonly Instruction[]): Instruction[] {
  const fused: Instruction[] = [];
  for (const call of calls) {
    const last = fused.at(-1);
    // between them may lie that the sums of their columns are made 0
    const zeros = last?.name === "zero" && last.at[0] === call.at[2] ? [last] : [];
    const product = fused.at(-1 - zeros.length);
    const more = product === undefined ? undefined : operandsAfter(product, call);
    if (product === undefined || more === undefined) {
      fused.push(call);
      continue;
    }
    const [adds, stride = 0] = product.numbers;
    const [, kind] = call.numbers;
    const after = AFTER[call.name as keyof typeof AFTER];
    fused.splice(-1 - zeros.length);
    fused.push(...zeros, {
      ...product,
      at: [...product.at, ...more],
      numbers: [adds, stride, after, kind],
    });
  }
  return fused;
}

/** What an activation needs besides the rows that a product wrote; undefined where it is not of them, or not in place. */
function operandsAfter(product: Instruction, { name, at }: Instruction): readonly Buffer[] | undefined {
  const isWhole = (product.name === "productNT" || product.name === "productNN") && product.numbers[0] === 0;
  if (!isWhole || product.numbers.length > 2) return undefined;
  const written = product.at[2];
  if (name === "activateWithBias" && at[0] === written && at[2] === written) return [at[1]];
  if (name === "activateBackward" && at[1] === written) return [at[0], ...at.slice(2)];
  return undefined;
}
