import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseNotebook } from "../src/formats/index.js";
import type { Figure } from "../src/figures/index.js";

const ours = (name: string): URL => new URL(`../${name}`, import.meta.url);
const read = (name: string): string => readFileSync(ours(name), "utf8");

type Picture = Pick<Figure, "data" | "layout" | "alt">;

/** The figures of `figures/`, by what is said of them to somebody who cannot see them. */
const committed = new Map(
  readdirSync(ours("figures"))
    .filter((name) => /^[a-z0-9-]+\.json$/.test(name))
    .map((name) => [(JSON.parse(read(`figures/${name}`)) as Picture).alt, name]),
);
const notebooks = readdirSync(ours("notebooks")).filter((name) => name.endsWith(".ipynb"));

/** The figures in a notebook's outputs. */
function picturesOf(name: string): Picture[] {
  return parseNotebook(name, read(`notebooks/${name}`)).cells.flatMap((cell) =>
    cell.cell_type !== "code"
      ? []
      : cell.outputs.flatMap((output) => {
          const data = "data" in output ? (output.data as Record<string, unknown>) : {};
          const picture = data["application/vnd.plotly.v1+json"];
          return picture === undefined ? [] : [picture as Picture];
        }),
  );
}

// a figure that is drawn anew from its record leaves the notebook behind that made it
test.each(notebooks)("%s shows its figures as they are committed", (name) => {
  for (const picture of picturesOf(name)) {
    const file = committed.get(picture.alt);
    expect(file, picture.alt).toBeDefined();
    const { data, layout } = JSON.parse(read(`figures/${file}`)) as Picture;
    expect(picture.data).toEqual(data);
    // a moving figure has a slider below it
    const { sliders, height, margin, ...rest } = picture.layout;
    expect(rest).toEqual({ ...layout, height: undefined, margin: undefined });
    if (sliders === undefined)
      expect({ height, margin }).toEqual({ height: layout.height, margin: layout.margin });
  }
});

test("most lessons have figures", () => {
  expect(notebooks.filter((name) => picturesOf(name).length > 0).length).toBeGreaterThan(15);
});
