import { checkOneOf, list } from "../../core/index.js";
import { ColumnChooser } from "./columns.js";
import type { ColumnNames } from "./roles.js";
import { choices } from "./formats/choices.js";
import { comparisons } from "./formats/comparisons.js";
import { FORMAT_NAMES, type Format, type FormatName, type ReadingOptions } from "./formats/format.js";
import { rankedRows, ratings } from "./formats/ratings.js";
import { orders, rankColumns } from "./formats/rankings.js";
import { voteMatrix } from "./formats/vote-matrix.js";
import { votes } from "./formats/votes.js";
import { columnSetting, eitherOf, optionSetting, unclear, type Setting } from "./settings.js";
import type { Table } from "./table.js";

/** Every kind of table that is read. A further one is a file with a {@link Format}, and its line here. */
const FORMATS: readonly Format[] = [
  ...[comparisons, votes, voteMatrix, ratings],
  ...[rankedRows, orders, rankColumns, choices],
];

/** Two formats as sure as each other but for so much: the caller is asked. */
const TOO_CLOSE = 0.1;

/** What a table is. */
export interface ChosenFormat {
  readonly format: Format;
  /** Why it was taken. */
  readonly because: string;
  readonly chooser: ColumnChooser;
}

/** What decides the format. */
export interface FormatHints extends Pick<ReadingOptions, "columns" | "labels" | "votes"> {
  readonly caller: string;
  /** Named by the caller. */
  readonly format?: FormatName;
}

/** The roles of columns that belong to one format. */
const OWN_ROLES: { readonly [N in FormatName]: readonly (keyof ColumnNames)[] } = {
  comparisons: ["left", "right"],
  votes: ["vote", "statement"],
  ratings: ["rating"],
  rankings: ["rank", "order"],
  choices: [],
};

/** The format that is surest of a table, among those that were named. @throws InputError when none is, or two are as sure */
export function chooseFormat(
  table: Table,
  { caller, format, columns = {}, ...hints }: FormatHints,
): ChosenFormat {
  if (format !== undefined) checkOneOf(`${caller}: format`, format, FORMAT_NAMES);
  const named = format ?? formatOf(columns, hints);
  const all = FORMATS.filter(({ name }) => named === undefined || name === named).map((each) => {
    const chooser = new ColumnChooser(caller, table, columns, each.layout?.(table));
    return { format: each, chooser, sureness: each.sure(chooser, table) };
  });
  const sure = all
    .flatMap(({ sureness, ...rest }) => (sureness === undefined ? [] : [{ ...rest, ...sureness }]))
    .sort((a, b) => b.sure - a.sure);
  const [best] = sure;
  if (best === undefined && named !== undefined)
    return { format: all[0].format, chooser: all[0].chooser, because: "as named" };
  if (best === undefined) throw ofNoKind(table);
  const other = sure.find(({ format: { name } }) => name !== best.format.name);
  if (other !== undefined && best.sure - other.sure < TOO_CLOSE && best.sure < 1)
    throw unclear(
      `${table.file}: may be ${best.format.name} (${best.because}) or ${other.format.name} (${other.because})`,
      eitherOf(optionSetting("format", best.format.name), optionSetting("format", other.format.name)),
      (how) => `say which: ${how}`,
    );
  const because = format === undefined ? best.because : `as named; ${best.because}`;
  return { format: best.format, chooser: best.chooser, because };
}

/** The format that names of columns and codings imply. */
function formatOf(
  columns: ColumnNames,
  { labels, votes: voted }: Pick<FormatHints, "labels" | "votes">,
): FormatName | undefined {
  const byColumn = FORMAT_NAMES.find((name) => OWN_ROLES[name].some((role) => columns[role] !== undefined));
  if (byColumn !== undefined) return byColumn;
  return labels !== undefined ? "comparisons" : voted !== undefined ? "votes" : undefined;
}

function ofNoKind(table: Table): Error {
  const setting: Setting = eitherOf(
    columnSetting({ user: "…", left: "…", right: "…", label: "…" }),
    columnSetting({ user: "…", statement: "…", vote: "…" }),
    columnSetting({ user: "…", item: "…", rating: "…" }),
  );
  const [first, second, ...others] = [...new Set(FORMATS.map(({ looks }) => looks))];
  return unclear(
    `${table.file}: is neither ${first} nor ${second}, and not ${others.join(", ")}; its columns are ${list(table.columns)}`,
    setting,
    (how) => `name them: ${how}`,
  );
}
