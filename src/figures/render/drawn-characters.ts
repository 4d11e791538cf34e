import { readFileSync } from "node:fs";
import { fontFiles } from "./fonts.js";

const cache: { known?: ReadonlySet<number> } = {};

/** The characters of the texts of an SVG that our font does not have: a picture needs a font of the system for them. Each once. */
export function foreignCharacters(svg: string): readonly string[] {
  cache.known ??= codePoints(readFileSync(fontFiles()[0]));
  const { known } = cache;
  const texts = [...svg.matchAll(/<t(?:ext|span)[^>]*>([^<]+)/g)].map(([, text]) => text);
  const all = new Set(texts.join("").replace(/&#?\w+;/g, ""));
  // joiners and variation selectors have no picture of their own
  return [...all].filter(
    (each) => !known.has(each.codePointAt(0) ?? 0) && !/[\p{Cc}\p{Cf}\p{Mn}]/u.test(each),
  );
}

/** Code points that a TrueType font maps to a picture: its "cmap" table, segments (format 4) or groups (format 12). */
function codePoints(font: Buffer): ReadonlySet<number> {
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, i) => 12 + 16 * i);
  const entry = tables.find((at) => font.toString("latin1", at, at + 4) === "cmap");
  const found = new Set<number>();
  if (entry === undefined) return found;
  const cmap = font.readUInt32BE(entry + 8);
  for (let i = 0; i < font.readUInt16BE(cmap + 2); i++) {
    const at = cmap + font.readUInt32BE(cmap + 4 + 8 * i + 4);
    const format = font.readUInt16BE(at);
    const ranges = format === 4 ? segments(font, at) : format === 12 ? groups(font, at) : [];
    for (const [first, last] of ranges) for (let code = first; code <= last; code++) found.add(code);
  }
  return found;
}

type Range = readonly [first: number, last: number];

function segments(font: Buffer, at: number): Range[] {
  const twice = font.readUInt16BE(at + 6);
  return Array.from({ length: twice / 2 }, (_, i): Range => {
    const last = font.readUInt16BE(at + 14 + 2 * i);
    return [font.readUInt16BE(at + 16 + twice + 2 * i), last === 0xffff ? 0 : last];
  });
}

function groups(font: Buffer, at: number): Range[] {
  return Array.from({ length: font.readUInt32BE(at + 12) }, (_, i): Range => {
    const group = at + 16 + 12 * i;
    return [font.readUInt32BE(group), font.readUInt32BE(group + 4)];
  });
}
