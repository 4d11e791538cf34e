import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { FigureRecord } from "../../core/index.js";
import { joinText, readNotebook, writeNotebook } from "../../notebook/index.js";
import { packageFolder } from "../fixtures/package-folder.js";
import { runCommand, type Ran } from "../fixtures/run-command.js";

const folder = packageFolder("pal-lab-notebook-data-");
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]): Promise<Ran> => runCommand(["notebook", ...args]);

test("a new notebook of one's own data loads, explores and draws it, votes or comparisons", async () => {
  // ten of one camp, ten of the other; eleven statements on which they differ, and one that halves both
  const people = Array.from({ length: 20 }, (_, i) => i);
  const votes = people.flatMap((person) =>
    Array.from({ length: 12 }, (_, i) => {
      const agrees = i === 0 ? person % 2 === 0 : i === 11 ? person < 4 : person < 10 === i % 2 > 0;
      return `p${person},"Statement ${i} <b>&",${agrees ? "agree" : "disagree"}`;
    }),
  );
  // a beats b and c, b beats c: shares won 1, 1/2, 0
  const pairs = people.flatMap((person) =>
    ["a,b", "a,c", "b,c", "b,a", "c,b"].map(
      (pair) => `p${person},${pair},${pair < pair.slice(2) ? "left" : "right"}`,
    ),
  );
  mkdirSync(join(folder, "tables"));
  writeFileSync(join(folder, "tables", "votes.csv"), ["user,statement,vote", ...votes].join("\n"));
  writeFileSync(join(folder, "tables", "pairs.csv"), ["user,left,right,label", ...pairs].join("\n"));
  const made: string[] = [];
  for (const kind of ["votes", "pairs"]) {
    const path = join(folder, `my-${kind}.ipynb`);
    expect(await run("new", path, "--data", join(folder, "tables", `${kind}.csv`))).toMatchObject({
      code: 0,
    });
    expect(readFileSync(path, "utf8")).toContain(`const DATA = \\"tables/${kind}.csv\\"`);
    made.push(path);
  }
  // a lesson in all but its exercise
  expect(await run("lint", "--lessons", "--ignore", "lesson-exercise", ...made)).toMatchObject({
    code: 0,
    out: "",
  });
  // of comparisons as far as they are counted: what follows is the same
  const { cells, ...rest } = await readNotebook(made[1]);
  await writeNotebook(made[1], {
    ...rest,
    cells: cells.slice(0, cells.findIndex(({ id }) => id === "shares") + 1),
  });
  expect((await run("run", ...made, "--json")).code).toBe(0);
  const shares = async (path: string): Promise<string> => {
    const shown = (await readNotebook(path)).cells.flatMap((cell) =>
      cell.cell_type === "code" ? cell.outputs : [],
    );
    const texts = shown.map((output) =>
      "data" in output ? joinText((output.data["text/plain"] ?? "") as string) : "",
    );
    return texts.find((text) => text.startsWith("text")) ?? "";
  };
  expect((await shares(made[0])).split("\n").at(-1)).toBe("Statement 11 <b>&       20  0.200");
  expect(await shares(made[1])).toBe(
    "text  answers  share\n----  -------  -----\nb          80  0.500\na          60  1.000\nc          60  0.000",
  );
  const record = readFileSync(join(folder, "out", "figures", "my-votes-dividing.record.json"), "utf8");
  expect((JSON.parse(record) as FigureRecord).claim).toBe("What divides these people most");
  for (const id of ["my-votes-answers", "my-votes-dividing"])
    expect(existsSync(join(folder, "out", "figures", `${id}.svg`)), id).toBe(true);
  expect(await run("new", join(folder, "none.ipynb"), "--data", "none.csv")).toMatchObject({ code: 2 });
  expect(existsSync(join(folder, "none.ipynb"))).toBe(false);
});
