// The explorer's page as a reader has it, which is written first (out/explorer.html), from file:// in a headless browser that reaches no network: it
// trains, every knob is in its address, things are dragged by mouse, finger and keys, the downloaded world gives the same bits in Node, and it falls
// back where workers are missing. No request is made, nothing is written to the console, axe finds nothing serious, no page scrolls sideways.
// PAL_LAB_PICTURES=DIR keeps pictures of every panel.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { checkPanels } from "./check-explorer-panels.mjs";
import { findChromium } from "./find-chromium.mjs";

const browserPath = findChromium();
if (browserPath === undefined) {
  console.log("skipped: no Chromium is installed (Debian: apt-get install chromium)");
  process.exit(0);
}
const written = execFileSync(process.execPath, ["bin/pal-lab.js", "explorer"], { encoding: "utf8" });
const file = pathToFileURL(written.trim()).href;
const axe = readFileSync(new URL(import.meta.resolve("axe-core")), "utf8");
const faults = [];
const done = [];
const browser = await chromium.launch({
  executablePath: browserPath,
  args: ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND"],
});
const CHECKS = {
  "trains from file://, and says how well": trains,
  "the address holds the state": keepsState,
  "an old link": oldLink,
  "dragged by mouse, keys and finger": drags,
  "the same bits as Node": sameBits,
  "without workers, without SIMD": fallsBack,
  ...checkPanels,
  "every panel, wide and narrow, light and dark": looksRight,
};
try {
  for (const [name, check] of Object.entries(CHECKS)) {
    const before = faults.length;
    await check({ open, fault: (text) => faults.push(`${name}: ${text}`) }).catch((error) => {
      faults.push(`${name}: ${String(error).split("\n").slice(0, 3).join(" ")}`);
    });
    done.push(`${faults.length === before ? "ok  " : "FAIL"} ${name}`);
  }
} finally {
  await browser.close();
}
console.log(done.join("\n"));
for (const fault of faults) console.error(fault);
process.exit(faults.length > 0 ? 1 : 0);

/** A fresh page at an address; whatever it requests or complains of is a fault. */
async function open(hash = "", { script, ...options } = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    acceptDownloads: true,
    ...options,
  });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning")
      faults.push(`console: ${message.text().slice(0, 300)}`);
  });
  page.on("pageerror", (error) => faults.push(`error: ${error.message.slice(0, 300)}`));
  page.on("request", (request) => {
    if (!/^(file:|blob:|data:)/.test(request.url())) faults.push(`requests ${request.url().slice(0, 100)}`);
  });
  if (script !== undefined) await page.addInitScript(script);
  await page.goto(file + (hash === "" ? "" : `#${hash}`));
  return page;
}

async function isTrained(page) {
  await page.getByText(/Training has ended/).waitFor({ timeout: 60_000 });
  return Number(/Accuracy ([\d.]+)/.exec(await page.locator(".accuracy").innerText())?.[1]);
}

async function trains({ fault }) {
  const page = await open();
  const accuracy = await isTrained(page);
  if (!(accuracy >= 0.97)) fault(`the default world is learned to ${accuracy}, expected 0.97 or more`);
  if (!(await page.getByText("It computes in a worker.").isVisible())) fault("it computes in no worker");
  await page.context().close();
}

async function keepsState({ fault }) {
  const page = await open();
  await isTrained(page);
  const first = await page.locator(".accuracy").innerText();
  await page.getByLabel("Prototypes K of the model").focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await page.waitForFunction(() => location.hash.includes("k=1&"), undefined, { timeout: 5000 });
  await page.waitForFunction((text) => document.querySelector(".accuracy").innerText !== text, first);
  await page.waitForTimeout(1500);
  const address = page.url();
  const said = await page.locator(".accuracy").innerText();
  await page.reload();
  await isTrained(page);
  if (page.url() !== address) fault(`the address after a reload is ${page.url()}, not ${address}`);
  if ((await page.getByLabel("Prototypes K of the model").inputValue()) !== "1")
    fault("a reload forgets a knob");
  const again = await page.locator(".accuracy").innerText();
  if (again !== said) fault(`a reload trains to ${again}, not to ${said}`);
  if (again === first) fault("turning a knob changes nothing");
  await page.context().close();
}

async function oldLink({ fault }) {
  const page = await open("k=4&glow=7&noise=99&hide=seed,items&goal=accuracy:min:0.9");
  if (!(await page.getByText("not known, and left out: glow").isVisible()))
    fault("an unknown knob is not named");
  if (!(await page.getByText("noise=99 is not possible: 0 to 3 in steps of 0.1").isVisible()))
    fault("a bad value is not named");
  if ((await page.getByLabel("Seed").count()) !== 0) fault("a hidden knob shows");
  await isTrained(page);
  if (!(await page.getByText("accuracy at least 0.9: reached").isVisible()))
    fault("a goal that is reached is not said to be");
  await page.context().close();
}

async function drags({ fault }) {
  const page = await open();
  await isTrained(page);
  const user = page.locator("pal-plane g[data-what=user]");
  const box = await user.boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 80, y - 60, { steps: 8 });
  await page.mouse.up();
  await page.getByText(/1 user moved: [1-9]\d* of 18000 answers flipped/).waitFor({ timeout: 5000 });
  await page.getByText(/User 0 is at .* answers have flipped since the start/).waitFor({ timeout: 5000 });
  await page.locator("pal-plane g[data-what=prototype]").first().focus();
  await page.keyboard.press("Shift+ArrowRight");
  await page.getByText(/1 user, 1 prototype moved/).waitFor({ timeout: 5000 });
  await page.keyboard.press("Escape");
  const named = await page.locator("pal-plane g[data-what=item]").getAttribute("aria-label");
  await page.locator("pal-plane g[data-what=item]").focus();
  await page.keyboard.press("PageDown");
  await page.waitForTimeout(200);
  if ((await page.locator("pal-plane g[data-what=item]").getAttribute("aria-label")) === named)
    fault("Page Down takes no other item");
  await page.getByRole("button", { name: "Put everything back" }).click();
  await page.getByText("Drag a person, an item").waitFor({ timeout: 5000 });
  await page.context().close();
  const touched = await open("", { hasTouch: true, viewport: { width: 390, height: 800 } });
  await isTrained(touched);
  const handle = touched.locator("pal-plane g[data-what=user]");
  await handle.scrollIntoViewIfNeeded();
  const at = await handle.boundingBox();
  const session = await touched.context().newCDPSession(touched);
  const finger = (type, dx, dy) =>
    session.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: type === "touchEnd" ? [] : [{ x: at.x + at.width / 2 + dx, y: at.y + at.height / 2 + dy }],
    });
  await finger("touchStart", 0, 0);
  for (let step = 1; step <= 6; step++) await finger("touchMove", 8 * step, -6 * step);
  await finger("touchEnd");
  await touched.getByText(/1 user moved/).waitFor({ timeout: 5000 });
  await touched.context().close();
}

async function sameBits({ fault }) {
  const lab = await import(pathToFileURL(resolve("dist", "index.js")).href);
  const engine = await lab.loadEngine();
  for (const hash of [
    "users=60&answers=40&seed=3",
    "users=60&answers=40&population=partition&noise=0.5&k=2&seed=7",
    "family=lore&users=60&answers=40",
  ]) {
    const page = await open(hash);
    await isTrained(page);
    const shown = await page.getByText("Fingerprint of the model").locator("code").first().innerText();
    await page.getByRole("button", { name: "Download this world" }).click();
    const folder = mkdtempSync(join(tmpdir(), "pal-lab-world-"));
    await page.locator(".files a").first().waitFor();
    for (const link of await page.locator(".files a").all()) {
      const waiting = page.waitForEvent("download");
      await link.click();
      const download = await waiting;
      await download.saveAs(join(folder, download.suggestedFilename()));
    }
    const { data } = await lab.data.loadData(join(folder, "comparisons.csv"), {
      columns: { heldOut: "held_out" },
    });
    const rows = Int32Array.from(data.label.keys()).filter((row) => data.heldOut[row] === 0);
    const world = JSON.parse(readFileSync(join(folder, "world.json"), "utf8"));
    const model = await lab.fit(lab.families.modelFrom(world.model), lab.data.selectRows(data, rows), {
      engine,
      ...world.fit,
    });
    const digest = digestOf(model.parameters).slice(0, 16);
    if (digest !== shown) fault(`${hash}: the page trains to ${shown}, Node to ${digest}`);
    rmSync(folder, { recursive: true });
    await page.context().close();
  }
}

/** As the page makes its fingerprint. */
function digestOf(parameters) {
  const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
  const parts = [...parameters].map(
    ([name, values]) =>
      `${name} ${sha256(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))}`,
  );
  return sha256(parts.sort().join("\n"));
}

async function fallsBack({ fault }) {
  const small = "users=40&answers=40";
  const noBlob = await open(small, {
    script:
      "const own = Worker; globalThis.Worker = function (address) { if (String(address).startsWith('blob:')) throw new Error('no'); return new own(address); }",
  });
  await isTrained(noBlob);
  if (!(await noBlob.getByText("started from a data address").isVisible()))
    fault("no data address where blobs are refused");
  await noBlob.context().close();
  const noWorker = await open(small, { script: "delete globalThis.Worker" });
  await isTrained(noWorker);
  if (!(await noWorker.getByText("This browser runs no workers here").isVisible()))
    fault("it does not say that it computes on the page");
  await noWorker.context().close();
  const noSimd = await open(small, {
    script: "delete globalThis.Worker; WebAssembly.validate = () => false",
  });
  await noSimd.getByText(/Nothing can be trained here: .*no WebAssembly SIMD/).waitFor({ timeout: 10_000 });
  if (!(await noSimd.locator("pal-plane").isVisible())) fault("no picture where nothing can be trained");
  await noSimd.context().close();
}

async function looksRight({ fault }) {
  for (const width of [1280, 390])
    for (const colorScheme of ["light", "dark"])
      for (const panel of ["world", "you", "data", "collapse"]) {
        const where = `${panel}, ${width} px, ${colorScheme}`;
        const page = await open(`panel=${panel}`, {
          viewport: { width, height: 900 },
          colorScheme,
          bypassCSP: true,
        });
        await page.waitForTimeout(panel === "world" ? 2500 : 1500);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (wider > 1) fault(`${where}: ${wider} px wider than the window`);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() =>
          window.axe.run(document, { resultTypes: ["violations"] }),
        );
        for (const { id, impact, nodes } of violations)
          if (impact === "serious" || impact === "critical")
            fault(`${where}: ${id} (${impact}), ${nodes.length} times, first ${nodes[0].html.slice(0, 120)}`);
        if (process.env.PAL_LAB_PICTURES !== undefined)
          await page.screenshot({
            path: join(process.env.PAL_LAB_PICTURES, `${where.replaceAll(/\W+/g, "-")}.png`),
            fullPage: true,
          });
        await page.context().close();
      }
}
