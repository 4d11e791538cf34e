import { afterAll, expect, test } from "vitest";
import { accuracyFigure, panelFigure } from "./fixtures/sample-figures.js";
import { disposeRenderer, show } from "./index.js";
import type { Picture } from "./index.js";

afterAll(disposeRenderer);

test("outside a notebook it prints one line", async () => {
  const lines: string[] = [];
  await show({ ...accuracyFigure(), alt: "Two\nlines." }, { print: (line) => lines.push(line) });
  expect(lines).toEqual(["figure simulation-accuracy-vs-k: Two lines.\n"]);
});

test.each([accuracyFigure(), panelFigure()])("shows $id as a small picture with its alt text", async (figure) => {
  const pictures: Picture[] = [];
  await show(figure, { display: (picture) => pictures.push(picture) });
  expect(pictures).toHaveLength(1);
  expect(pictures[0].png.byteLength).toBeLessThan(120_000);
  expect(pictures[0]).toMatchObject({ alt: figure.alt, width: figure.layout.width, height: 440 });
});

test("finds the display of the kernel that runs it", async () => {
  const shown: Uint8Array[] = [];
  const tslab = { display: { png: (bytes: Uint8Array) => shown.push(bytes) } };
  const holder = globalThis as { __tslab__?: object };
  holder.__tslab__ = { require: (id: string) => (id === "tslab" ? tslab : undefined) };
  try {
    await show(accuracyFigure());
  } finally {
    delete holder.__tslab__;
  }
  expect(Buffer.from(shown[0]).subarray(1, 4).toString()).toBe("PNG");
});
