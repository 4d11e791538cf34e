import { movedWords } from "../source/moved-names.js";

/**
 * What to do about an error that tslab itself makes, or an import of a name that moved; or undefined.
 * @param source of the cell that failed
 */
export function hintFor(name: string, message: string, source: string): string | undefined {
  const unknown = /Module '"pal-lab"' has no exported member (?:named )?'([^']+)'/.exec(message)?.[1];
  const moved = unknown === undefined ? undefined : movedWords(unknown);
  if (moved !== undefined) return `hint: ${moved}`;
  if (/'exports' (has already been declared|before initialization)/.test(message))
    return "hint: tslab cannot compile a destructuring with other names, { name: first }, of what an earlier cell declares; write const first = person.name";
  if (name === "SyntaxError" && message.includes("reserved word") && /for\s+await/.test(source))
    return "hint: tslab does not see for await alone; write await null; before it";
  const missing =
    name === "ReferenceError" ? /^([\p{L}_$][\p{L}\p{N}_$]*) is not defined$/u.exec(message)?.[1] : undefined;
  if (missing === undefined || !isShorthand(missing, source)) return undefined;
  return `hint: tslab loses a constant of an earlier cell in shorthand; write { ${missing}: ${missing} } instead of { ${missing} }`;
}

/** Whether `name` stands alone between the braces and commas of an object: `{ name }`, `{ a: 1, name }`. */
function isShorthand(name: string, source: string): boolean {
  const escaped = name.replaceAll("$", "\\$");
  return new RegExp(`[{,]\\s*${escaped}\\s*[,}]`).test(source);
}
