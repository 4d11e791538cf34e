import type { Buffer } from "./buffer.js";
import type { Program } from "./compile.js";

/** Where the buffers of a program lie in one arena, in 32-bit values. */
export interface Placement {
  readonly size: number;
  readonly offsets: ReadonlyMap<Buffer, number>;
}

/** Values of a cache line: buffers start at whole ones. */
const LINE = 16;

interface Lifetime {
  readonly buffer: Buffer;
  readonly from: number;
  to: number;
}

/**
 * Places buffers, the largest first, each in the first gap that none of those alive with it takes.
 * @param reuse without it every buffer has room of its own
 */
export function placeBuffers(program: Program, reuse = true): Placement {
  const offsets = new Map<Buffer, number>();
  const placed: Lifetime[] = [];
  let size = 0;
  for (const life of lifetimes(program).toSorted((a, b) => b.buffer.size - a.buffer.size)) {
    const beside = placed.filter(({ from, to }) => !reuse || (from <= life.to && life.from <= to));
    const offset = firstGap(life.buffer, beside, offsets);
    offsets.set(life.buffer, offset);
    placed.push(life);
    size = Math.max(size, offset + room(life.buffer));
  }
  return { size, offsets };
}

/** The buffers of the arena, each with the first and the last instruction that it takes part in. */
export function lifetimes({ forward, backward }: Program): Lifetime[] {
  const lives = new Map<Buffer, Lifetime>();
  [...forward, ...backward].forEach(({ at }, time) => {
    for (const operand of at) {
      const buffer = operand.part?.of ?? operand;
      if (buffer.fixed) continue;
      const life = lives.get(buffer);
      if (life === undefined) lives.set(buffer, { buffer, from: time, to: time });
      else life.to = time;
    }
  });
  return [...lives.values()];
}

function firstGap(buffer: Buffer, beside: readonly Lifetime[], offsets: ReadonlyMap<Buffer, number>): number {
  const taken = beside
    .map((other) => ({ start: offsets.get(other.buffer) ?? 0, size: room(other.buffer) }))
    .toSorted((a, b) => a.start - b.start);
  let offset = 0;
  for (const { start, size } of taken) {
    if (offset + room(buffer) <= start) break;
    offset = Math.max(offset, start + size);
  }
  return offset;
}

function room({ size }: Buffer): number {
  return Math.max(LINE, Math.ceil(size / LINE) * LINE);
}
