// What the explorer's page takes in a headless browser: to open, to train, to train again after a drag, and a frame while 2000 points are dragged among.
import { execFileSync } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { findChromium } from "../scripts/find-chromium.mjs";

export const EXPLORER_CASE = { id: "explorer", kind: "explorer", unit: "in a browser" };

const OPENINGS = 5;
const DRAGS = 9;
const FRAMES = 240;

let written;
/** The page's address: `pal-lab explorer` writes it once. */
function address() {
  const program = fileURLToPath(new URL("../bin/pal-lab.js", import.meta.url));
  written ??= execFileSync(process.execPath, [program, "explorer"], { encoding: "utf8" }).trim();
  return pathToFileURL(written).href;
}

/** Says the times, beside what they should be: nothing is asserted, since the machine decides. @returns no rows: no peer computes this */
export async function runExplorerCase({ options, say }) {
  if (options.check) return [];
  const browserPath = findChromium();
  if (browserPath === undefined) {
    say(`${EXPLORER_CASE.id}: skipped, no Chromium here (apt-get install chromium)`);
    return [];
  }
  const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
  try {
    const openings = [];
    for (let i = 0; i < OPENINGS; i++) openings.push(await opening(browser));
    const line = (what, ms, aim) => say(`${EXPLORER_CASE.id}: ${what}: ${ms} (aim: ${aim})`);
    line("opens", seconds(openings.map(({ opened }) => opened)), "2 s");
    const accuracy = openings[0].accuracy.toFixed(3);
    line(
      `PAL-A, K = 3, 150 users x 100, to ${accuracy} of held-out answers`,
      seconds(openings.map(({ trained, opened }) => trained - opened)),
      "3 s",
    );
    line("trains again after a drag", milliseconds(await drags(browser)), "300 ms");
    const { work, between } = await frames(browser);
    line(
      `a frame's work while dragging among 2000 points, median of ${work.length}`,
      milliseconds(work),
      "under 16 ms",
    );
    line("95th percentile", `${quantile(work, 0.95).toFixed(1)} ms`, "under 33 ms");
    line(
      "from frame to frame (the browser shows 60 a second at most), median",
      milliseconds(between),
      "16.7 ms",
    );
    line("95th percentile", `${quantile(between, 0.95).toFixed(1)} ms`, "under 33 ms");
    return [];
  } finally {
    await browser.close();
  }
}

async function opened(browser, hash = "") {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    // times from the navigation on, in the page's own clock
    const look = () => {
      const state = document.querySelector(".accuracy")?.dataset.training;
      if (state !== undefined) globalThis.openedAt ??= performance.now();
      if (state?.endsWith("done")) globalThis.trainedAt ??= performance.now();
      if (globalThis.trainedAt === undefined) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(`${address()}#${hash}`);
  await page.waitForFunction(() => globalThis.trainedAt !== undefined, undefined, { timeout: 120_000 });
  return page;
}

async function opening(browser) {
  const page = await opened(browser);
  const found = await page.evaluate(() => ({
    opened: globalThis.openedAt,
    trained: globalThis.trainedAt,
    accuracy: Number(/[\d.]+/.exec(document.querySelector(".accuracy").innerText)[0]),
  }));
  await page.context().close();
  return found;
}

async function drags(browser) {
  const page = await opened(browser);
  await page.waitForTimeout(3000); // quick reruns have ended
  const times = [];
  for (let i = 0; i < DRAGS; i++)
    times.push(
      await page.evaluate(
        async (key) => {
          const training = () => document.querySelector(".accuracy").dataset.training;
          const before = Number(training().split(" ")[0]);
          const begin = performance.now();
          document
            .querySelector("pal-plane g[data-what=user]")
            .dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey: true }));
          while (!(Number(training().split(" ")[0]) > before && training().endsWith("done")))
            await new Promise((resolve) => requestAnimationFrame(resolve));
          return performance.now() - begin;
        },
        ["ArrowRight", "ArrowLeft"][i % 2],
      ),
    );
  await page.context().close();
  return times;
}

/** A person is dragged, a step every frame, while the worker trains. */
async function frames(browser) {
  const page = await opened(browser, "users=1000&items=1000&answers=20");
  const found = await page.evaluate(async (count) => {
    const handle = document.querySelector("pal-plane g[data-what=user]");
    const { left, top, width, height } = handle.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    handle.setPointerCapture = () => undefined;
    const tell = (type, i) => {
      const [clientX, clientY] = [x + 60 * Math.sin(i / 12), y + 60 * Math.cos(i / 12)];
      handle.dispatchEvent(
        new PointerEvent(type, {
          clientX,
          clientY,
          buttons: 1,
          pointerId: 1,
          pointerType: "mouse",
          bubbles: true,
        }),
      );
    };
    tell("pointerdown", 0);
    const [work, between] = [[], []];
    const { port1, port2 } = new MessageChannel();
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(() => resolve(performance.now())));
    // asked for before the page asks, so that it comes first in its frame
    let frame = nextFrame();
    let last;
    for (let i = 1; i <= count; i++) {
      const start = await frame;
      frame = nextFrame();
      if (last !== undefined) between.push(start - last);
      last = start;
      tell("pointermove", i);
      // a message that is sent in a frame comes when the frame has been drawn
      await new Promise((resolve) => {
        port1.onmessage = resolve;
        port2.postMessage(undefined);
      });
      work.push(performance.now() - start);
    }
    tell("pointerup", count);
    return { work, between };
  }, FRAMES);
  await page.context().close();
  return found;
}

const quantile = (values, share) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))];
const seconds = (values) => `${(quantile(values, 0.5) / 1000).toFixed(2)} s`;
const milliseconds = (values) => `${quantile(values, 0.5).toFixed(1)} ms`;
