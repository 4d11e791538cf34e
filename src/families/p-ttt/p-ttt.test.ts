import { expect, test } from "vitest";
import { loadEngine } from "../../engine/index.js";
import { ENGINES_HERE } from "../../engine/fixtures/engines.js";
import { randomParameters, smallWorld } from "../fixtures/index.js";
import { PTtt, type PTttOptions } from "./p-ttt.js";

test.each<[PTttOptions, string]>([
  [{ updateRate: 0 }, "PTtt: updateRate must be a number > 0, got 0"],
  [{ latentDimension: 0 }, "PTtt: latentDimension must be an integer >= 1, got 0"],
  [{ eta: 1 } as never, 'PTtt: unknown option "eta"'],
])("bad options %j", (options, message) => {
  expect(() => new PTtt(options)).toThrow(message);
});

test.each(ENGINES_HERE)(
  "flipping every label negates what is known of each user, on the %s engine",
  async (name) => {
    const engine = await loadEngine(name);
    const model = new PTtt({ latentDimension: 3 });
    for (const world of [{ items: 4 }, { items: 3, contexts: 2 }, { items: 0 }]) {
      const data = smallWorld(world);
      const parameters = randomParameters(model, data);
      const states = engine.states(model, parameters, data);
      const flipped = { ...data, label: data.label.map((label) => -label) };
      expect(states.some((value) => Math.abs(value) > 0.1)).toBe(true);
      expect([...engine.states(model, parameters, flipped)]).toEqual(Array.from(states, (value) => -value));
    }
  },
);
