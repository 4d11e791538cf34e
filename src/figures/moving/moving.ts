import {
  checkArray,
  checkKeys,
  checkNumber,
  checkObject,
  checkText,
  InputError,
  show,
} from "../../core/index.js";
import type { PlanePoints } from "../space/plane-points.js";

/** One state of a moving picture. */
export interface MovingFrame {
  /** Where the slider stands: "12" of the unit "epoch". */
  readonly label: string;
  /** What the frame shows, in words: read aloud when it is stepped to. */
  readonly said: string;
}

/** Points that move from frame to frame, or stand still. */
export interface MovingPoints {
  readonly name: string;
  /** Which of the four colours, 0-3; default the place among the kinds of points. A colour never says alone what the symbol does not. */
  readonly color?: number;
  readonly symbol?: MovingSymbol;
  /** The points of each frame, each time as many; of one frame alone: they stand still. */
  readonly frames: readonly PlanePoints[];
}

export const MOVING_SYMBOLS = ["dot", "square", "triangle", "diamond", "cross"] as const;
/** What a point looks like. */
export type MovingSymbol = (typeof MOVING_SYMBOLS)[number];

/** An axis: its title and what is seen of it; ticks where they say something. */
export interface MovingAxis {
  readonly title: string;
  readonly range: readonly [number, number];
  readonly ticks?: readonly (readonly [at: number, text: string])[];
}

/** A picture of points that a slider walks through. */
export interface Moving {
  /** What it shows, in words: its name for whoever hears the page. */
  readonly title: string;
  /** What the slider goes through: "epoch". */
  readonly unit: string;
  readonly frames: readonly MovingFrame[];
  readonly points: readonly MovingPoints[];
  readonly x: MovingAxis;
  readonly y: MovingAxis;
}

/** Frames, kinds of points and points of a frame at most: a page and a notebook have to hold them. */
const MOST = { frames: 60, kinds: 8, points: 400 };

/** For callers without types. @throws InputError naming what is wrong, where, and what would be right */
export function checkMoving(what: string, moving: unknown): asserts moving is Moving {
  const keys = ["title", "unit", "frames", "points", "x", "y"];
  checkObject(what, moving, keys, "a moving picture { title, unit, frames, points, x, y }");
  const given = moving as Moving;
  checkKeys(what, given, keys);
  checkText(`${what}: title`, given.title, "what it shows, in words");
  checkText(`${what}: unit`, given.unit, 'what the slider goes through, such as "epoch"');
  checkArray(`${what}: frames`, given.frames, "an array of frames { label, said }");
  checkCount(`${what}: frames`, given.frames.length, 2, MOST.frames);
  given.frames.forEach((frame, i) => {
    checkObject(`${what}: frames[${i}]`, frame, ["label", "said"], "a frame { label, said }");
    checkText(`${what}: frames[${i}].label`, frame.label);
    checkText(`${what}: frames[${i}].said`, frame.said, "what the frame shows, in words");
  });
  checkArray(`${what}: points`, given.points, "an array of kinds of points { name, frames }");
  checkCount(`${what}: points`, given.points.length, 1, MOST.kinds);
  given.points.forEach((each, i) => checkPoints(`${what}: points[${i}]`, each, given.frames.length));
  for (const name of ["x", "y"] as const) checkAxis(`${what}: ${name}`, given[name]);
}

function checkCount(what: string, count: number, least: number, most: number): void {
  if (count < least || count > most)
    throw new InputError(
      `${what} must be ${least} to ${most}, got ${count}${count > most ? "; thin them" : ""}`,
    );
}

function checkPoints(what: string, given: MovingPoints, frames: number): void {
  checkObject(what, given, ["name", "frames"], "points { name, frames, symbol, color }");
  checkKeys(what, given, ["name", "frames", "symbol", "color"]);
  checkText(`${what}.name`, given.name);
  const { symbol = "dot", color = 0 } = given;
  if (!MOVING_SYMBOLS.includes(symbol))
    throw new InputError(`${what}.symbol must be one of ${MOVING_SYMBOLS.join(", ")}, got ${show(symbol)}`);
  checkNumber(`${what}.color`, color, { min: 0, max: 3 });
  checkArray(`${what}.frames`, given.frames, "an array with the points of each frame");
  if (given.frames.length !== 1 && given.frames.length !== frames)
    throw new InputError(
      `${what}.frames must have the points of ${frames} frames, or of one where they stand still, got ${given.frames.length}`,
    );
  given.frames.forEach((points, f) => {
    checkArray(`${what}.frames[${f}]`, points, "an array of points [x, y]");
    checkCount(`${what}.frames[${f}]: points`, points.length, 1, MOST.points);
    const first = given.frames[0].length;
    if (points.length !== first)
      throw new InputError(
        `${what}.frames must have as many points each, got ${first} at first and ${points.length} in frame ${f}`,
      );
    const bad = points.findIndex(
      (point) => !Array.isArray(point) || point.length !== 2 || !point.every(Number.isFinite),
    );
    if (bad >= 0)
      throw new InputError(
        `${what}.frames[${f}] must hold finite points [x, y], got ${show(points[bad])} at ${bad}`,
      );
  });
}

function checkAxis(what: string, given: MovingAxis): void {
  checkObject(what, given, ["title", "range"], "an axis { title, range, ticks }");
  checkKeys(what, given, ["title", "range", "ticks"]);
  checkText(`${what}.title`, given.title);
  const [from, to] = Array.isArray(given.range) ? (given.range as readonly number[]) : [NaN, NaN];
  if (!Number.isFinite(from) || !Number.isFinite(to) || from >= to)
    throw new InputError(`${what}.range must be two numbers, the lower first, got ${show(given.range)}`);
  const { ticks = [] } = given;
  checkArray(`${what}.ticks`, ticks, 'an array of ticks [at, "text"]');
  ticks.forEach((tick) => {
    if (!Array.isArray(tick) || !Number.isFinite(tick[0]) || typeof tick[1] !== "string")
      throw new InputError(`${what}.ticks must be like [0.5, "a half"], got ${show(tick)}`);
  });
}
