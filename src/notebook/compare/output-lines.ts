import { stableJson } from "../../core/index.js";
import { joinText, stripAnsi } from "../../formats/index.js";
import type { CellOutput, DisplayOutput, MultilineText } from "../../formats/index.js";

const figureType = "application/vnd.plotly.v1+json";
const lateNote = "[late output]";

/**
 * What a cell put out, as lines to compare: its printed text, then its displays. A picture is a line that says that it is
 * there; a figure's specification, by itself or within html, is sorted JSON; html is a line for each tag.
 */
export function outputLines(outputs: readonly CellOutput[]): string[] {
  const printed = (["stdout", "stderr"] as const).flatMap((name) => {
    const text = outputs
      .map((output) => (output.output_type === "stream" && output.name === name ? joinText(output.text) : ""))
      .join("");
    const lines = textLines(text).filter((line) => line !== lateNote);
    return name === "stderr" && lines.length > 0 ? ["[stderr]", ...lines] : lines;
  });
  const shown = outputs.flatMap((output) => {
    if (output.output_type === "stream") return [];
    if (output.output_type === "error") return ["[error]", ...textLines(`${output.ename}: ${output.evalue}`)];
    return displayLines(output);
  });
  return [...printed, ...shown];
}

/** Of a figure its specification counts; the html beside it, which only a front end makes, draws the same. */
function displayLines({ data }: DisplayOutput): string[] {
  const types = Object.keys(data).sort();
  const shown = figureType in data ? types.filter((type) => type !== "text/html") : types;
  return [`[display: ${shown.join(", ")}]`, ...shown.flatMap((type) => valueLines(type, data[type]))];
}

function valueLines(type: string, value: unknown): string[] {
  if (type.startsWith("image/")) return [];
  if (typeof value !== "string" && !isLines(value)) return stableJson(value, { indent: 1 }).split("\n");
  const text = joinText(value);
  if (type.endsWith("json")) return jsonLines(text);
  return type === "text/html" ? htmlLines(text) : textLines(text);
}

function htmlLines(html: string): string[] {
  const parts = html.split(/(<script[^>]*type="application\/[\w.+-]*json"[^>]*>)([^]*?)(?=<\/script>)/);
  return parts.flatMap((part, i) =>
    i % 3 === 2
      ? jsonLines(part)
      : textLines(part.replace(/<svg[^]*?<\/svg>/g, "<svg>").replace(/>\s*</g, ">\n<")),
  );
}

function jsonLines(text: string): string[] {
  try {
    return stableJson(JSON.parse(text), { indent: 1 }).split("\n");
  } catch {
    return textLines(text);
  }
}

function textLines(text: string): string[] {
  const lines = stripAnsi(text)
    .split("\n")
    .map((line) => line.trimEnd());
  while (lines.at(-1) === "") lines.pop();
  return lines;
}

function isLines(value: unknown): value is MultilineText {
  return Array.isArray(value) && value.every((line) => typeof line === "string");
}
