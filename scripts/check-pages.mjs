// What npm start left behind, as a reader sees it: every figure as a picture and as a page, index, a lesson and an explore page in a headless browser,
// at two widths, light and dark. Texts of figures may not be cut by their panel or legend or lie over each other, pages may not scroll sideways, axe may
// find nothing serious, every control is reached by keyboard, moving pictures step and play, a page without the figures' files says which are missing, and
// printed no table loses a column. Pictures are drawn without a font of Arial's widths; that
// the check notices is shown each time: without what holds the widths of texts it must find legends cut.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
  if (figures.length === 0) faults.push("out/figures: no pictures; npm start makes them");
  for (const file of figures) faults.push(...(await pictureFaults(file, elsewhere)));
  const undone = [];
  for (const file of figures) undone.push(...(await pictureFaults(file, (svg) => undo(elsewhere(svg)))));
  if (!undone.some((fault) => fault.includes("is cut off")))
    faults.push("texts without held widths are not found cut: the check would notice nothing");
  for (const column of ["single", "double"]) {
    const options = ["--from", "out/figures", "--column", column, "--out", scratch];
    execFileSync(process.execPath, ["bin/pal-lab.js", "figures", ...options], { stdio: "ignore" });
    const printed = figures.map((file) => file.replace(".svg", `-${column}.svg`));
    for (const file of printed) faults.push(...(await pictureFaults(file, elsewhere, scratch)));
  }
  for (const file of figures) await checkLive(file.replace(".svg", ".html"));
  const pages = [
    "out/index.html",
    "out/notebooks/00-tour.html",
    "out/figures/simulation-accuracy-vs-k.html",
    explorePage(),
  ];
  for (const path of pages) await checkCopies(path);
  for (const path of pages)
    for (const width of WIDTHS)
      for (const colorScheme of ["light", "dark"]) await checkPage(path, { width, colorScheme });
  const lessons = readdirSync("out/notebooks")
    .filter((file) => file.endsWith(".html"))
    .map((file) => `out/notebooks/${file}`);
  const moving = lessons.filter((path) => readFileSync(path, "utf8").includes('class="pal-moving"'));
  if (moving.length === 0) faults.push("out/notebooks: no lesson has a moving picture");
  for (const path of moving) await checkMoving(path);
  await checkMissingFiles();
  for (const path of lessons.filter((lesson) => !pages.includes(lesson))) {
    await checkPage(path, { width: WIDTHS[0], colorScheme: "light" });
    await checkPage(path, { width: WIDTHS[1], colorScheme: "dark" });
  }
  const guides = readdirSync("out/docs").map((file) => `out/docs/${file}`);
  for (const path of guides) await checkPage(path, { width: WIDTHS[1], colorScheme: "light" });
  for (const path of new Set([...pages, ...lessons, ...guides])) await checkPrint(path);
  console.log(
    `${figures.length} figures, ${pages.length} pages, ${lessons.length} lessons (${moving.length} with a moving picture) and ${guides.length} guides looked at; without held widths ${undone.length} faults`,
  );
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

/** Faults of an SVG file that a viewer without our font opens. */
async function pictureFaults(file, change, folder = "out/figures") {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1100 } });
  const path = join(scratch, `changed-${file}`);
  writeFileSync(path, change(readFileSync(join(folder, file), "utf8")));
  await page.goto(pathToFileURL(path).href);
  const found = await page.evaluate(textFaults, ":root");
  if (folder === scratch) found.push(...(await page.evaluate(smallTexts)));
  await page.close();
  return found.map((fault) => `${file}: ${fault}`);
}

/** A figure's page at each width and look. */
async function checkLive(file) {
  const page = await browser.newPage();
  page.on("pageerror", (error) => faults.push(`${file}: ${error}`));
  await page.goto(pathToFileURL(resolve("out/figures", file)).href);
  for (const width of WIDTHS)
    for (const colorScheme of ["light", "dark"]) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(400);
      const found = await page.evaluate(textFaults, "#plot");
      faults.push(...found.map((fault) => `${file}, ${width} px, ${colorScheme}: ${fault}`));
    }
  await page.close();
}

/** In the page: texts that are cut, by what holds the picture or by a clip of a panel or a legend, and texts that lie over each other. */
function textFaults(selector) {
  const holder = document.querySelector(selector);
  const whole = holder.getBoundingClientRect();
  const clipOf = (element) => {
    const id = /url\(["']?#([^"')]+)/.exec(
      element.getAttribute("clip-path") ?? element.style?.clipPath ?? "",
    )?.[1];
    const shape = id === undefined ? null : document.querySelector(`clipPath[id="${id}"] > rect`);
    if (shape === null) return undefined;
    const [x, y, width, height] = ["x", "y", "width", "height"].map((name) =>
      Number(shape.getAttribute(name) ?? 0),
    );
    const to = element.getScreenCTM();
    const at = (px, py) => new DOMPoint(px, py).matrixTransform(to);
    const [a, b] = [at(x, y), at(x + width, y + height)];
    return { left: a.x, top: a.y, right: b.x, bottom: b.y };
  };
  const boundsOf = (text) => {
    const bounds = [whole];
    for (let each = text; each !== null && each !== holder; each = each.parentElement)
      if (each.ownerSVGElement) bounds.push(clipOf(each));
    return bounds.filter((bound) => bound !== undefined);
  };
  const texts = [...holder.querySelectorAll("text")]
    .map((text) => ({ text, words: text.textContent.trim(), box: text.getBoundingClientRect() }))
    .filter(({ text, words, box }) => words !== "" && box.width > 0 && text.checkVisibility());
  const isCut = ({ text, box }) =>
    boundsOf(text).some(
      ({ left, right, top, bottom }) =>
        box.left < left - 1 || box.right > right + 1 || box.top < top - 2 || box.bottom > bottom + 2,
    );
  const found = texts.filter(isCut).map(({ words }) => `“${words}” is cut off`);
  texts.forEach((a, i) => {
    for (const b of texts.slice(0, i)) {
      const width = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const height = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      // lines of a text stand closer than their boxes are high
      if (width > 2 && height > 0.4 * Math.min(a.box.height, b.box.height))
        found.push(`“${a.words}” lies over “${b.words}”`);
    }
  });
  return found;
}

/** In a picture for a column of print: texts of less than 7 pt (9.33 CSS pixels). */
function smallTexts() {
  const sizeOf = (text) => {
    const { a, b } = text.getScreenCTM();
    return parseFloat(getComputedStyle(text).fontSize) * Math.hypot(a, b);
  };
  return [...document.querySelectorAll("text")]
    .filter((text) => text.textContent.trim() !== "" && sizeOf(text) < 9.3)
    .map((text) => `“${text.textContent.trim()}” is printed smaller than 7 pt`);
}

/** A picture where neither our font nor one of its widths is installed. */
function elsewhere(svg) {
  return svg.replaceAll("Arimo, Arial, Helvetica, sans-serif", "monospace");
}

/** Without what holds the widths of texts. */
function undo(svg) {
  return svg.replaceAll(/ (textLength|lengthAdjust)="[^"]*"/g, "");
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
  const white = await page.evaluate(pictureGround, colorScheme);
  if (white !== undefined) faults.push(`${where}: pictures do not follow the look: ${white}`);
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

/** What can be copied: as a reader has the page, its policy in force, buttons show, are reached by Tab, and give text and picture. */
async function checkCopies(path) {
  const where = path.replace(scratch, "explore");
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && faults.push(`${where}: ${message.text()}`));
  await page.goto(pathToFileURL(resolve(path)).href);
  await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => (fold.open = true)));
  for (const [what, said] of [
    ["data", "The data are copied."],
    ["citation", "The citation is copied."],
    ["alt text", "The alt text is copied."],
  ]) {
    const button = page.locator(`button[data-copies="${what}"]`).first();
    if (!(await button.isVisible())) {
      faults.push(`${where}: no button copies the ${what}`);
      continue;
    }
    await button.focus();
    await page.keyboard.press("Enter");
    const status = page.getByText(said).first();
    const isSaid = await status.waitFor({ timeout: 3000 }).then(() => true, () => false); // prettier-ignore
    const text = await page.evaluate(() => navigator.clipboard.readText());
    if (!isSaid || text.length < 5) faults.push(`${where}: ${what} is not copied`);
  }
  const picture = page.locator("#copy-picture, button[data-copies='picture']").first();
  await picture.click();
  const done = page.getByText(/The picture is copied|its file is opened/).first();
  if (
    !(await done.waitFor({ timeout: 5000 }).then(
      () => true,
      () => false,
    ))
  )
    // prettier-ignore
    faults.push(`${where}: the picture is not copied`);
  await context.close();
}

/** A moving picture, the page's policy in force: it stands still until somebody steps, slides or plays, and plays for nobody who asked for less motion. */
async function checkMoving(path) {
  for (const reducedMotion of ["no-preference", "reduce"]) {
    const page = await browser.newPage({ reducedMotion });
    page.on("console", (message) => message.type() === "error" && faults.push(`${path}: ${message.text()}`));
    page.on("pageerror", (error) => faults.push(`${path}: ${error}`));
    await page.goto(pathToFileURL(resolve(path)).href);
    const picture = page.locator("figure.pal-moving").first();
    const slider = picture.locator("input[type=range]");
    const at = async () => Number(await slider.inputValue());
    const points = () => picture.locator("g.points").first().innerHTML();
    const expected = (what, holds) =>
      holds || faults.push(`${path}, ${reducedMotion}: moving picture: ${what}`);
    const [last, before] = [Number(await slider.getAttribute("max")), await points()];
    await page.waitForTimeout(700);
    expected("plays by itself", (await at()) === last && (await points()) === before);
    await picture.locator("[data-does=back]").focus();
    await page.keyboard.press("Enter");
    expected("Enter on “back” is no step", (await at()) === last - 1 && (await points()) !== before);
    await slider.focus();
    await page.keyboard.press("Home");
    expected("Home on the slider does not lead to the first frame", (await at()) === 0);
    await page.keyboard.press("ArrowRight");
    expected("an arrow on the slider is no step", (await at()) === 1);
    await picture.locator("[data-does=on]").click();
    expected("“on” is no step", (await at()) === 2);
    const play = picture.locator("[data-does=play]");
    expected(
      "Play shows for the wrong readers",
      (await play.isVisible()) === (reducedMotion === "no-preference"),
    );
    if (reducedMotion === "no-preference") {
      await play.click();
      await page.waitForTimeout(1200);
      expected("Play does not go on", (await at()) > 2 || last === 2);
    }
    await page.close();
  }
}

/** The index alone in a folder says which files it lacks; beside them it says nothing. */
async function checkMissingFiles() {
  copyFileSync("out/index.html", join(scratch, "index.html"));
  for (const [folder, isAlone] of [
    [scratch, true],
    ["out", false],
  ]) {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(resolve(folder, "index.html")).href);
    const notice = page.locator("#missing-files");
    await page.waitForTimeout(500);
    const said = (await notice.count()) === 0 ? "" : await notice.innerText();
    if (isAlone && !figuresIn("out/index.html").every((file) => said.includes(file)))
      faults.push(`out/index.html without its figures does not name them all: ${said.slice(0, 200)}`);
    if (!isAlone && said !== "") faults.push(`out/index.html beside its figures says: ${said.slice(0, 200)}`);
    await page.close();
  }
}

/** Files of pictures that a page refers to. */
function figuresIn(path) {
  return [...readFileSync(path, "utf8").matchAll(/<img[^>]* src="(?!data:)([^"]+)"/g)].map(([, file]) =>
    decodeURIComponent(file),
  );
}

/** In the page: a drawn picture that stands as a white card on a dark page, or is turned round on a light one. */
function pictureGround(scheme) {
  const wrong = [...document.querySelectorAll("figure img, .drawn")].find(
    (picture) => (getComputedStyle(picture).filter !== "none") !== (scheme === "dark"),
  );
  return wrong?.outerHTML.slice(0, 80);
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
