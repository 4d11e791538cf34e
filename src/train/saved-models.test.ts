import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadEngine } from "../engine/index.js";
import { smallWorld } from "../families/fixtures/index.js";
import { decodeModel } from "./index.js";

const folder = new URL("fixtures/saved-by-0.1.0/", import.meta.url);
const SAVED = JSON.parse(readFileSync(new URL("scores.json", folder), "utf8")) as {
  readonly [name: string]: {
    readonly world: Parameters<typeof smallWorld>[0];
    readonly scores: readonly number[];
  };
};

describe("models that version 0.1.0 saved", () => {
  test.each(Object.entries(SAVED))(
    "%s loads, scores the same bits, and saves the same bytes",
    async (name, saved) => {
      const bytes = new Uint8Array(readFileSync(new URL(`${name}.safetensors`, folder)));
      const fitted = decodeModel(bytes, await loadEngine(), name);
      expect([...fitted.scoresOf(smallWorld(saved.world, 7))]).toEqual(saved.scores);
      expect(fitted.save()).toEqual(bytes);
    },
  );
});
