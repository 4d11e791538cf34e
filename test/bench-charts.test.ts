import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Figure } from "../src/figures/index.js";

const ours = (name: string): URL => new URL(name, import.meta.url);
const { figures } = (await import(ours("../dist/index.js").href)) as {
  figures: { renderSvg(figure: Figure): Promise<string> };
};

type Chart = (result: unknown) => Figure;

// a benchmark takes a quarter of an hour, and its pictures are drawn last
test.each([
  ["results.json", "engines.svg", "engines.mjs", "engineChart"],
  ["growth.json", "growth.svg", "growth.mjs", "growthChart"],
])("%s is drawn, as %s", async (record, picture, module, name) => {
  const charts = (await import(ours(`../bench/charts/${module}`).href)) as Record<string, Chart>;
  const result: unknown = JSON.parse(readFileSync(ours(`../bench/${record}`), "utf8"));
  const drawn = await figures.renderSvg(charts[name](result));
  expect(drawn).toBe(readFileSync(ours(`../bench/${picture}`), "utf8"));
});
