import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import { compose, mapBox, parseTransform } from "./affine.js";
import { drawnBox, textBox, textWidth } from "./svg-boxes.js";

// every letter is half its font size wide
const measure = (text: string, font: string): number => (text.length * Number.parseFloat(font.split(" ").at(-1) ?? "")) / 2; // prettier-ignore

function element(markup: string, id: string): Element {
  const { document } = new JSDOM(`<svg xmlns="http://www.w3.org/2000/svg">${markup}</svg>`).window;
  const found = document.getElementById(id);
  if (found === null) throw new Error(`no ${id}`);
  return found;
}

describe("textBox", () => {
  test("anchors in the middle and adds up lines", () => {
    const text = element(
      '<text id="t" x="100" y="50" text-anchor="middle" style="font-size: 10px"><tspan class="line" dy="0em" x="100" y="50">abcd</tspan><tspan class="line" dy="1.3em" x="100" y="50">ab</tspan></text>',
      "t",
    );
    const box = textBox(text, measure);
    // first line: 20 px around 100; top = 50 - 0.905 * 10; second line's bottom = 50 + 13 + 0.212 * 10
    expect([box.x, box.width]).toEqual([90, 20]);
    expect(box.y).toBeCloseTo(40.95, 10);
    expect(box.y + box.height).toBeCloseTo(65.12, 10);
  });

  test("a superscript of 70 % is that much narrower", () => {
    const markup = '<text id="t" style="font-size: 10px">ab<tspan style="font-size: 70%">2</tspan></text>';
    expect(textWidth(element(markup, "t"), measure)).toBeCloseTo(10 + 3.5, 10);
  });
});

describe("drawnBox", () => {
  test("applies the transforms of the element and of what is around it", () => {
    const markup =
      '<g transform="translate(10,20)"><rect id="r" x="0" y="0" width="4" height="2" transform="rotate(90)"/></g>';
    const box = drawnBox(element(markup, "r"), measure);
    // turned by 90 degrees, (4, 2) is at (-2, 4)
    expect(box?.x).toBeCloseTo(8, 10);
    expect(box?.y).toBeCloseTo(20, 10);
    expect(box?.width).toBeCloseTo(2, 10);
    expect(box?.height).toBeCloseTo(4, 10);
  });

  test("a group is as big as what is drawn in it, clip paths apart", () => {
    const markup =
      '<g id="g"><path d="M0,5H10V7L3,1"/><circle cx="-3" cy="0" r="1"/><clipPath><rect width="99" height="99"/></clipPath></g>';
    expect(drawnBox(element(markup, "g"), measure)).toEqual({ x: -4, y: -1, width: 14, height: 8 });
  });
});

test("rotation about a point leaves the point where it is", () => {
  const box = mapBox(parseTransform("rotate(30, 5, 7)"), { x: 5, y: 7, width: 0, height: 0 });
  expect(box.x).toBeCloseTo(5, 10);
  expect(box.y).toBeCloseTo(7, 10);
});

test("scaling keeps the box's shape", () => {
  expect(mapBox(parseTransform("scale(2)"), { x: 1, y: 2, width: 3, height: 4 })).toEqual({
    ...{ x: 2, y: 4, width: 6, height: 8 },
  });
  expect(compose(parseTransform("translate(1 2)"), parseTransform("scale(2,3)"))).toEqual([2, 0, 0, 3, 1, 2]);
});
