import { expect, test } from "vitest";
import type { InputError } from "../../../core/index.js";
import { failure, load } from "../fixtures/load-text.js";

test.each([
  ["winner_model_a", [1, 0]],
  ["a_wins", [1, 0]],
  ["left_preferred", ["true", "false"]],
  ["is_a_better", [1, 0]],
  ["winner_model_b", [0, 1]],
  ["right_preferred", [0, 1]],
])("a column %s says that its side won where it is 1", async (name, [x, y]) => {
  const { data, summary } = await load("t.csv", `user,model_a,model_b,${name}\nu,x,y,${x}\nu,x,z,${y}\n`);
  expect([...data.label]).toEqual([-1, 1]);
  expect(summary.coding).toContain(name);
});

const ARENA =
  "user,model_a,model_b,winner_model_a,winner_model_b,winner_tie\nu,x,y,1,0,0\nu,x,z,0,1,0\nv,x,y,0,0,1\n";

test("one-hot winners are read, with the tie", async () => {
  const { data, summary } = await load("t.csv", ARENA);
  expect([...data.label]).toEqual([-1, 1]);
  expect(summary.ties.count).toBe(1);
});

test("two winners in a row are an error with its line", async () => {
  expect((await failure(load("t.csv", ARENA.replace("0,0,1", "1,0,1")))).message).toContain(
    "t.csv:4 (column winner_model_a): exactly one of",
  );
});

test("SHP's labels: 1 is A", async () => {
  const { data } = await load("t.csv", "user,human_ref_A,human_ref_B,labels\nu,x,y,1\nu,x,z,0\n", {
    columns: { left: "human_ref_A", right: "human_ref_B", label: "labels" },
  });
  expect([...data.label]).toEqual([-1, 1]);
});

test("what may be comparisons or votes is asked, and either answer is taken", async () => {
  const text = "user,id_1,id_2,statement,vote\nu,2,3,s,1\nu,4,5,t,-1\n";
  const asked = (await failure(load("t.csv", text))) as InputError;
  expect(asked.message).toContain('say which: format: "comparisons" or format: "votes"');
  expect(asked.onCommandLine).toContain("say which: --format comparisons or --format votes");
  expect((await load("t.csv", text, { columns: { vote: "vote" } })).summary.kind).toBe("votes");
  expect((await load("t.csv", text, { columns: { left: "id_1", right: "id_2" } })).summary.kind).toBe(
    "comparisons",
  );
});
