// Our kernel and live figures in every Jupyter front end that is installed, in a headless browser and without a network:
// opens 00-tour, runs all cells, and hovers over the figure. Skips with a reason what is not there.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { findChromium } from "./find-chromium.mjs";
import { findJupyter } from "../dist/notebook/jupyter/index.js";

const folder = join("out", "jupyter");
/** What front ends themselves say that is no fault of ours. */
const KNOWN = [
  /favicon/,
  // Debian's Notebook 6 asks for the extension of ipywidgets, which is a package of its own
  /nbextensions\/widgets/,
  // JupyterLab's debugger says so, at each cell, of every kernel that has no debugger
  /No active debugger session/,
  // Notebook 7 says so while it loads, before a notebook does anything
  /Cannot read properties of undefined \(reading 'schema'\)/,
];

const browserPath = findChromium();
const apps = await findJupyter();
if (browserPath === undefined) skip("no Chromium is installed (Debian: apt-get install chromium)");
if (apps.length === 0) skip("no Jupyter is installed (Debian: apt-get install jupyter-notebook)");

mkdirSync(folder, { recursive: true });
const notebook = join(folder, "tour.ipynb");
writeFileSync(notebook, JSON.stringify(emptied(JSON.parse(readFileSync("notebooks/00-tour.ipynb", "utf8")))));
const browser = await chromium.launch({
  executablePath: browserPath,
  args: ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
});
try {
  for (const app of apps) await check(app);
} finally {
  await browser.close();
}

async function check(app) {
  const { address, end } = await startLab(app);
  const page = await browser.newPage({ viewport: { width: 1280, height: 1100 } });
  const complaints = [];
  const outside = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => isOutside(request.url()) && outside.push(request.url()));
  const kernelAnswers = new Promise((resolve) => {
    page.on("websocket", (socket) =>
      socket.on("framereceived", ({ payload }) => String(payload).includes("kernel_info_reply") && resolve()),
    );
  });
  try {
    await page.goto(address);
    await kernelAnswers;
    await runAll(page, app);
    const plot = page.locator(".js-plotly-plot").first();
    // a front end that runs all ends at the last cell, below the figure
    await plot.waitFor({ timeout: 180_000 });
    await plot.scrollIntoViewIfNeeded();
    const text = await hover(page, plot);
    await page.screenshot({ path: join(folder, `${app.name.replace(" ", "-")}-${app.version}.png`) });
    const left = complaints.filter((line) => !KNOWN.some((known) => known.test(line)));
    if (left.length > 0) throw new Error(`the console has errors:\n${left.join("\n")}`);
    if (outside.length > 0) throw new Error(`the page asked for ${outside.join(", ")}`);
    console.log(
      `${app.name} ${app.version}: runs all, the figure answers a hover with ${JSON.stringify(text)}`,
    );
  } catch (error) {
    await page.screenshot({ path: join(folder, "failed.png") });
    throw new Error(`${app.name} ${app.version}: ${error.message}\n${complaints.join("\n")}`, {
      cause: error,
    });
  } finally {
    await page.close();
    await end();
  }
}

function isOutside(address) {
  return /^(https?|wss?):\/\/(?!127\.0\.0\.1[:/])/.test(address);
}

/** Starts `pal-lab lab` for one front end and reads the address that it prints. */
async function startLab({ name }) {
  const args = ["bin/pal-lab.js", "lab", notebook, "--no-open"];
  const child = spawn(process.execPath, name === "JupyterLab" ? args : [...args, "--classic"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const address = await new Promise((resolve, reject) => {
    child.stdout.on("data", (text) => resolve(/http:\S+/.exec(String(text))?.[0]));
    void exited.then((code) => reject(new Error(`pal-lab lab ended with ${code}`)));
  });
  const end = async () => {
    child.kill("SIGINT");
    const code = await exited;
    if (code !== 0) throw new Error(`Ctrl-C ended pal-lab lab with ${code}`);
  };
  return { address, end };
}

async function runAll(page, { name, version }) {
  if (name === "Jupyter Notebook" && Number.parseInt(version) < 7) {
    await page.waitForFunction(() => globalThis.Jupyter?.notebook?.kernel?.is_connected() === true);
    await page.evaluate(() => globalThis.Jupyter.notebook.execute_all_cells());
    return;
  }
  await page.locator(".jp-Notebook .jp-CodeCell").first().waitFor();
  const counted = page.locator(".jp-InputPrompt").filter({ hasText: /\[\d+\]/ });
  for (let tries = 1; tries <= 5; tries++) {
    await page.getByRole("menuitem", { name: "Run", exact: true }).click();
    await page.getByRole("menuitem", { name: "Run All Cells", exact: true }).click();
    // JupyterLab forgets what it was told to run while it still connects to the kernel: tell it again
    for (let i = 0; i < 40; i++) {
      if ((await counted.count()) > 0) return;
      await page.waitForTimeout(500);
    }
  }
  throw new Error("no cell ran");
}

/** Moves over the plot until a label shows. @returns the label's text */
async function hover(page, plot) {
  const label = plot.locator(".hoverlayer .hovertext").first();
  const { x, y, width, height } = await plot.locator(".nsewdrag").first().boundingBox();
  for (let i = 1; i < 400; i++) {
    await page.mouse.move(x + (width * (i % 20)) / 20, y + (height * Math.floor(i / 20)) / 20);
    if (await label.isVisible()) return (await label.textContent()).trim();
  }
  throw new Error("no label showed under the mouse");
}

/** The notebook as a learner gets it who opens it the first time: no outputs, and the fast profile. */
function emptied(content) {
  const isOurs = (cell) => !cell.metadata.tags?.includes("injected-parameters");
  const cells = content.cells
    .filter(isOurs)
    .map((cell) => (cell.cell_type === "code" ? { ...cell, execution_count: null, outputs: [] } : cell));
  return { ...content, cells };
}

function skip(reason) {
  console.log(`Jupyter is not checked: ${reason}`);
  process.exit(0);
}
