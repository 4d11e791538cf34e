import { closest, distance } from "fastest-levenshtein";
import { InputError, list, show as quoted } from "../../core/index.js";
import type { Figure } from "../figure.js";
import { stillJson } from "./specification.js";
import { unknownPartsOf } from "./svg.js";
import type { UnknownPart } from "./unknown-parts.js";

/**
 * Plotly leaves out what it does not know without a word: a misspelt attribute would be missed by nobody but its author.
 * @param what `"caller: argument"`
 * @throws InputError for an attribute of a trace or of the layout that Plotly does not know, and for a word that it does not know for one
 */
export async function checkAttributes(what: string, figure: Figure): Promise<void> {
  const [first] = await unknownPartsOf(stillJson(figure));
  if (first === undefined) return;
  const { trace, path, value } = first;
  const place = trace === undefined ? `${what}: layout` : `${what}: data[${trace}]`;
  const type =
    trace === undefined ? "a layout" : `a trace of type ${quoted(figure.data[trace].type ?? "scatter")}`;
  const fault =
    value === undefined ? `${quoted(path)} is no attribute of ${type}` : `${path} cannot be ${quoted(value)}`;
  throw new InputError(`${place}: ${fault}${hintOf(first)}`);
}

/** What was meant, or what there is where that is little. */
function hintOf({ path, value, known }: UnknownPart): string {
  if (known.length === 0) return "";
  const given = value ?? path.split(".").at(-1) ?? path;
  const nearest = closest(given, [...known]);
  if (distance(given, nearest) <= Math.max(2, given.length / 3)) return `; did you mean ${quoted(nearest)}?`;
  return known.length <= 12 ? `; there are ${list(known)}` : "";
}
