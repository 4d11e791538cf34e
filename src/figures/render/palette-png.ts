import { crc32, deflateSync } from "node:zlib";

/** A picture as its pixels, four bytes each (red, green, blue, opacity 0-255), row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Colours of a palette: a chart has few, and soft edges between them. */
const MOST_COLORS = 64;

/**
 * An opaque picture as a PNG with a palette: a third of the size of one with four bytes a pixel. Up to 64 colours are kept as they
 * are; of more (soft edges have many between two) the most frequent half of a palette is, and what lies farthest from it.
 */
export function palettePng({ width, height, pixels }: Pixels): Uint8Array {
  const counts = countColors(pixels);
  const palette = choosePalette(counts);
  const places = new Map([...counts.keys()].map((color) => [color, nearest(color, palette)]));
  const rows = new Uint8Array(height * (width + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++)
      rows[y * (width + 1) + 1 + x] = places.get(colorAt(pixels, y * width + x)) ?? 0;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8); // eight bits, of a palette
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("PLTE", Buffer.from(palette.flatMap(channels))),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The most frequent colours, then one by one the colour that is farthest from all that are chosen. */
function choosePalette(counts: ReadonlyMap<number, number>): readonly number[] {
  const byCount = [...counts].sort(([a, n], [b, m]) => m - n || a - b).map(([color]) => color);
  if (byCount.length <= MOST_COLORS) return byCount;
  const palette = byCount.slice(0, MOST_COLORS / 2);
  const others = byCount.slice(MOST_COLORS / 2);
  const away = Float64Array.from(others, (color) => distance(color, palette[nearest(color, palette)]));
  while (palette.length < MOST_COLORS) {
    const farthest = away.reduce((best, length, i) => (length > away[best] ? i : best), 0);
    const chosen = others[farthest];
    palette.push(chosen);
    for (let i = 0; i < away.length; i++) away[i] = Math.min(away[i], distance(others[i], chosen));
  }
  return palette;
}

function countColors(pixels: Uint8Array): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (let i = 0; i < pixels.length / 4; i++) {
    const color = colorAt(pixels, i);
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  return counts;
}

function colorAt(pixels: Uint8Array, i: number): number {
  return (pixels[4 * i] << 16) | (pixels[4 * i + 1] << 8) | pixels[4 * i + 2];
}

function channels(color: number): readonly [number, number, number] {
  return [color >> 16, (color >> 8) & 255, color & 255];
}

function nearest(color: number, palette: readonly number[]): number {
  let [best, least] = [0, Infinity];
  for (let i = 0; i < palette.length && least > 0; i++) {
    const length = distance(color, palette[i]);
    if (length < least) [best, least] = [i, length];
  }
  return best;
}

/** Squared. */
function distance(a: number, b: number): number {
  const [red, green, blue] = [
    (a >> 16) - (b >> 16),
    ((a >> 8) & 255) - ((b >> 8) & 255),
    (a & 255) - (b & 255),
  ];
  return red * red + green * green + blue * blue;
}

function chunk(name: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
