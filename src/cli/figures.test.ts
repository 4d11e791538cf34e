import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { main } from "./main.js";

const folder = mkdtempSync(join(tmpdir(), "pal-lab-figures-"));
afterAll(() => rmSync(folder, { recursive: true }));
const committed = new URL("../../figures/", import.meta.url);
for (const name of ["tour-one-reward.record.json", "tour-one-reward.json"])
  cpSync(new URL(name, committed), join(folder, name));

async function run(...args: readonly string[]): Promise<{ code: number; out: string; error: string }> {
  const said = { out: "", error: "" };
  const terminal = {
    out: { write: (text: string) => (said.out += text) },
    error: { write: (text: string) => (said.error += text) },
    signal: new AbortController().signal,
  };
  const code = await main(["figures", ...args], terminal);
  return { code, ...said };
}

test("a saved figure is drawn again as it was, in a column in inches too, and in a notebook's outputs", async () => {
  const notebook = join(folder, "tour.ipynb");
  cpSync(new URL("../../notebooks/00-tour.ipynb", import.meta.url), notebook);
  const before = readFileSync(notebook, "utf8");
  expect(await run("--from", folder, "--notebook", notebook)).toMatchObject({ code: 0 });
  for (const name of ["tour-one-reward.json", "tour-one-reward.record.json", "tour-one-reward.svg"])
    expect(readFileSync(join(folder, name), "utf8")).toBe(readFileSync(new URL(name, committed), "utf8"));
  expect(readFileSync(notebook, "utf8")).toBe(before);

  // another text is drawn anew, and put in the place of the old one
  const spoiled = before.replaceAll("Only PAL-A, K = 3 passes", "Nothing passes");
  expect(spoiled).not.toBe(before);
  writeFileSync(notebook, spoiled);
  await run("tour-one-reward", "--from", folder, "--notebook", notebook);
  expect(readFileSync(notebook, "utf8")).toBe(before);

  expect(await run("--from", folder, "--column", "single", "--out", folder)).toMatchObject({ code: 0 });
  const svg = readFileSync(join(folder, "tour-one-reward-single.svg"), "utf8");
  expect(svg).toMatch(/^<svg [^>]*width="3.5in" height="[\d.]+in"/);
  const png = readFileSync(join(folder, "tour-one-reward-single.png"));
  expect(png.readUInt32BE(16)).toBe(864);
});

test.each([
  [["--column", "triple"], /--column must be single or double, got "triple"/],
  [["no-such", "--from", folder], /no figure "no-such" in .*; there are "tour-one-reward"/],
  [["--from", join(folder, "nowhere")], /there is no folder .*nowhere; --from names/],
])("%j is refused by name", async (args, words) => {
  const { code, error } = await run(...args);
  expect(code).toBe(2);
  expect(error).toMatch(words);
});
