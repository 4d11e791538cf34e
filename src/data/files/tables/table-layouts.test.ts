import { describe, expect, test } from "vitest";
import { failure, load } from "../fixtures/load-text.js";

const VOTES = "a,s,1\na,t,-1\nb,s,-1\nb,t,1\n";
const PLAIN = `user,statement,vote\n${VOTES}`;

describe("what spreadsheets and survey tools put around a table changes nothing in it", () => {
  test.each([
    ["a line sep=", `sep=;\n${PLAIN.replaceAll(",", ";")}`],
    [
      "commas in the header of a table with tabs",
      `user (id, as given)\tstatement\tvote\n${VOTES.replaceAll(",", "\t")}`,
    ],
    [
      "commas in the header of a table with semicolons",
      `user (id, as given);statement (a, b);vote (1, -1, 0)\n${VOTES.replaceAll(",", ";")}`,
    ],
    ["rows without a value", `user,statement,vote\na,s,1\n,,\na,t,-1\nb,s,-1\nb,t,1\n,,\n`],
    ["commas at the end of rows", `user,statement,vote\n${VOTES.replaceAll("\n", ",\n")}`],
    ["commas at the end of all lines", PLAIN.replaceAll("\n", ",\n")],
    ["lines of text above the header", `"Survey export of 3 May"\n"Project: test"\n\n${PLAIN}`],
    [
      "Qualtrics's headers",
      `user,statement,vote\nWho?,Which?,How?\n"{""ImportId"":""1""}","{""ImportId"":""2""}","{""ImportId"":""3""}"\n${VOTES}`,
    ],
  ])("%s", async (_, text) => {
    const plain = (await load("t.csv", PLAIN)).data;
    const { data } = await load("t.csv", text);
    expect({ users: data.users, contexts: data.contexts?.ids }).toEqual({
      users: plain.users,
      contexts: plain.contexts?.ids,
    });
    expect([data.user, data.context, data.label]).toEqual([plain.user, plain.context, plain.label]);
  });

  test("what was left out is said", async () => {
    const { summary } = await load("t.csv", `Survey export\n\n${PLAIN}`);
    expect(summary.notes.join()).toContain("the header is line 3");
  });

  test("a row that is longer by a value is damaged, not trimmed", async () => {
    expect((await failure(load("t.csv", "user,statement,vote\na,s,1\nb,s,1,x\n"))).message).toContain(
      "t.csv:3: has 4 fields",
    );
  });
});

describe("ids keep what they say", () => {
  test.each(["1234567890123456781", "-9007199254740993"])("digits beyond 2^53: %s", async (id) => {
    const text = `{"user":${id},"statement":"a \\"1234567890123456789\\"","vote":1}\n{"user":${id.slice(0, -1)}9,"statement":"s","vote":-1}\n`;
    const { data } = await load("t.jsonl", text);
    expect(data.users).toEqual([id, `${id.slice(0, -1)}9`]);
    expect(data.contexts?.ids[0]).toBe('a "1234567890123456789"');
  });

  test("a spreadsheet's shortened ids are warned of", async () => {
    const { summary } = await load("t.csv", "user,statement,vote\n1.23457E+17,s,1\n1.23457E+17,t,-1\n");
    expect(summary.warnings.join()).toContain("a spreadsheet has shortened (1.23457E+17)");
  });

  test.each(["NA", "nan", "#N/A", "N/A", "null"])("%s is no user and no vote", async (missing) => {
    const { data, summary } = await load(
      "t.csv",
      `user,statement,vote\n${missing},s,1\na,s,${missing}\na,t,1\nb,s,-1\n`,
    );
    expect(data.users).toEqual(["a", "b"]);
    expect(summary).toMatchObject({ rows: 4, answers: 2, unanswered: 1 });
    expect(summary.notes.join()).toContain('one row says that "user" is missing');
  });
});

describe("the last of several votes", () => {
  const twice = (late: string, early: string, name = "created_at"): string =>
    `user,statement,vote,${name}\na,s,1,${late}\na,s,-1,${early}\nb,s,1,${early}\n`;

  test.each([
    ["2024-03-01T10:00:00Z", "2024-01-01T10:00:00Z", "created_at"],
    ["2024-01-01 10:00:00.5", "2024-01-01 10:00:00", "timestamp"],
    ["2024-01-02", "2024-01-01", "date"],
    ["2024-01-01T10:00:00-02:00", "2024-01-01T11:00:00+00:00", "datetime"],
    ["10", "9", "time"],
  ])("%s is later than %s", async (late, early, name) => {
    const { data, summary } = await load("t.csv", twice(late, early, name));
    expect([...data.label]).toEqual([1, 1]);
    expect(summary.warnings.join()).not.toContain("time column");
  });

  test.each([
    ["yesterday", "today"],
    ["10", ""],
  ])("%s and %s: said, and the order of rows counts", async (late, early) => {
    const { data, summary } = await load("t.csv", twice(late, early));
    expect([...data.label]).toEqual([-1, 1]);
    expect(summary.warnings.join()).toContain('the time column "created_at" cannot be read (line');
  });
});
