import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JSDOM } from "jsdom";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeGuides } from "./guides.js";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pal-guides-"));
  await mkdir(join(folder, "docs"));
  await writeFile(join(folder, "docs/a.md"), "# First <b>\n\n[b](b.md#two) [n](../notebooks/01-x.ipynb) [c](../CONTRIBUTING.md#a) [w](https://example.org)\n"); // prettier-ignore
  await writeFile(join(folder, "docs/b.md"), "no heading\n");
});
afterAll(() => rm(folder, { recursive: true }));

test("guides become pages whose links lead to pages, or to the files themselves", async () => {
  const guides = await writeGuides(join(folder, "docs"), join(folder, "out"));
  expect(guides).toEqual([
    { title: "First <b>", page: "docs/a.html" },
    { title: "b.md", page: "docs/b.html" },
  ]);
  const { document } = new JSDOM(await readFile(join(folder, "out/docs/a.html"), "utf8")).window;
  expect(document.querySelector("h1")?.textContent).toBe("First <b>");
  expect(document.querySelector("h1")?.id).toBe("first-b");
  expect([...document.querySelectorAll("main a")].map((link) => link.getAttribute("href"))).toEqual([
    "../index.html",
    ...["b.html#two", "../notebooks/01-x.html", "../../CONTRIBUTING.md#a", "https://example.org"],
    "../index.html",
  ]);
});

test("a folder that is not there has no guides", async () => {
  expect(await writeGuides(join(folder, "nowhere"), folder)).toEqual([]);
});
