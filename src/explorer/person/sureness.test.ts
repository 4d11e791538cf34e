import { describe, expect, test } from "vitest";
import { randomStream } from "../../core/index.js";
import { surenessOf, surenessWords } from "./sureness.js";

/** The word "sure" where it is not "not sure". */
const SAYS_SURE = /(?<!not )\bsure\b/i;

describe("sure", () => {
  test("never of thirteen answers, whatever they are", () => {
    for (let answers = 0; answers <= 13; answers++) {
      // a forecast is at most 0.999
      const evidence = answers * Math.log(2 * 0.999);
      const words = surenessWords({ answers, evidence, share: 0 });
      expect(words.join(" ")).not.toMatch(SAYS_SURE);
    }
  });

  test("never by a coin, however bold or timid the forecasts and long the interview", () => {
    let sure = 0;
    let leaning = 0;
    const runs = 4000;
    for (let seed = 0; seed < runs; seed++) {
      const rng = randomStream(seed).split("coin");
      const bold = rng.uniform();
      const said = new Set<string>();
      let evidence = 0;
      for (let answers = 1; answers <= 60; answers++) {
        const right = 0.5 + 0.499 * bold * (2 * rng.uniform() - 1);
        evidence += Math.log(2 * (rng.uniform() < 0.5 ? right : 1 - right));
        said.add(surenessOf({ answers, evidence, share: 0 }));
      }
      if (said.has("sure")) sure++;
      if (said.has("leaning")) leaning++;
    }
    expect(sure).toBe(0);
    // Ville: at most one in twenty
    expect(leaning / runs).toBeLessThan(0.05);
  });

  test("of answers that hang together and leave little room, and not of those that leave much", () => {
    const evidence = 20 * Math.log(1.8);
    expect(surenessWords({ answers: 20, evidence, share: 0.1 })[0]).toMatch(/^Sure, on 20 answers/);
    expect(surenessOf({ answers: 20, evidence, share: 0.5 })).toBe("leaning");
    expect(surenessOf({ answers: 20, evidence, share: 0.9 })).toBe("not sure");
    expect(surenessWords({ answers: 20, evidence, share: 0.5 })[0]).toContain("leave too much room");
  });

  test("never of a region that a network says", () => {
    const grounds = { answers: 20, evidence: 20 * Math.log(1.8), share: 0.01, isNetworks: true };
    expect(surenessOf(grounds)).toBe("leaning");
    expect(surenessWords(grounds)[0]).toContain("it claims more than it knows");
  });
});

test("words say which way the evidence lies, and how far", () => {
  const words = (evidence: number): string => surenessWords({ answers: 5, evidence, share: 0.5 })[1];
  expect(words(Math.log(37))).toBe(
    "These answers are 37 times as probable from somebody whom the model foretells as from a coin.",
  );
  expect(words(-Math.log(3.25))).toContain("3.3 times as probable from a coin");
  expect(words(0.1)).toBe("A coin explains these answers as well as the model does.");
  expect(words(50)).toContain("more than a thousand times");
});
