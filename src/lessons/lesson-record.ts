import {
  checkIsRecord,
  checkKeys,
  checkObject,
  checkRows,
  checkText,
  figureRecord,
  InputError,
  show,
  type DataReference,
  type FigureRecord,
  type Json,
  type Profile,
  type RecordRow,
} from "../core/index.js";
import type { PreferenceData } from "../data/index.js";
import { loadEngine } from "../engine/index.js";
import type { Figure } from "../figures/index.js";
import type { DrawFigure } from "./known-figures.js";

/** What a sweep gives: its configuration, its rows, and the data that it made. */
export interface SweepPart {
  readonly config: { readonly experiment: string; readonly [key: string]: unknown };
  readonly rows: readonly RecordRow[];
  readonly data: readonly DataReference[];
  /** Of a committed record that stands for what could not be computed; default the lesson's. */
  readonly profile?: Profile;
}

/** Data that a figure rests on: a data set, or the name and hash of one. */
export type DataUsed = DataReference | Pick<PreferenceData, "source" | "truth">;

/** What a lesson has measured, and how; the toolkit makes a record of it. */
export interface LessonResult {
  /** One measured value each; default those of the sweeps, else none. */
  readonly rows?: readonly RecordRow[];
  /** Sweeps that the rows come from: their configurations, data and engine go into the record. */
  readonly sweeps?: SweepPart | readonly SweepPart[];
  /** Settings that decide the numbers. */
  readonly config?: { readonly [key: string]: Json | undefined };
  readonly data?: DataUsed | readonly DataUsed[];
  /** What computed: an engine, or a name; default "none", of sweeps the default engine. */
  readonly engine?: string | { readonly name: string };
  /** Default: those of the rows, else the lesson's. */
  readonly seeds?: readonly number[];
  readonly versions?: { readonly [name: string]: string };
  /** What the picture needs beside the rows. */
  readonly extra?: unknown;
  /** What was done, in words: who, how many, what is drawn. Seeds and how to make it again are added. */
  readonly caption?: string;
  /** What draws it, where the id is none of the toolkit's. */
  readonly draw?: DrawFigure;
}

/** What of a lesson goes into its records. */
export interface LessonSettings {
  readonly id: string;
  readonly seed: number;
  readonly profile: Profile;
}

/** Counts that a sweep gives beside its rows: they differ from run to run. */
const OF_SWEEPS = ["computed", "found", "left", "profile"];
const KEYS = [
  ...["rows", "sweeps", "config", "data", "engine", "seeds", "versions", "extra", "caption", "draw"],
  ...OF_SWEEPS,
];

/** The record of a figure: what was measured with configuration, seeds, engine, versions and the hashes of its data. */
export async function lessonRecord(
  id: string,
  given: LessonResult | SweepPart,
  { lesson, claim }: { readonly lesson: LessonSettings; readonly claim: string | undefined },
): Promise<FigureRecord> {
  const result = resultOf(given);
  const sweeps = listOf(result.sweeps);
  for (const part of sweeps) checkSweep(part);
  const rows = result.rows ?? sweeps.flatMap((part) => part.rows);
  checkRows(`lab.figure: rows of ${show(id)}`, rows);
  const { caption = "", config = {}, versions } = result;
  checkText("lab.figure: caption", caption);
  if (claim !== undefined) checkText("lab.figure: claim", claim, "a sentence that the figure says");
  const record = figureRecord({
    ...{ id, claim: claim ?? wordsOf(id), profile: profileOf(lesson, sweeps), rows, versions },
    caption,
    config: sweeps.length === 0 ? config : { sweeps: sweeps.map((part) => part.config as Json), ...config },
    seeds: result.seeds ?? (rows.length === 0 ? [lesson.seed] : undefined),
    engine: await engineName(result.engine, sweeps.length > 0),
    data: referencesOf(result.data === undefined ? sweeps.flatMap((part) => part.data) : listOf(result.data)),
    ...(result.extra !== undefined && { extra: result.extra }),
  });
  checkIsRecord("lab.figure: result", record);
  return record;
}

function profileOf({ profile }: LessonSettings, sweeps: readonly SweepPart[]): Profile {
  return sweeps.find((part) => part.profile !== undefined)?.profile ?? profile;
}

/** A sweep by itself is a result, too. */
function resultOf(given: LessonResult | SweepPart): LessonResult {
  checkObject(
    "lab.figure: result",
    given,
    [],
    "an object such as { rows, config, data, engine }, or a sweep's result",
  );
  checkKeys("lab.figure: result", given, KEYS);
  const result = Object.fromEntries(
    Object.entries(given).filter(([key]) => !OF_SWEEPS.includes(key)),
  ) as LessonResult;
  if (typeof result.config?.experiment !== "string" || result.sweeps !== undefined) return result;
  const { config, data, rows = [], ...more } = result;
  return { ...more, rows, sweeps: { config, rows, data } as SweepPart };
}

function checkSweep(part: SweepPart): void {
  checkObject(
    "lab.figure: sweeps",
    part,
    ["config", "rows", "data"],
    "what `sweep` gives, or a list of such",
  );
}

async function engineName(engine: LessonResult["engine"], isSweep: boolean): Promise<string> {
  if (typeof engine === "string") return engine;
  if (engine === undefined) return isSweep ? (await loadEngine()).name : "none";
  checkObject("lab.figure: engine", engine, ["name"], "an engine or its name");
  return engine.name;
}

/** Each data set once, in the order given. */
function referencesOf(used: readonly DataUsed[]): readonly DataReference[] {
  const references = used.map(referenceOf);
  const seen = new Set<string>();
  return references.filter(({ name, sha256 }) => {
    const key = `${sha256} ${name}`;
    return seen.size < seen.add(key).size;
  });
}

function referenceOf(used: DataUsed): DataReference {
  checkObject("lab.figure: data", used, ["source"], "a data set, or { name, sha256, source }");
  if (typeof used.source === "string") {
    checkObject("lab.figure: data", used, ["name", "sha256"], "a data set, or { name, sha256, source }");
    return used as DataReference;
  }
  const { source, truth } = used as Extract<DataUsed, { source: object }>;
  checkObject("lab.figure: data.source", source, ["name", "sha256"], "{ name, license, sha256 }");
  const { name, sha256, url, license } = source;
  return { name, sha256, source: truth === undefined ? (url ?? license) : "simulated" };
}

/** What was done, on how many runs it rests (and what of the figure shows them), and how to make it again. */
export function wholeCaption({ data, record: { caption, seeds } }: Figure, lesson: string): string {
  const said = caption.trim().replace(/([^.!?])$/, "$1.");
  const n = seeds.length;
  const marks = data.some((trace) => trace.error_y !== undefined)
    ? "Points are runs, bars 95 % t intervals, "
    : "";
  const runs = n > 1 ? `${marks}n = ${n} seeds.` : n === 1 ? `Seed ${seeds[0]}.` : "";
  const number = /^(\d\d)-/.exec(lesson)?.[1];
  const again = number === undefined ? "" : `Rebuild: npx pal-lab reproduce ${number}`;
  return [said, runs, again].filter((part) => part !== "").join(" ");
}

/** A statement, where none is given: the id, in words. */
function wordsOf(id: string): string {
  const words = id.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  if (value === null) throw new InputError("lab.figure: data and sweeps must not be null");
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
