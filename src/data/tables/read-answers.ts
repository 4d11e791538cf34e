import { checkInteger, checkKeys, checkNumber, checkOneOf, InputError, show } from "../../core/index.js";
import { assemble, checkAnswerOptions, type AnswerOptions, type LoadedTable } from "./assemble.js";
import { chooseFormat } from "./choose-format.js";
import { ROLES } from "./roles.js";
import { unfolded } from "./formats/completions.js";
import {
  PAIRS_MADE,
  type AnswersRead,
  type ComparisonTables,
  type FormatName,
  type ReadingOptions,
  type VoteExtras,
} from "./formats/format.js";
import { checkHasRows, doubtfulIds, readGroups, readTimes, readUsers, sourceOf } from "./read-columns.js";
import type { DataSummary } from "./summary.js";
import { withoutMissing, type Table } from "./table.js";
import { unusedOptions } from "./unused-options.js";
import { readHeldOut, readUserColumns, withoutUserColumns } from "./user-columns.js";

/** Every choice that reading a table has. */
export interface TableOptions extends AnswerOptions, ReadingOptions {
  /** What the table holds; default: the format that is surest of its columns. */
  readonly format?: FormatName;
  /** Ties and passes: `drop` (default), or `half`: half an answer either way. */
  readonly ties?: "drop" | "half";
  /** Answers of one user to one question: `all` count (default of comparisons), or the `last` (default of votes). */
  readonly repeated?: "all" | "last";
}

/** The names of {@link TableOptions}. */
export const TABLE_OPTIONS: readonly (keyof TableOptions)[] = [
  ...(["user", "minimumPerUser", "source", "columns", "labels", "votes", "scale", "strength"] as const),
  ...(["pairs", "texts", "coding", "format", "ties", "repeated"] as const),
];

/** Second tables, and what else is known. */
export interface Beside {
  readonly tables?: ComparisonTables;
  readonly extras?: VoteExtras;
}

/**
 * The one way from a table to preferences: what it holds, the columns' roles, the answers' coding, the rows as comparisons, the data.
 * @throws InputError for columns that are missing or ambiguous, a coding that is unknown, a format that cannot be told
 * @throws DataError for a cell that cannot be right (with its line), an id that a second table lacks, or when nothing is left
 */
export function readAnswers(
  caller: string,
  given: Table,
  options: TableOptions,
  beside: Beside = {},
): LoadedTable {
  checkOptions(caller, options);
  const { tables = {}, extras = {} } = beside;
  checkHasRows(given);
  const whole = unfolded(given);
  const { format, because, chooser } = chooseFormat(whole, { caller, ...options });
  const user = options.user === undefined ? chooser.needed("user") : chooser.optional("user");
  const roles = format.roles(chooser, whole);
  const [group, time] = [chooser.optional("group"), chooser.optional("time")];
  const held = chooser.optional("heldOut");
  const table = withoutMissing(whole, [user, ...roles.needed]);
  const when = readTimes(table, time);
  const users = readUsers(table, user, options.user);
  const read = roles.read({ table, options, tables, extras, ...when });
  const own = readGroups(table, group, users);
  const known = readUserColumns(table, [...(group === undefined ? [] : [group]), ...chooser.free()], users);
  const heldOut = readHeldOut(table, held);
  const isVotes = format.name === "votes";
  const repeated = options.repeated ?? (isVotes ? "last" : "all");
  const isJudged = read.judgement !== undefined;
  const isGraded = read.coding.scale !== undefined;
  const of = <T>(values: ArrayLike<T>): T[] => Array.from(read.of, (row) => values[row]);
  return assemble(
    {
      users: users.ids.all,
      groups:
        extras.groups === undefined ? own.groups : users.ids.all.map((id) => extras.groups?.get(id) ?? ""),
      columns: known.columns,
      items: read.items,
      contexts: read.contexts,
      user: Int32Array.from(of(users.of)),
      left: read.left,
      right: read.right,
      context: read.context,
      answer: read.answer,
      weight: read.weight,
      judgement: read.judgement,
      judged: read.judged,
      heldOut: heldOut === undefined ? undefined : Uint8Array.from(of(heldOut)),
      time: when.time === undefined ? undefined : Float64Array.from(of(when.time)),
    },
    {
      table,
      kind: format.name,
      because,
      columns: withoutUserColumns(chooser.chosen(), known.columns),
      coding: read.coding,
      made: read.made,
      options: chosenOptions(options, { repeated, read, user }),
      unanswered: read.unanswered ?? 0,
      ties: options.ties === "half" ? "half" : "dropped",
      repeated,
      minimumPerUser: options.minimumPerUser ?? 1,
      source: sourceOf(table, options.source),
      warnings: [
        ...doubtfulIds(table, [user]),
        ...read.warnings,
        ...own.warnings,
        ...(repeated === "last" || read.judgement !== undefined ? when.warnings : []),
      ],
      notes: [...read.notes, ...known.notes, ...unusedOptions(options, { table, user, isGraded, isJudged })],
    },
  );
}

/** The choices that were made, by the caller or by default. */
function chosenOptions(
  { ties = "drop", strength = "ignore", pairs = "all", texts, minimumPerUser = 1, user: by }: TableOptions,
  {
    repeated,
    read,
    user,
  }: {
    readonly repeated: "all" | "last";
    readonly read: AnswersRead;
    readonly user: number | undefined;
  },
): DataSummary["options"] {
  const { scale } = read.coding;
  const isJudged = read.judgement !== undefined;
  return {
    ties,
    repeated,
    minimum: minimumPerUser,
    ...(scale === undefined ? {} : { scale: `${scale[0]}..${scale[1]}` }),
    ...(scale === undefined && !isJudged ? {} : { strength }),
    ...(isJudged ? { pairs } : {}),
    ...(texts === undefined ? {} : { texts: texts ? "yes" : "no" }),
    ...(by === undefined || user !== undefined ? {} : { by }),
  };
}

/** @throws InputError */
function checkOptions(caller: string, options: TableOptions): void {
  checkKeys(caller, options, TABLE_OPTIONS);
  checkAnswerOptions(caller, options);
  if (options.user !== undefined && (typeof options.user !== "string" || options.user.trim() === ""))
    throw new InputError(
      `${caller}: user must be the name of who gave all answers, got ${show(options.user)}`,
      {
        onCommandLine: `--by must be the name of who gave all answers, got ${show(options.user)}`,
      },
    );
  checkKeys(`${caller}: columns`, options.columns ?? {}, ROLES);
  checkOneOf(`${caller}: ties`, options.ties ?? "drop", ["drop", "half"]);
  checkOneOf(`${caller}: repeated`, options.repeated ?? "all", ["all", "last"]);
  checkOneOf(`${caller}: strength`, options.strength ?? "ignore", ["ignore", "weight"]);
  checkOneOf(`${caller}: pairs`, options.pairs ?? "all", PAIRS_MADE);
  const { scale } = options;
  if (scale === undefined) return;
  checkInteger(`${caller}: scale: numbers`, scale.length, { min: 2, max: 2 });
  for (const end of scale) checkNumber(`${caller}: scale`, end);
  if (scale[0] === scale[1])
    throw new InputError(`${caller}: scale must have two different ends, got ${scale[0]} twice`);
}
