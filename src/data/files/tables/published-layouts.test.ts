import { describe, expect, test } from "vitest";
import { failure, load } from "../fixtures/load-text.js";

const lines = (...rows: readonly object[]): string => rows.map((row) => JSON.stringify(row)).join("\n");
const chat = (...texts: readonly string[]): object[] =>
  texts.map((content, i) => ({ role: i % 2 === 0 ? "user" : "assistant", content }));

describe("small files in the layouts of published data", () => {
  test("TRL: chosen and rejected as lists of messages, of which the last counts, as texts", async () => {
    const { data, summary } = await load(
      "t.jsonl",
      lines(
        { annotator: "a", prompt: "Hi?", chosen: chat("Hi?", "Good day"), rejected: chat("Hi?", "Go away") },
        { annotator: "b", prompt: "Hi?", chosen: chat("Hi?", "Go away"), rejected: chat("Hi?", "Good day") },
      ),
    );
    expect(data.items.text?.toSorted()).toEqual(["Go away", "Good day"]);
    expect(summary).toMatchObject({ kind: "comparisons", users: 2, described: { items: "texts" } });
    const preferred = Array.from(
      data.label,
      (label, row) => data.items.ids[label > 0 ? data.right[row] : data.left[row]],
    );
    expect(preferred).toEqual(["Good day", "Go away"]);
  });

  test("messages in parts", async () => {
    const parts = (text: string): object[] => [{ role: "assistant", content: [{ type: "text", text }] }];
    const { data } = await load("t.jsonl", lines({ user: "a", chosen: parts("yes"), rejected: parts("no") }));
    expect(data.items.ids.toSorted()).toEqual(["no", "yes"]);
  });

  test("Arena: two models, the winner by side, the judge as user; texts of conversations are not the items", async () => {
    const { data, summary } = await load(
      "t.jsonl",
      lines(
        ...["model_a", "model_b", "tie (bothbad)"].map((winner, i) => ({
          ...{ question_id: `q${i}`, model_a: "m", model_b: "n", winner, judge: "j" },
          ...{ conversation_a: chat("p", "x"), conversation_b: chat("p", "y"), turn: 1, language: "English" },
        })),
      ),
    );
    expect([...data.label]).toEqual([-1, 1]);
    expect(summary).toMatchObject({
      ties: { count: 1 },
      items: 2,
      columns: { names: { user: "judge", context: "question_id" } },
    });
  });

  test("SHP: labels = 1 means A; one person stands for all where no column names users", async () => {
    const row = { history: "post", human_ref_A: "an answer", human_ref_B: "another", score_A: 3, score_B: 9 };
    const text = lines({ ...row, labels: 1 }, { ...row, labels: 0 });
    const { data, summary } = await load("t.jsonl", text, { user: "readers" });
    expect([...data.label]).toEqual([-1, 1]);
    expect(data.users).toEqual(["readers"]);
    expect(summary.options.by).toBe("readers");
    expect((await failure(load("t.jsonl", text))).message).toContain(
      'user: "NAME" where one person gave all answers',
    );
  });

  test("UltraFeedback: the completions of an instruction by their scores", async () => {
    const completion = (model: string, overall_score: number): object => ({
      model,
      response: `${model}'s`,
      overall_score,
    });
    const { data, summary } = await load(
      "t.jsonl",
      lines({
        ...{ source: "s", instruction: "do it", models: ["m", "n", "o"] },
        completions: [completion("m", 6), completion("n", 8.5), completion("o", 6)],
      }),
    );
    expect(summary).toMatchObject({ kind: "ratings", rows: 1, judgements: 1, ties: { count: 1 }, users: 1 });
    expect(data.label.length).toBe(2);
    expect(summary.notes.join()).toContain("the 3 completions of 1 instructions are read one by one");
  });

  test("PRISM: models that are rated within an interaction", async () => {
    const said = (user: string, turn: number, model: string, score: number): object => ({
      ...{
        utterance_id: `${user}${turn}${model}`,
        interaction_id: `i${user}${turn}`,
        conversation_id: "c",
        user_id: user,
      },
      ...{ turn, model_name: model, model_response: "text", score, if_chosen: score > 50 },
    });
    const { data, summary } = await load(
      "t.jsonl",
      lines(said("u1", 0, "m", 80), said("u1", 0, "n", 20), said("u2", 0, "m", 1), said("u2", 0, "n", 100)),
    );
    expect(summary).toMatchObject({ kind: "ratings", judgements: 2, items: 2, contexts: 2 });
    expect(
      Array.from(data.label, (label, row) => data.items.ids[label > 0 ? data.right[row] : data.left[row]]),
    ).toEqual(["m", "n"]);
  });

  test("Tournesol: grades from -10 to 10, criteria as contexts", async () => {
    const text =
      "public_username,video_a,video_b,criteria,score,weight\nann,v1,v2,largely_recommended,-10,1\nann,v1,v2,reliability,3.5,1\nbob,v2,v3,reliability,0,1\n";
    const { data, summary } = await load("t.csv", text);
    expect([...data.label]).toEqual([-1, 1]);
    expect(summary).toMatchObject({ contexts: 2, ties: { count: 1 }, options: { scale: "-10..10" } });
  });
});

describe("the matrix of votes of Polis", () => {
  const HEAD = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2\n";

  test("each filled cell is a vote", async () => {
    const { data, summary } = await load("t.csv", `${HEAD}7,0,1,3,1,1,1,-1,0\n8,,0,1,1,0,,1,\n`);
    expect(data.users).toEqual(["7", "8"]);
    expect(data.groups).toEqual(["0", ""]);
    expect(
      Array.from(data.label, (label, row) => [data.contexts?.ids[data.context?.[row] ?? -1], label]),
    ).toEqual([
      ["0", 1],
      ["1", -1],
      ["1", 1],
    ]);
    expect(summary).toMatchObject({ kind: "votes", rows: 2, ties: { count: 1 } });
  });

  test("a cell that is no vote is an error with its line", async () => {
    expect((await failure(load("t.csv", `${HEAD}7,0,1,3,1,1,1,2,0\n`))).message).toContain(
      't.csv:2 (column 1): a vote must be 1 (agree), -1 (disagree) or 0 (pass), got "2"',
    );
  });
});
