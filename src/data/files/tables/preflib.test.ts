import { describe, expect, test } from "vitest";
import { failure, load } from "../fixtures/load-text.js";

const HEAD = (type: string, voters: number, orders: number): string =>
  `# FILE NAME: t.${type}\n# TITLE: Drinks\n# DATA TYPE: ${type}\n# NUMBER ALTERNATIVES: 3\n# NUMBER VOTERS: ${voters}\n` +
  `# NUMBER UNIQUE ORDERS: ${orders}\n# ALTERNATIVE NAME 1: Tea\n# ALTERNATIVE NAME 2: Mint tea\n# ALTERNATIVE NAME 3: Milk\n`;

describe("PrefLib's formats", () => {
  test.each([
    ["soc", "2: 1,2,3\n1: 3,1,2\n", 3, 2, 9, 0],
    ["soi", "2: 1,2,3\n1: 3,1\n", 3, 2, 7, 0],
    ["toc", "2: 1,{2,3}\n1: {1,2,3}\n", 3, 2, 4, 5],
    ["toi", "2: {1,2}\n1: 3,1\n", 3, 2, 1, 2],
  ] as const)(".%s", async (...given) => {
    const [type, body, voters, orders, answers, ties] = given;
    const { data, summary } = await load(`t.${type}`, HEAD(type, voters, orders) + body);
    expect(summary).toMatchObject({ format: "preflib", kind: "rankings", answers, ties: { count: ties } });
    expect(data.items.ids.every((name) => ["Tea", "Mint tea", "Milk"].includes(name))).toBe(true);
  });

  test(".cat: an earlier category is preferred to a later, within one all are tied", async () => {
    const head = HEAD("cat", 1, 1).replace("UNIQUE ORDERS", "UNIQUE PREFERENCES");
    const { data, summary } = await load(
      "t.cat",
      `${head}# NUMBER CATEGORIES: 3\n# CATEGORY NAME 1: Yes\n1: {2},{},{1,3}\n`,
    );
    const preferred = Array.from(
      data.label,
      (label, row) => data.items.ids[label > 0 ? data.right[row] : data.left[row]],
    );
    expect(preferred).toEqual(["Mint tea", "Mint tea"]);
    expect(summary.ties.count).toBe(1);
  });

  test.each([
    ["soc", "1: 1,2,1\n", 't.soc:10: ranks "Tea" twice'],
    ["soc", "1: 1,2\n", 't.soc:10: .soc holds complete orders, but "Milk" is not ranked'],
    ["soi", "1: 1,{2,3}\n", 't.soi:10: .soi holds strict orders, but "2", "3" are tied'],
    ["soc", "1: 1,2,4\n", 't.soc:10: the alternative "4" is none of the 3 that the header states'],
    ["soc", "2: 1,2,3\n", "its header states 1 voters, but there are 2"],
    ["soc", "1: 1,2,3\n1: 2,1,3\n", "its header states 1 unique orders, but there are 2"],
    ["toc", "1: 1,{2,3\n", 't.toc:10: is no order such as "1,{2,3},4": "1,{2,3"'],
    ["soc", "1,2,3\n", 't.soc:10: must be a count and an order such as "3: 1,{2,3},4"'],
    ["soc", "9999999999: 1,2,3\n", "t.soc:10: the count must be from 1 to"],
    ["soc", "", "t.soc: has no ballots"],
  ])(".%s %j", async (type, body, message) => {
    expect((await failure(load(`t.${type}`, HEAD(type, 1, 1) + body))).message).toContain(message);
  });

  test("a header that contradicts itself", async () => {
    const text = HEAD("soc", 1, 1).replace("ALTERNATIVES: 3", "ALTERNATIVES: 4");
    expect((await failure(load("t.soc", `${text}1: 1,2,3\n`))).message).toContain(
      "its header states 4 alternatives, but names 3",
    );
    const other = HEAD("soi", 1, 1).replace("TYPE: soi", "TYPE: soc");
    expect((await failure(load("t.soi", `${other}1: 1,2,3\n`))).message).toContain(
      "t.soi:3: its header says that it holds .soc, its name ends in .soi: rename the file, or mend the header",
    );
  });
});
