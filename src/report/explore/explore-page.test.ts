import { expect, test } from "vitest";
import { believers } from "../../data/worlds/index.js";
import { explore } from "../../evaluate/index.js";
import { explorePage } from "./explore-page.js";

const SAID = "habits of answering (taking the first one), or beliefs about what is judged";

test("people with the same values and two beliefs are two types, and the page says that beliefs may look like taste", async () => {
  const { data, kinds } = believers({ users: 24, comparisonsPerUser: 24, seed: 1, believed: [0, 0.5] });
  const exploration = await explore(data, { seed: 1, permutations: 0, kMax: 2 });
  expect(kinds).toHaveLength(2);
  expect(exploration.choice.k).toBe(2);
  expect(explorePage({ exploration, figures: [] })).toContain(SAID);
  const alike = { ...exploration, choice: { ...exploration.choice, k: 1, kind: "alike" } } as const;
  expect(explorePage({ exploration: alike, figures: [] })).not.toContain(SAID);
});
