import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JSDOM } from "jsdom";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accuracyFigure, hostileFigure, HOSTILE } from "../figures/render/fixtures/sample-figures.js";
import { disposeRenderer, saveFigure } from "../figures/render/index.js";
import { hostileNotebook } from "./fixtures/sample-notebook.js";
import { writeReport } from "./index.js";

let folder = "";
let report: unknown;
let index: Document;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pal-report-"));
  const figures = [
    await saveFigure(accuracyFigure(), join(folder, "figures")),
    await saveFigure(hostileFigure(), join(folder, "figures")),
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
    figures: [files("simulation-accuracy-vs-k"), files("hostile")],
  });
});

describe("index.html", () => {
  test("shows every figure with alt text, caption and numbers", () => {
    const images = [...index.querySelectorAll("img")];
    expect(images.map((image) => image.getAttribute("src"))).toEqual([
      "figures/hostile.svg",
      "figures/simulation-accuracy-vs-k.svg",
    ]);
    expect(images[1].alt).toBe(accuracyFigure().alt);
    expect(index.querySelector("#simulation-accuracy-vs-k figcaption")?.textContent).toBe(
      accuracyFigure().record.caption,
    );
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

  test("says which notebook failed and why", () => {
    const notice = index.querySelector(".notice")?.textContent;
    expect(notice).toContain("1 of 2 notebooks failed");
    expect(notice).toContain("notebooks/02-gone.ipynb: died");
  });

  test("shows text from data as text", () => {
    expect(index.querySelectorAll("script, a[href^=javascript], figcaption b, .notice b")).toHaveLength(0);
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
