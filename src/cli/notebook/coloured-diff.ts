import { styleText } from "node:util";
import type { Terminal } from "../command.js";

/** A unified diff in the usual colours where `out` is a terminal and NO_COLOR is not set, as it is elsewhere. */
export function colouredDiff(diff: string, out: Terminal["out"]): string {
  if (out.isTTY !== true || (process.env.NO_COLOR ?? "") !== "") return diff;
  return diff
    .split("\n")
    .map((line) => {
      if (line.startsWith("---") || line.startsWith("+++")) return styleText("bold", line);
      if (line.startsWith("@@")) return styleText("cyan", line);
      if (line.startsWith("-")) return styleText("red", line);
      return line.startsWith("+") ? styleText("green", line) : line;
    })
    .join("\n");
}
