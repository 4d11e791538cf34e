import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JSDOM } from "jsdom";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FigureRecord } from "../core/index.js";
import type { Figure } from "../figures/index.js";
import {
  accuracyFigure,
  hostileFigure,
  HOSTILE,
  ternaryFigure,
} from "../figures/render/fixtures/sample-figures.js";
import { disposeRenderer, saveFigure } from "../figures/render/index.js";
import { hostileNotebook } from "./fixtures/sample-notebook.js";
import { COPY_SOURCE } from "./copies.js";
import { MISSING_SOURCE } from "./missing-files.js";
import { writeReport } from "./index.js";

let folder = "";
let report: unknown;
let index: Document;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pal-report-"));
  const figures = [
    await saveFigure(accuracyFigure(), join(folder, "figures")),
    await saveFigure(hostileFigure(), join(folder, "figures")),
    await saveFigure(checkedFigure("tour-a", { says: "one passes", holds: true }), join(folder, "figures")),
    await saveFigure(
      checkedFigure("persona-accuracy-vs-k", { says: "<b>all</b> rise", holds: false }),
      join(folder, "figures"),
    ),
  ];
  await mkdir(join(folder, "notebooks"));
  await writeFile(join(folder, "notebooks/01-a b.ipynb"), JSON.stringify(hostileNotebook()));
  const written = await writeReport({
    ...{ folder, profile: "fast", node: "v20.20.2", engine: "wasm simd", seconds: 83.2 },
    notebooks: [
      { path: join(folder, "notebooks/01-a b.ipynb"), status: "ok", seconds: 12, cells: 4 },
      { path: "notebooks/02-gone.ipynb", status: "died", seconds: 3, cells: 2, error: `exit 1: ${HOSTILE}` },
    ],
    figures,
  });
  report = JSON.parse(await readFile(written.json, "utf8"));
  index = new JSDOM(await readFile(written.index, "utf8")).window.document;
});

afterAll(async () => {
  await disposeRenderer();
  await rm(folder, { recursive: true });
});

function checkedFigure(id: string, checked: NonNullable<FigureRecord["checked"]>): Figure {
  const { record, ...made } = ternaryFigure();
  const claim = checked.holds ? checked.says : "accuracy against K";
  const caption = "What it is, d = 1.5. How it was made.";
  return { ...made, id, record: { ...record, id, checked, claim, caption, config: { note: HOSTILE } } };
}

const files = (id: string): object => ({
  ...{ id, svg: `figures/${id}.svg`, png: `figures/${id}.png` },
  ...{ html: `figures/${id}.html`, record: `figures/${id}.record.json` },
});

test("report.json has the run, the notebooks and the figures, with paths below the folder", () => {
  expect(report).toEqual({
    ...{ profile: "fast", node: "v20.20.2", engine: "wasm simd", seconds: 83.2 },
    notebooks: [
      { path: "notebooks/01-a b.ipynb", status: "ok", seconds: 12, cells: 4 },
      { path: "notebooks/02-gone.ipynb", status: "died", seconds: 3, cells: 2 },
    ],
    figures: ["simulation-accuracy-vs-k", "hostile", "tour-a", "persona-accuracy-vs-k"].map(files),
  });
});

describe("index.html", () => {
  test("shows every figure with alt text, caption and numbers", () => {
    const images = [...index.querySelectorAll("img")];
    expect(images.map((image) => image.getAttribute("src"))).toEqual([
      "figures/tour-a.svg",
      "figures/hostile.svg",
      "figures/persona-accuracy-vs-k.svg",
      "figures/simulation-accuracy-vs-k.svg",
    ]);
    expect(images[3].alt).toBe(accuracyFigure().alt);
    expect(index.querySelector("#simulation-accuracy-vs-k figcaption")?.textContent.trim()).toBe(
      accuracyFigure().record.caption,
    );
    expect(index.querySelector("#tour-a figcaption")?.textContent).toMatch(
      /✓ holds on the rows of this run\.\s+What it is, d = 1\.5\.$/,
    );
    expect(index.querySelector("#tour-a details p")?.textContent).toBe("How it was made.");
    const numbers = index.querySelectorAll("#simulation-accuracy-vs-k tbody tr");
    expect([...numbers].map((row) => row.children[0].textContent)).toEqual(["2", "3", "4"]);
  });

  test("every link leads to a file that exists", async () => {
    const targets = [...index.querySelectorAll("a")].map((link) => link.getAttribute("href") ?? "");
    const local = targets.filter((href) => !href.startsWith("#") && !href.includes("gone"));
    expect(local.length).toBeGreaterThan(10);
    for (const href of local) await readFile(join(folder, decodeURIComponent(href)));
  });

  test("figures stand in the lesson whose code names them, others last", () => {
    const chapter = (id: string): string | null | undefined =>
      index.getElementById(id)?.closest("section")?.querySelector("h2")?.textContent;
    expect(chapter("hostile")).toBe("A lesson with a title");
    expect(chapter("simulation-accuracy-vs-k")).toBe("Other figures");
    expect(index.querySelector("section p")?.textContent).toBe("Who differs, and how much?");
  });

  test("begins with findings: what does not hold is not printed as if it did", () => {
    const found = [...index.querySelectorAll("#findings li")].map((each) =>
      each.textContent.replace(/\s+/g, " ").trim(),
    );
    expect(found).toEqual([
      "✗ not in this run: “<b>all</b> rise”. accuracy against K",
      "✓ one passes the figure and its check",
    ]);
    const links = [...index.querySelectorAll<HTMLAnchorElement>("#findings a")].map((link) => link.hash);
    expect(links).toEqual(["#persona-accuracy-vs-k", "#tour-a"]);
  });

  test("a chapter shows one picture, what is checked first, and folds the others", () => {
    const others = [...index.querySelectorAll("section > details article")].map(({ id }) => id);
    expect(others).toEqual(["hostile", "simulation-accuracy-vs-k"]);
    const leads = [...index.querySelectorAll("section > article")].map(({ id }) => id);
    expect(leads).toEqual(["tour-a", "persona-accuracy-vs-k"]);
  });

  test("says which notebook failed and why", () => {
    const notice = index.querySelector(".notice")?.textContent;
    expect(notice).toContain("1 of 2 notebooks failed");
    expect(notice).toContain("notebooks/02-gone.ipynb: died");
  });

  test("shows text from data as text", () => {
    expect(index.querySelectorAll("a[href^=javascript], b")).toHaveLength(0);
    const scripts = [...index.querySelectorAll("script")].map(({ textContent }) => textContent);
    expect(scripts).toEqual([COPY_SOURCE, MISSING_SOURCE]);
    expect(index.querySelector("#tour-a pre")?.textContent).toBe(
      JSON.stringify({ note: HOSTILE }, undefined, 2),
    );
    expect(index.querySelector("#hostile h3")?.textContent).toBe(HOSTILE);
    expect(index.querySelector(".notice code")?.textContent).toBe(`exit 1: ${HOSTILE}`);
  });
});

test("a record that is not one is an error with its file", async () => {
  const saved = await saveFigure(accuracyFigure(), join(folder, "broken"));
  await writeFile(saved.record, '{"id": "x"}');
  const run = { folder, profile: "fast", node: "", engine: "", seconds: 1, notebooks: [] };
  await expect(writeReport({ ...run, figures: [saved] })).rejects.toThrow(
    /record\.json: a figure's record must have a text "claim"/,
  );
});
