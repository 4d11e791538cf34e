import type { RecordRow } from "../../core/index.js";

/** The order of the columns that a row can have; others follow by name, ceilings come last. */
const ORDER = [
  ...[
    "setting",
    "kStar",
    "k",
    "comparisonsPerUser",
    "newComparisonsPerUser",
    "latentDimension",
    "beta",
    "group",
    "method",
  ],
  ...["seed", "split", "accuracy", "validation"],
];

/** Rows as CSV (RFC 4180, lines end in CRLF): the columns that any row has; ceilings become `ceiling.<name>`, settings `setting.<name>`, measures `measure.<name>`, series `series.<name>` (numbers apart by a space), paired differences `paired.<name>`, intervals `<name>.mean`, `.low` and `.high`. Without rows: "". */
export function rowsToCsv(rows: readonly RecordRow[]): string {
  const flat = rows.map(flatten);
  const present = new Set(flat.flatMap((row) => Object.keys(row)));
  const rank = (name: string): number => {
    const known = ORDER.indexOf(name);
    return known >= 0 ? known : name.startsWith("ceiling.") ? 1000 : 500;
  };
  const columns = [...present].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  if (columns.length === 0) return "";
  const lines = [columns, ...flat.map((row) => columns.map((column) => row[column] ?? ""))];
  return lines.map((line) => `${line.map(quote).join(",")}\r\n`).join("");
}

function flatten(row: RecordRow): { readonly [column: string]: string | number } {
  const {
    ceilings = {},
    settings = {},
    measures = {},
    series = {},
    paired = {},
    intervals = {},
    ...rest
  } = row;
  const prefixed = (prefix: string, values: object): [string, string | number][] =>
    Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value as string | number]);
  const named = [
    ...prefixed("ceiling", ceilings),
    ...prefixed("setting", settings),
    ...prefixed("measure", measures),
    ...Object.entries(series).map(([name, values]) => [`series.${name}`, values.join(" ")] as const),
    ...prefixed("paired", paired),
    ...Object.entries(intervals).flatMap(([name, bounds]) => prefixed(name, bounds)),
  ];
  return Object.fromEntries([...Object.entries(rest), ...named].filter(([, value]) => value !== undefined));
}

function quote(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
