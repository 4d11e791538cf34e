import { expect, test } from "vitest";
import { contrast, parsed, type Rgb } from "../fixtures/contrast.js";
import { GRID, groupColor, INK, kColor, MUTED, prototypeColor } from "../theme/index.js";
import { DARK_PICTURE } from "./dark-picture.js";

/** The filters of the style, by the W3C's Filter Effects: `invert(a)` for each channel, `hue-rotate(d)` as a matrix, both in sRGB. */
const [amount, degrees] = [/invert\(([\d.]+)\)/, /hue-rotate\(([\d.]+)deg\)/].map((form) =>
  Number(form.exec(DARK_PICTURE)?.[1]),
);
function filtered(rgb: Rgb): Rgb {
  const [r, g, b] = rgb.map((value) => amount + value * (1 - 2 * amount));
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const rows = [
    [0.213 + c * 0.787 - s * 0.213, 0.715 - c * 0.715 - s * 0.715, 0.072 - c * 0.072 + s * 0.928],
    [0.213 - c * 0.213 + s * 0.143, 0.715 + c * 0.285 + s * 0.14, 0.072 - c * 0.072 - s * 0.283],
    [0.213 - c * 0.213 - s * 0.787, 0.715 - c * 0.715 + s * 0.715, 0.072 + c * 0.928 + s * 0.072],
  ];
  const [red, green, blue] = rows.map(([x, y, z]) => Math.min(1, Math.max(0, x * r + y * g + z * b)));
  return [red, green, blue];
}

/** Degrees; undefined for greys. */
function hue([r, g, b]: Rgb): number | undefined {
  const [x, y] = [r - (g + b) / 2, (Math.sqrt(3) / 2) * (g - b)];
  return Math.hypot(x, y) < 0.05 ? undefined : (Math.atan2(y, x) * 180) / Math.PI;
}

const WHITE: Rgb = [1, 1, 1];
const numbers = [0, 1, 2, 3, 4, 5, 6, 7];
const COLORS = [
  ...numbers.map(prototypeColor),
  ...numbers.map(groupColor),
  ...numbers.map((k) => kColor(k + 1)),
  ...[INK, MUTED],
];

test("in the dark look every colour of the theme keeps the contrast that it needs, and its hue", () => {
  const ground = filtered(WHITE);
  expect(contrast(ground, [0x16 / 255, 0x18 / 255, 0x1b / 255])).toBeLessThan(1.05);
  for (const color of COLORS) {
    const [light, dark] = [contrast(parsed(color), WHITE), contrast(filtered(parsed(color)), ground)];
    expect(dark, color).toBeGreaterThanOrEqual(Math.min(light, 3));
    if (light >= 4.5) expect(dark, color).toBeGreaterThanOrEqual(4.5);
    const [before, after] = [hue(parsed(color)), hue(filtered(parsed(color)))];
    if (before === undefined || after === undefined) continue;
    const turned = Math.abs(((after - before + 540) % 360) - 180);
    expect(turned, color).toBeLessThan(45);
  }
  expect(GRID).toMatch(/^rgba\(0,0,0/);
});
