import type { Program } from "./compile.js";
import type { Instruction } from "./instructions.js";

/** The kernels that a program calls, a line each with its row counts and literals: for review. */
export function listing({ forward, backward }: Program): string[] {
  return ["forward", ...forward.map(line), "backward", ...backward.map(line)];
}

function line({ name, rows, numbers }: Instruction): string {
  const counts = rows.map((count) => (typeof count === "number" ? count : count.name));
  return `  ${[name, ...counts, ...numbers].join(" ")}`;
}
