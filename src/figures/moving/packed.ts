import { InputError } from "../../core/index.js";
import { checkMoving, type Moving, type MovingAxis } from "./moving.js";

/** The plot in pixels; places are kept to half a pixel. */
export const PLOT = { left: 56, top: 12, width: 420, height: 320, right: 12, bottom: 44 } as const;

/** Digits of a place: two of base 36, 0 to 1295. */
export const DIGITS = 2;
export const LAST = 36 ** DIGITS - 1;

/** A moving picture as it stands in a page: points as text, four letters each. */
export interface PackedMoving extends Omit<Moving, "frames" | "points"> {
  readonly frames: readonly (readonly [label: string, said: string])[];
  /** Name, colour, symbol, points of a frame, and the places of all frames. */
  readonly points: readonly (readonly [string, number, string, number, string])[];
}

/** The moving picture in few letters. What lies outside the axes is put on their ends. */
export function pack(moving: Moving): PackedMoving {
  const { title, unit, frames, points, x, y } = moving;
  return {
    ...{ title, unit, x, y },
    frames: frames.map(({ label, said }) => [label, said]),
    points: points.map(({ name, color, symbol = "dot", frames: all }, i) => [
      ...([name, color ?? i % 4, symbol, all[0].length] as const),
      all.map((each) => each.map(([a, b]) => digits(a, x) + digits(b, y)).join("")).join(""),
    ]),
  };
}

/** How far along an axis a value lies, 0-1; what is outside it at its ends. */
export function partOf(value: number, { range: [from, to] }: MovingAxis): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}

function digits(value: number, axis: MovingAxis): string {
  return Math.round(partOf(value, axis) * LAST)
    .toString(36)
    .padStart(DIGITS, "0");
}

/** A moving picture from what {@link pack} made. @throws InputError for anything else */
export function unpack(packed: unknown): Moving {
  const { title, unit, frames, points, x, y } = packed as PackedMoving;
  if (!Array.isArray(frames) || !Array.isArray(points)) throw new InputError("unpack: no moving picture");
  const moving = {
    ...{ title, unit, x, y },
    frames: (frames as PackedMoving["frames"]).map(([label, said]) => ({ label, said })),
    points: (points as PackedMoving["points"]).map(([name, color, symbol, count, places]) => ({
      ...{ name, color, symbol },
      frames: framesOf(places, count, [x, y]),
    })),
  };
  checkMoving("unpack: picture", moving);
  return moving;
}

function framesOf(
  places: string,
  count: number,
  [x, y]: readonly [MovingAxis, MovingAxis],
): (readonly [number, number])[][] {
  const size = 2 * DIGITS * count;
  if (
    typeof places !== "string" ||
    !Number.isInteger(count) ||
    count < 1 ||
    places.length % size !== 0 ||
    !/^[0-9a-z]+$/.test(places)
  )
    throw new InputError("unpack: places must be four letters a point");
  const value = (from: number, { range: [low, high] }: MovingAxis): number =>
    low + (Number.parseInt(places.slice(from, from + DIGITS), 36) / LAST) * (high - low);
  return Array.from({ length: places.length / size }, (_, frame) =>
    Array.from({ length: count }, (__, i): readonly [number, number] => {
      const at = frame * size + 2 * DIGITS * i;
      return [value(at, x), value(at + DIGITS, y)];
    }),
  );
}
