import {
  checkFunction,
  checkInteger,
  checkKeys,
  checkObject,
  checkOneOf,
  checkText,
  InputError,
  list,
  show as quoted,
  type FigureRecord,
  type Profile,
} from "../core/index.js";
import { ownFigure, type Figure, type OwnFigure } from "../figures/index.js";
import { checkMoving, movingOutput, type Moving } from "../figures/moving/index.js";
import {
  checkAttributes,
  notebookDisplay,
  saveFigure,
  show,
  type DisplayBundle,
} from "../figures/render/index.js";
import { orCommitted } from "./committed.js";
import { exerciseBundle } from "./exercise.js";
import type { ExerciseCheck } from "./exercise-check.js";
import { KNOWN_FIGURES, type DrawFigure } from "./known-figures.js";
import {
  lessonRecord,
  wholeCaption,
  type LessonResult,
  type LessonSettings,
  type SweepPart,
} from "./lesson-record.js";
import { tableBundle, type TableColumns, type TableOptions, type TableRows } from "./table.js";

/** How a lesson runs. */
export interface NotebookSettings {
  /** The first seed; default 1. */
  readonly seed?: number;
  /**
   * `"fast"` (a look) or `"full"` (the committed numbers). Default: what the runner runs, by the environment variable
   * `PAL_LAB_PROFILE`; without a runner `"fast"`.
   */
  readonly profile?: Profile;
}

/** What a lesson needs beside its subject: values by profile, tables, figures with their provenance, exercises that check themselves. */
export interface Lab extends LessonSettings {
  /** The value for the profile that runs. @throws InputError unless there is one for `fast`, one for `full` and no other */
  pick<T>(values: { readonly fast: T; readonly full: T }): T;
  /** The seeds of `count` runs: the lesson's and those that follow it. */
  seeds(count: number): number[];
  /**
   * Shows a table: rows such as `[{ K: 1, accuracy: 0.7 }]`, or columns such as `{ K: [1], accuracy: [0.7] }`. Numbers of a column are
   * written alike; intervals as mean and half width.
   */
  table(table: TableRows | TableColumns, options?: TableOptions): void;
  /**
   * Makes the record of what was measured, draws its figure, saves it and shows it. `result` is what a sweep gave, or `{ rows, config, data,
   * engine, extra, caption }`, with `draw` where the id is none of the toolkit's; or a figure of one's own, `{ data, layout }` as Plotly
   * takes them.
   * @param id lower-case words joined by "-"
   * @param claim what the figure says, where it does not check that itself
   * @throws InputError for an unknown id without `draw`, an unknown key or attribute, or a trace that cannot be drawn
   */
  figure(id: string, result: LessonResult | SweepPart | OwnFigure, claim?: string): Promise<void>;
  /**
   * Shows points that a slider walks through, with steps and, for who has not asked for less motion, Play. Without scripts the last frame stays.
   * @throws InputError for what is no moving picture, and for one too large for a notebook
   */
  frames(moving: Moving): void;
  /**
   * What `compute` gives, as a sweep of published data; where these are out of reach, the committed record of the figure `id`, which is said in words.
   */
  orCommitted(id: string, compute: () => Promise<SweepPart>): Promise<SweepPart>;
  /**
   * Says whether an answer is right, not right (with a hint), or not there yet, as text and as markup. What is right comes from the lesson's run:
   * `lab.exercise(guess, { is: accuracy, within: 0.05, range: [0, 1], hint: "who knows nobody says what most people say" })`.
   * @param answer whatever a learner wrote: one of the wrong kind is told what is expected, and never throws
   * @throws InputError for a check that is none, such as a number without `within`
   */
  exercise(answer: unknown, check: ExerciseCheck): void;
}

/**
 * The helper of one notebook.
 * @param id its file name without the ending: "02-train-pal-a"
 * @throws InputError for an unknown profile, or a seed that is no integer
 */
export function notebook(id: string, settings: NotebookSettings = {}): Lab {
  checkText("notebook: id", id, 'the name of the notebook, such as "02-train-pal-a"');
  checkKeys("notebook", settings, ["seed", "profile"]);
  const { seed = 1, profile = process.env.PAL_LAB_PROFILE ?? "fast" } = settings;
  const lesson: LessonSettings = {
    id,
    seed: checkInteger("notebook: seed", seed),
    profile: checkOneOf("notebook: profile", profile, ["fast", "full"]),
  };
  return {
    ...lesson,
    pick: (values) => pick(values, lesson.profile),
    seeds: (count) =>
      Array.from(
        { length: checkInteger("lab.seeds: count", count, { min: 1, max: 10_000 }) },
        (_, i) => lesson.seed + i,
      ),
    table: (table, options) => showBundle(tableBundle(table, options)),
    exercise: (answer, check) => showBundle(exerciseBundle(answer, check)),
    figure: (figureId, result, claim) => showFigure(figureId, result, { lesson, claim }),
    frames: showFrames,
    orCommitted: (figureId, compute) => orCommitted(figureId, compute),
  };
}

function pick<T>(values: { readonly fast: T; readonly full: T }, profile: Profile): T {
  checkObject("lab.pick: values", values, ["fast", "full"], "an object such as { fast: 3, full: 5 }");
  checkKeys("lab.pick", values, ["fast", "full"]);
  return values[profile];
}

/** Below the cell that runs; outside a notebook its text. */
function showBundle(bundle: DisplayBundle): void {
  const display = notebookDisplay();
  if (display === undefined) process.stdout.write(`${String(bundle.data["text/plain"])}\n`);
  else display(bundle);
}

/** Bytes of a moving picture at most: a notebook has to hold it. */
const MOST_MOVING = 40_000;

function showFrames(moving: Moving): void {
  checkMoving("lab.frames", moving);
  const markup = movingOutput(moving);
  if (markup.length > MOST_MOVING)
    throw new InputError(
      `lab.frames: a moving picture must take at most ${MOST_MOVING} bytes, this takes ${markup.length}; show fewer frames or points`,
    );
  const last = moving.frames[moving.frames.length - 1];
  const words = `${moving.title}: ${moving.frames.length} frames by ${moving.unit}, the last says: ${last.said}`;
  showBundle({ data: { "text/html": markup, "text/plain": words }, metadata: {} });
}

async function showFigure(
  id: string,
  result: LessonResult | SweepPart | OwnFigure,
  about: { readonly lesson: LessonSettings; readonly claim: string | undefined },
): Promise<void> {
  checkText("lab.figure: id", id, 'lower-case words joined by "-"');
  const figure = isOwn(result) ? await ownOf(id, result, about) : await measured(id, result, about);
  await saveFigure(figure);
  await show(figure);
}

/** A figure of one's own has a layout, or traces and nothing that was measured. */
function isOwn(result: LessonResult | SweepPart | OwnFigure): result is OwnFigure {
  if (typeof result !== "object" || result === null) return false;
  if ("layout" in result) return true;
  return (
    Array.isArray(result.data) && Object.keys(result).every((key) => ["data", "alt", "frames"].includes(key))
  );
}

async function ownOf(
  id: string,
  own: OwnFigure,
  { lesson, claim }: { readonly lesson: LessonSettings; readonly claim: string | undefined },
): Promise<Figure> {
  const figure = ownFigure({ ...own, id }, { caller: "lab.figure" });
  await checkAttributes("lab.figure", figure);
  const { profile, seed } = lesson;
  return {
    ...figure,
    record: { ...figure.record, claim: claim ?? figure.record.claim, profile, seeds: [seed] },
  };
}

async function measured(
  id: string,
  result: LessonResult | SweepPart,
  about: { readonly lesson: LessonSettings; readonly claim: string | undefined },
): Promise<Figure> {
  const record = await lessonRecord(id, result, about);
  const draw = drawerOf(id, (result as LessonResult).draw);
  const figure = draw(record as FigureRecord<never>);
  if (figure.id === id)
    return { ...figure, record: { ...figure.record, caption: wholeCaption(figure, about.lesson.id) } };
  throw new InputError(
    `lab.figure: draw must give the figure the id of its record, ${quoted(id)}, got ${quoted(figure.id)}`,
  );
}

function drawerOf(id: string, given: DrawFigure | undefined): DrawFigure {
  if (given !== undefined) {
    checkFunction("lab.figure: draw", given, "a function of a record, such as figures.methodComparison");
    return given;
  }
  if (Object.hasOwn(KNOWN_FIGURES, id)) return KNOWN_FIGURES[id];
  throw new InputError(
    `lab.figure: id must be a figure of the lessons, or come with draw (as figures.methodComparison) or as { data, layout }; ` +
      `got ${quoted(id)}; there are ${list(Object.keys(KNOWN_FIGURES))}`,
  );
}
