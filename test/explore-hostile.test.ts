import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { loadData } from "../src/data/files/index.js";
import { explore } from "../src/evaluate/index.js";
import { writeExploration } from "../src/report/index.js";

const executablePath = ["/usr/bin/chromium", "/usr/bin/google-chrome"].find(existsSync);
if (executablePath === undefined) console.log("hostile texts: skipped, no Chromium is installed");
const folder = mkdtempSync(join(tmpdir(), "pal-lab-hostile-"));
afterAll(() => rmSync(folder, { recursive: true }));

const HOSTILE = [
  `<script>document.title = "run"; window.ran = 1</script>`,
  `</script><script>window.ran = 2</script><img src="x" onerror="window.ran = 3">`,
  `"><svg onload="window.ran = 4"><style>body { display: none }</style>`,
  `a long one without a space ${"x".repeat(10_000)}`,
  `a long one${" of many words".repeat(770)}`,
  "emoji 👩‍👩‍👧‍👦 🏳️‍🌈 ✅ and a family",
  "שלום עולם، مرحبا بالعالم <b>bold</b>",
  "\u202Eturned round\u202C &lt;b&gt; &amp; %s %{x} ${window.ran} {{ ran }}",
];
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const user = (u: number): string => `${HOSTILE[u % HOSTILE.length].slice(0, 400)} ${u}`;
const group = (u: number): string => (u % 2 === 0 ? HOSTILE[0] : HOSTILE[6]);

/** 32 users of two kinds, who differ on every second text. */
const isFor = (u: number, i: number): boolean =>
  (i % 2 === 0 ? u % 2 === 0 : true) !== ((u * 7 + i * 5) % 11 === 0);
const VOTES = [
  "user,statement,vote,group",
  ...Array.from({ length: 32 * HOSTILE.length }, (_, row) => {
    const [u, i] = [Math.floor(row / HOSTILE.length), row % HOSTILE.length];
    return [quoted(user(u)), quoted(HOSTILE[i]), isFor(u, i) ? 1 : -1, quoted(group(u))].join(",");
  }),
].join("\n");
const COMPARISONS = [
  "user,left,right,label,group",
  ...Array.from({ length: 32 * 16 }, (_, row) => {
    const [u, i] = [Math.floor(row / 16), row % 16];
    const [left, right] = [i % 8, (i + 1 + Math.floor(i / 8)) % 8];
    // one kind likes texts from the first to the last, the other from the last to the first, but for a few slips
    const isLeft = left < right === (u % 2 === 0) && (u * 7 + i * 5) % 11 !== 0;
    return [
      quoted(user(u)),
      ...[quoted(HOSTILE[left]), quoted(HOSTILE[right])],
      isLeft ? "left" : "right",
      quoted(group(u)),
    ].join(",");
  }),
].join("\n");

test.skipIf(executablePath === undefined).each([
  ["votes", VOTES],
  ["comparisons", COMPARISONS],
])("hostile texts of %s are shown whole in a browser, and run nothing", async (kind, text) => {
  const name = `<img src=x onerror=window.ran=9> ${kind} 🙂 שלום`;
  const table = join(folder, `${name}.csv`);
  writeFileSync(table, `${text}\n`);
  const out = process.env.PAL_LAB_KEEP_PAGES ?? folder;
  mkdirSync(join(out, kind), { recursive: true });
  const { data, summary } = await loadData(table);
  await writeExploration(
    await explore(data, { seed: 1, permutations: 3, kMax: 2 }),
    join(out, kind),
    summary,
  );

  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    for (const width of [1280, 390]) {
      const page = await browser.newPage({ viewport: { width, height: 900 } });
      const complaints: string[] = [];
      page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
      page.on("pageerror", (thrown) => complaints.push(String(thrown)));
      page.on("dialog", (dialog) => complaints.push(dialog.message()));
      page.on("request", (request) => /^(file|data):/.test(request.url()) || complaints.push(request.url()));
      await page.goto(pathToFileURL(join(out, kind, "explore.html")).href);
      const found = await page.evaluate(() => ({
        ran: (globalThis as { ran?: number }).ran,
        title: document.title,
        heading: document.querySelector("h1")?.textContent,
        overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        foreign: document.querySelectorAll("main script, svg, [onload], [onerror], main style").length,
        scripts: document.scripts.length,
        texts: [...document.querySelectorAll(".text")].map((each) => each.textContent),
        broken: [...document.images].filter((image) => !image.complete || image.naturalWidth === 0).length,
        pictures: document.images.length,
      }));
      expect(complaints).toEqual([]);
      expect(found).toMatchObject({ ran: undefined, overflow: 0, foreign: 0, scripts: 1, broken: 0 });
      expect(found.title).toBe(`Exploration of ${name}.csv`);
      expect(found.heading).toBe(found.title);
      expect(found.pictures).toBeGreaterThan(3);
      expect(found.texts.length).toBeGreaterThan(8);
      for (const shown of found.texts) expect(HOSTILE).toContain(shown);
      if (out !== folder) await page.screenshot({ path: join(out, kind, `${width}.png`), fullPage: true });
      await page.close();
    }
  } finally {
    await browser.close();
  }
});
