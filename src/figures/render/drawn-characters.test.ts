import { expect, test } from "vitest";
import { foreignCharacters } from "./drawn-characters.js";

const svg = (text: string): string =>
  `<svg><text x="1">${text}</text><text><tspan class="line">${text}</tspan></text></svg>`;

test.each(["Plain, 3 ≥ 2 %", "Ελληνικά", "Русский", "Čeština", "שלום", "a &amp; &#37; b", ""])(
  "%s needs no other font",
  (text) => {
    expect(foreignCharacters(svg(text))).toEqual([]);
  },
);

test.each([
  ["我認為 ok 我", ["我", "認", "為"]],
  ["日本", ["日", "本"]],
  ["أوافق", ["أ", "و", "ا", "ف", "ق"]],
  ["👩‍👧 ✅", ["👩", "👧", "✅"]],
])("%s needs a font that has it", (text, characters) => {
  expect(foreignCharacters(svg(text))).toEqual(characters);
});

test("what is no text is not looked at", () => {
  expect(foreignCharacters('<svg aria-label="我"><title>我</title></svg>')).toEqual([]);
});
