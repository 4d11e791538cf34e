import { edited, hasTag, jsonSpans, parseNotebook, without } from "../../formats/index.js";
import type { JsonMember, JsonSpan, TextEdit } from "../../formats/index.js";
import type { StripOptions } from "./strip-notebook.js";

/**
 * The text of a notebook file without what runs leave: outputs, execution counts and times, injected parameters. Everything else keeps its
 * bytes: numbers as they are written, the order of keys, line ends, a byte order mark.
 * @throws DataError when it is no notebook of format 4
 */
export function stripNotebookText(
  path: string,
  text: string,
  { exercises = false }: StripOptions = {},
): string {
  const { cells } = parseNotebook(path, text);
  const spans = named(jsonSpans(text), "cells").at(-1)?.value.elements ?? [];
  const isOut = (index: number): boolean =>
    hasTag(cells[index], "injected-parameters") || (exercises && hasTag(cells[index], "solution"));
  const inside = spans.flatMap((span, i) =>
    isOut(i) || cells[i].cell_type !== "code" ? [] : withoutRun(text, span),
  );
  return edited(text, [...without(spans, isOut), ...inside]);
}

function withoutRun(text: string, cell: JsonSpan): TextEdit[] {
  const replaced = (name: string, empty: string): TextEdit[] =>
    named(cell, name).flatMap(({ value: { start, end } }) =>
      text.slice(start, end).replace(/\s/g, "") === empty ? [] : [{ start, end, text: empty }],
    );
  const times = named(cell, "metadata").flatMap(({ value }) => {
    const members = value.members ?? [];
    const parts = members.map((member) => ({ start: member.start, end: member.value.end }));
    return without(parts, (i) => members[i].key === "execution");
  });
  return [...replaced("outputs", "[]"), ...replaced("execution_count", "null"), ...times];
}

function named({ members = [] }: JsonSpan, name: string): readonly JsonMember[] {
  return members.filter(({ key }) => key === name);
}
