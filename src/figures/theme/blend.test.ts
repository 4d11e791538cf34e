import { expect, test } from "vitest";
import { blend } from "./blend.js";

test("a single colour, and weight on one of several, is that colour", () => {
  expect(blend(["#E69F00"], [0.3])).toBe("#E69F00");
  expect(blend(["#0072B2", "#E69F00", "#009E73"], [0, 2, 0])).toBe("#E69F00");
});

test("halves of black and white are OKLab's middle grey, not that of sRGB", () => {
  // lightness 0.5: linear light 0.5 ** 3 = 0.125, which sRGB writes as 1.055 * 0.125 ** (1 / 2.4) - 0.055 = 0.3886 = 99 / 255
  expect(blend(["#000000", "#FFFFFF"], [1, 1])).toBe("#636363");
});

test("blue and yellow halves, as other programs mix them in OKLab", () => {
  // Chromium: color-mix(in oklab, blue, yellow), and of the colours of prototypes 1 and 2 below
  expect(blend(["#0000FF", "#FFFF00"], [1, 1])).toBe("#6CABC7");
});

test("weights need not sum to 1, their order and scale do not matter", () => {
  const colors = ["#0072B2", "#E69F00", "#009E73"];
  expect(blend(colors, [1, 2, 3])).toBe(blend(colors, [0.1, 0.2, 0.3]));
  expect(blend([...colors].reverse(), [3, 2, 1])).toBe(blend(colors, [1, 2, 3]));
});

test.each<[readonly string[], readonly number[], RegExp]>([
  [["#0072B2"], [], /a weight >= 0 for each colour, .*got 1 colours/],
  [["#0072B2", "#E69F00"], [1, -1], /weights 1, -1/],
  [["#0072B2"], [0], /one above 0/],
  [["blue"], [1], /colours must be "#rrggbb", got "blue"/],
])("%j by %j is refused by name", (colors, weights, words) => {
  expect(() => blend(colors, weights)).toThrow(words);
});

test("halves of the first two prototypes' colours", () => {
  expect(blend(["#0072B2", "#E69F00"], [1, 1])).toBe("#8B8F81");
});
