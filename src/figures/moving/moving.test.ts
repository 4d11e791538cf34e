import { JSDOM } from "jsdom";
import { expect, test, vi, afterEach } from "vitest";
import { contrast, parsed } from "../fixtures/contrast.js";
import { twoPoints } from "./fixtures/two-points.js";
import {
  checkMoving,
  MOVING_COLORS,
  MOVING_SCRIPT,
  movingIn,
  movingMarkup,
  movingOutput,
  type Moving,
} from "./index.js";

afterEach(() => void vi.useRealTimers());

/** The picture in a page in which the script has run. @param calm whether less motion was asked for */
function opened(
  moving: Moving,
  calm = false,
): { readonly figure: HTMLElement; readonly window: JSDOM["window"] } {
  const { window } = new JSDOM(`<body>${movingMarkup(moving)}</body>`, { runScripts: "outside-only" });
  Object.assign(window, { matchMedia: () => ({ matches: calm, addEventListener: () => undefined }) });
  Object.assign(window, { setInterval: (...all: Parameters<typeof setInterval>) => setInterval(...all) });
  Object.assign(window, { clearInterval: (timer: NodeJS.Timeout) => clearInterval(timer) });
  window.eval(MOVING_SCRIPT);
  return { figure: window.document.querySelector("figure") as HTMLElement, window };
}

const part = <E extends HTMLElement>(figure: HTMLElement, selector: string): E =>
  figure.querySelector(selector) as E;
const places = (figure: HTMLElement): (string | null)[] =>
  [...figure.querySelectorAll("g.points > *")].map((point) => point.getAttribute("transform"));
const press = (figure: HTMLElement, does: string): void => part(figure, `[data-does=${does}]`).click();
const said = (figure: HTMLElement): string | null => part(figure, ".said").textContent;

test("markup has the data of all frames once, in four letters a point, and is the same each time", () => {
  const markup = movingOutput(twoPoints());
  expect(movingOutput(twoPoints())).toBe(markup);
  expect(markup.split('pal-moving-data">')).toHaveLength(2);
  const data = new JSDOM(markup).window.document.querySelector(".pal-moving-data")?.textContent ?? "";
  const { points } = JSON.parse(data) as { points: [string, number, string, number, string][] };
  expect(points.map(([, , , count, letters]) => [count, letters.length])).toEqual([
    [2, 3 * 2 * 4],
    [1, 4],
  ]);
});

test("what is in the markup is read back, to a thousandth of an axis", () => {
  const read = movingIn(movingOutput(twoPoints()));
  expect(read?.frames).toEqual(twoPoints().frames);
  const flat = (moving: Moving | undefined): number[] =>
    moving?.points.flatMap(({ frames }) => frames.flat(2)) ?? [];
  flat(twoPoints()).forEach((value, i) => expect(Math.abs(flat(read)[i] - value)).toBeLessThan(0.002));
  expect(movingIn("<p>no picture</p>")).toBeUndefined();
  expect(movingIn(movingOutput(twoPoints()).replaceAll('"dot"', '"rocket"'))).toBeUndefined();
});

test("without scripts the last frame stands there, controls do not, and texts are texts", () => {
  const { document } = new JSDOM(movingMarkup(twoPoints())).window;
  expect(document.querySelector(".controls")?.hasAttribute("hidden")).toBe(true);
  expect(document.querySelector(".said")?.textContent).toBe("Epoch 3: 1 apart");
  // the plot is 420 by 320 from (56, 12): x = 1/3 is near 56 + 420 * 2/3, y = 0.5 near 12 + 320 / 4
  expect(places(document.body)[1]).toBe("translate(335.9 92.1)");
  expect(document.querySelectorAll("b, img")).toHaveLength(0);
  expect(document.querySelector("figure")?.getAttribute("aria-label")).toBe(twoPoints().title);
});

test("steps and the slider move the points, and say where one is", () => {
  const { figure, window } = opened(twoPoints());
  expect(part(figure, ".controls").hidden).toBe(false);
  press(figure, "on");
  expect(said(figure)).toBe("Epoch 3: 1 apart");
  press(figure, "back");
  expect(said(figure)).toBe("Epoch 2: 2 apart");
  const slider = part<HTMLInputElement>(figure, "input[type=range]");
  slider.value = "0";
  slider.dispatchEvent(new window.Event("input"));
  expect(said(figure)).toBe("Epoch 1: 3 apart");
  expect(slider.getAttribute("aria-valuetext")).toBe("epoch 1");
  expect(part(figure, ".plot").getAttribute("aria-label")).toContain("Epoch 1: 3 apart");
  const [left, right, still] = places(figure);
  expect([left, right]).toEqual(["translate(56.0 171.9)", "translate(476.0 92.1)"]);
  expect(still).toBe("translate(266.2 171.9)");
  for (const control of figure.querySelectorAll("button, input"))
    expect(control.getAttribute("aria-label") ?? control.textContent).not.toBe("");
});

test("plays from the first frame to the last when asked, never by itself, and stops", () => {
  vi.useFakeTimers();
  const { figure } = opened(twoPoints());
  vi.advanceTimersByTime(5000);
  expect(said(figure)).toBe("Epoch 3: 1 apart");
  press(figure, "play");
  expect(said(figure)).toBe("Epoch 1: 3 apart");
  vi.advanceTimersByTime(450);
  expect(said(figure)).toBe("Epoch 2: 2 apart");
  expect(part(figure, "[data-does=play]").textContent).toBe("Stop");
  vi.advanceTimersByTime(450);
  expect(said(figure)).toBe("Epoch 3: 1 apart");
  expect(part(figure, "[data-does=play]").textContent).toBe("Play");
  expect(vi.getTimerCount()).toBe(0);
});

test("who asked for less motion gets steps and the slider, and nothing that plays", () => {
  const { figure } = opened(twoPoints(), true);
  expect(part(figure, "[data-does=play]").hidden).toBe(true);
  press(figure, "back");
  expect(said(figure)).toBe("Epoch 2: 2 apart");
  expect(movingMarkup(twoPoints())).not.toMatch(/transition|animat/);
});

test("every colour has 3 : 1 on its ground", () => {
  for (const color of MOVING_COLORS.light)
    expect(contrast(parsed(color), parsed("#ffffff"))).toBeGreaterThan(3);
  for (const color of MOVING_COLORS.dark)
    expect(contrast(parsed(color), parsed("#16181b"))).toBeGreaterThan(3);
});

test.each<[string, (moving: Moving) => unknown, string]>([
  ["no picture", () => undefined, "show: picture must be a moving picture"],
  ["one frame", (m) => ({ ...m, frames: m.frames.slice(0, 1) }), "picture: frames must be 2 to 60, got 1"],
  [
    "frames without points",
    (m) => ({ ...m, points: [{ ...m.points[0], frames: m.points[0].frames.slice(1) }] }),
    "points[0].frames must have the points of 3 frames, or of one where they stand still, got 2",
  ],
  [
    "points that come and go",
    (m) => ({
      ...m,
      points: [
        {
          ...m.points[0],
          frames: [
            [[0, 0]],
            [
              [0, 0],
              [1, 1],
            ],
            [[0, 0]],
          ],
        },
      ],
    }),
    "points[0].frames must have as many points each, got 1 at first and 2 in frame 1",
  ],
  [
    "no number",
    (m) => ({ ...m, points: [{ ...m.points[0], frames: [[[0, NaN]]] }] }),
    "points[0].frames[0] must hold finite points [x, y]",
  ],
  [
    "an axis turned round",
    (m) => ({ ...m, x: { ...m.x, range: [1, 0] } }),
    "x.range must be two numbers, the lower first",
  ],
  ["an unknown key", (m) => ({ ...m, speed: 3 }), "speed"],
])("refuses %s", (_, change, words) => {
  expect(() => checkMoving("show: picture", change(twoPoints()))).toThrow(words);
});
