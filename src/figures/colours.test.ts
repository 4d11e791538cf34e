import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { groupColor, kColor, prototypeColor } from "./theme/index.js";

interface Trace {
  readonly name?: string;
  readonly marker?: { readonly color?: unknown };
  readonly line?: { readonly color?: unknown };
}

interface Layout {
  readonly width: number;
  readonly height: number;
  readonly margin: { readonly l: number; readonly r: number; readonly t: number; readonly b: number };
  readonly [key: string]: unknown;
}

const folder = new URL("../../figures/", import.meta.url);
const figures = readdirSync(folder)
  .filter((file) => file.endsWith(".json") && !file.endsWith(".record.json"))
  .map((file) => ({
    id: file.replace(".json", ""),
    ...(JSON.parse(readFileSync(new URL(file, folder), "utf8")) as {
      readonly data: readonly Trace[];
      readonly layout: Layout;
    }),
  }));

/** "#rrggbb" of a colour, its opacity aside. */
function plain(color: unknown): string | undefined {
  if (typeof color !== "string") return undefined;
  const parts = /^rgba\((\d+),(\d+),(\d+),[\d.]+\)$/.exec(color);
  if (parts === null) return color.toUpperCase();
  return `#${parts.slice(1).map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`.toUpperCase(); // prettier-ignore
}

const OTHERS = ["best user-blind", "users", "learned"];

test("the same thing has the same colour in all figures", () => {
  const colors = new Map<string, Map<string, string[]>>();
  for (const { id, data } of figures) {
    for (const { name, marker, line } of data) {
      const color = plain(marker?.color) ?? plain(line?.color);
      // a ceiling of a line has its line's colour, and people have their own
      if (name === undefined || color === undefined || OTHERS.includes(name)) continue;
      const known = colors.get(name) ?? new Map<string, string[]>();
      known.set(color, [...(known.get(color) ?? []), id]);
      colors.set(name, known);
    }
  }
  const several = [...colors].filter(([, known]) => known.size > 1);
  expect(several.map(([name, known]) => ({ name, ...Object.fromEntries(known) }))).toEqual([]);
  expect(colors.size).toBeGreaterThan(20);
});

test("what is counted, what was found and what was given have palettes of their own", () => {
  const palettes = [kColor, prototypeColor, groupColor].map((colorOf) =>
    [1, 2, 3, 4, 5, 6].map((i) => colorOf(i)),
  );
  const all = palettes.flat();
  expect(new Set(all).size).toBe(all.length);
});

test("titles of axes are no longer than their axes", () => {
  const faults = figures.flatMap(({ id, layout }) => tooLong(layout).map((title) => `${id}: ${title}`));
  expect(figures.length).toBeGreaterThan(25);
  expect(faults).toEqual([]);
  // the one that ran into the subtitle before
  const { layout } = figures.find(({ id: each }) => each === "heterogeneity-test-calibration") ?? figures[0];
  const long = {
    ...layout,
    yaxis: { ...(layout.yaxis as object), title: { text: "fraction of populations with p at most this" } },
  };
  expect(tooLong(long)).toHaveLength(1);
});

/** Titles (14 px, half of that a letter) that are longer than their axis. */
function tooLong(layout: Layout): string[] {
  const { l, r, t, b } = layout.margin;
  return Object.entries(layout).flatMap(([name, axis]) => {
    if (!/^[xy]axis\d*$/.test(name)) return [];
    const { title, domain: [from, to] = [0, 1] } = axis as {
      title?: { text?: string };
      domain?: [number, number];
    };
    const room = (to - from) * (name.startsWith("x") ? layout.width - l - r : layout.height - t - b);
    return (title?.text ?? "")
      .split("<br>")
      .filter((line) => 6.7 * line.replace(/<[^>]*>/g, "").length > room);
  });
}
