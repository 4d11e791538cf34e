// What npm start left behind, as a reader sees it: index, a lesson, figures and an explore page in a headless browser, at two widths, light and
// dark. Texts of figures may not be cut or lie over each other, pages may not scroll sideways, axe may find nothing serious, and every
// control is reached by keyboard; printed, no table loses a column. `--without-widths` undoes what holds the widths of texts, to see that the check finds it.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { findChromium } from "./find-chromium.mjs";

const browserPath = findChromium();
if (browserPath === undefined) {
  console.log("skipped: no Chromium is installed (Debian: apt-get install chromium)");
  process.exit(0);
}
const isUndone = process.argv.includes("--without-widths");
const WIDTHS = [1280, 390];
/** CSS pixels of an A4 page between margins of 10 mm. */
const PRINTED = 718;
const axe = readFileSync(new URL(import.meta.resolve("axe-core")), "utf8");
const scratch = mkdtempSync(join(tmpdir(), "pal-lab-pages-"));
const faults = [];
const browser = await chromium.launch({
  executablePath: browserPath,
  args: ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND"],
});
try {
  const figures = readdirSync("out/figures").filter((file) => file.endsWith(".svg"));
  for (const file of figures) await checkFigure(file);
  const pages = isUndone
    ? []
    : [
        "out/index.html",
        "out/notebooks/00-tour.html",
        "out/figures/simulation-accuracy-vs-k.html",
        explorePage(),
      ];
  for (const path of pages)
    for (const width of WIDTHS)
      for (const colorScheme of ["light", "dark"]) await checkPage(path, { width, colorScheme });
  for (const path of pages) await checkPrint(path);
  console.log(`${figures.length} figures and ${pages.length} pages looked at`);
} finally {
  await browser.close();
  rmSync(scratch, { recursive: true });
}
for (const fault of faults) console.error(fault);
process.exit(faults.length > 0 ? 1 : 0);

/** An explore page of a simulated table. */
function explorePage() {
  const rows = ["user,statement,vote"];
  for (let user = 0; user < 24; user++)
    for (let statement = 0; statement < 10; statement++)
      rows.push(
        `u${user},statement ${statement},${(user * statement + statement) % 3 === 0 || user % 2 === statement % 2 ? 1 : -1}`,
      );
  const table = join(scratch, "votes.csv");
  writeFileSync(table, `${rows.join("\n")}\n`);
  execFileSync(process.execPath, ["bin/pal-lab.js", "explore", table, "--out", scratch, "--k-max", "3"], {
    stdio: "ignore",
  });
  return join(scratch, "explore.html");
}

/** Texts of an SVG: inside it, and apart. */
async function checkFigure(file) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1100 } });
  const source = readFileSync(join("out/figures", file), "utf8");
  const path = join(scratch, file);
  writeFileSync(path, isUndone ? undone(source) : source);
  await page.goto(pathToFileURL(path).href);
  const found = await page.evaluate(() => {
    const whole = document.documentElement.getBoundingClientRect();
    const texts = [...document.querySelectorAll("text")]
      .map((text) => ({ words: text.textContent.trim(), box: text.getBoundingClientRect() }))
      .filter(({ words, box }) => words !== "" && box.width > 0);
    const cut = texts.filter(
      ({ box }) =>
        box.left < whole.left - 1 ||
        box.right > whole.right + 1 ||
        box.top < whole.top - 2 ||
        box.bottom > whole.bottom + 2,
    );
    const over = [];
    texts.forEach((a, i) => {
      for (const b of texts.slice(0, i)) {
        const width = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const height = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        // lines of a text stand closer than their boxes are high
        if (width > 2 && height > 0.4 * Math.min(a.box.height, b.box.height)) over.push([a.words, b.words]);
      }
    });
    return { cut: cut.map(({ words }) => words), over };
  });
  for (const words of found.cut) faults.push(`${file}: “${words}” is cut off`);
  for (const [a, b] of found.over) faults.push(`${file}: “${a}” lies over “${b}”`);
  await page.close();
}

/** Without held widths, for a viewer who has no font of Arial's. */
function undone(source) {
  return source
    .replaceAll(/ (textLength|lengthAdjust)="[^"]*"/g, "")
    .replaceAll("Arimo, Arial, Helvetica, sans-serif", "monospace");
}

async function checkPage(path, { width, colorScheme }) {
  const where = `${path.replace(scratch, "explore")}, ${width} px, ${colorScheme}`;
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme,
    bypassCSP: true,
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(`${where}: ${error}`));
  await page.goto(pathToFileURL(resolve(path)).href);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wider > 1) faults.push(`${where}: the page is ${wider} px wider than the window`);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  for (const { id, impact, nodes } of violations) {
    if (impact !== "serious" && impact !== "critical") continue;
    faults.push(`${where}: ${id} (${impact}), ${nodes.length} times, first ${nodes[0].html.slice(0, 120)}`);
  }
  for (const missed of await unreached(page)) faults.push(`${where}: not reached by Tab: ${missed}`);
  if (process.env.PAL_LAB_PICTURES !== undefined) {
    const name = `${where.replaceAll(/[^\w]+/g, "-")}.png`;
    await page.screenshot({ path: join(process.env.PAL_LAB_PICTURES, name), fullPage: true });
  }
  await context.close();
}

/** What is wider than a printed page, folds open: its last columns would be lost. */
async function checkPrint(path) {
  const page = await browser.newPage({ viewport: { width: PRINTED, height: 1000 } });
  await page.emulateMedia({ media: "print" });
  await page.goto(pathToFileURL(resolve(path)).href);
  const lost = await page.evaluate((width) => {
    for (const fold of document.querySelectorAll("details")) fold.open = true;
    const wide = (element) => {
      const { right } = element.getBoundingClientRect();
      return right > width + 1 || element.scrollWidth > element.clientWidth + 1;
    };
    return [...document.querySelectorAll("main table, main pre, main img, main .scroll, main .output")]
      .filter((element) => element.checkVisibility() && wide(element))
      .map((element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 100));
  }, PRINTED);
  for (const element of lost)
    faults.push(`${path.replace(scratch, "explore")}: printing loses a part of ${element}`);
  await page.close();
}

/** Controls that Tab does not come to; of the radio buttons of a group it comes to the one that is chosen, arrow keys go on. */
async function unreached(page) {
  const count = await page.evaluate(() => {
    const controls = [
      ...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']"),
    ];
    const isOne = (control) => control.type !== "radio" || control.checked;
    const seen = controls.filter(
      (control) => control.checkVisibility() && control.tabIndex >= 0 && isOne(control),
    );
    seen.forEach((control, i) => control.setAttribute("data-control", String(i)));
    return seen.length;
  });
  const reached = new Set();
  for (let i = 0; i < 3 * count + 40; i++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => document.activeElement?.getAttribute("data-control"));
    if (at !== null && at !== undefined) reached.add(at);
  }
  return page.evaluate(
    (known) =>
      [...document.querySelectorAll("[data-control]")]
        .filter((control) => !known.includes(control.getAttribute("data-control")))
        .map((control) => control.outerHTML.slice(0, 100)),
    [...reached],
  );
}
