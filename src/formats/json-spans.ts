/** A value of JSON and where it stands in the text: from `start` to before `end`. */
export interface JsonSpan {
  readonly start: number;
  readonly end: number;
  /** Of an object. */
  readonly members?: readonly JsonMember[];
  /** Of an array. */
  readonly elements?: readonly JsonSpan[];
}

/** A member of an object: from its key to the end of its value. */
export interface JsonMember {
  readonly key: string;
  readonly start: number;
  readonly value: JsonSpan;
}

/** Where the values of a text stand that `JSON.parse` takes (a byte order mark before it is skipped). */
export function jsonSpans(text: string): JsonSpan {
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  const skip = (): void => {
    while (/\s/.test(text[at] ?? "")) at++;
  };
  const string = (): string => {
    const start = at++;
    while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
    return JSON.parse(text.slice(start, ++at)) as string;
  };
  /** What stands between brackets, separated by commas. */
  const listed = <T>(close: string, one: () => T): T[] => {
    const all: T[] = [];
    at++;
    for (skip(); text[at] !== close; skip()) {
      if (text[at] === ",") at++;
      skip();
      all.push(one());
    }
    at++;
    return all;
  };
  const member = (): JsonMember => {
    const start = at;
    const key = string();
    skip();
    at++;
    return { key, start, value: value() };
  };
  const value = (): JsonSpan => {
    skip();
    const start = at;
    if (text[at] === "{") return { start, members: listed("}", member), end: at };
    if (text[at] === "[") return { start, elements: listed("]", value), end: at };
    if (text[at] === '"') string();
    else while (at < text.length && !/[\s,\]}]/.test(text[at])) at++;
    return { start, end: at };
  };
  return value();
}

/** Some of the text to take out or replace. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with edits that do not overlap; all else keeps its bytes. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  let done = 0;
  const parts = [...edits]
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, text: other }) => {
      const part = text.slice(done, start) + other;
      done = end;
      return part;
    });
  return parts.join("") + text.slice(done);
}

/** Takes some of the parts of an object or array out, each with the comma that belongs to it. */
export function without(
  parts: readonly { readonly start: number; readonly end: number }[],
  isOut: (index: number) => boolean,
): TextEdit[] {
  const firstKept = parts.findIndex((_, i) => !isOut(i));
  return parts.flatMap(({ start, end }, i): TextEdit[] => {
    if (!isOut(i)) return [];
    // before the first that stays: up to the next part; behind it: from the end of the part before
    if (firstKept < 0 || i < firstKept)
      return [{ start, end: i + 1 < parts.length ? parts[i + 1].start : end, text: "" }];
    return [{ start: parts[i - 1].end, end, text: "" }];
  });
}
