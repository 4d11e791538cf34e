import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { compareCommitted } from "./compare-committed.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pal-lab-compare-"));
  for (const name of ["committed", "computed"]) mkdirSync(join(folder, name));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(side: "committed" | "computed", id: string, accuracy = "0.75"): void {
  for (const end of [".json", ".record.json", ".csv"])
    writeFileSync(join(folder, side, id + end), `{ "accuracy": ${accuracy} }\n`);
}

const POLIS = { name: "polis", figures: ["polis-held-out"] };
const CALIBRATIONS = {
  name: "calibrations",
  figures: ["choose-k-recovery", "heterogeneity-test-calibration"],
};

async function compare(
  isAll: boolean,
  notRun = [CALIBRATIONS, POLIS],
): Promise<{ count: number; said: string }> {
  let said = "";
  const sink = { write: (text: string) => (said += text) };
  const places = {
    ...{ figures: join(folder, "computed"), committed: join(folder, "committed"), isAll, notRun },
  };
  const terminal = { out: sink, error: sink, signal: new AbortController().signal };
  const count = await compareCommitted([], places, terminal);
  return { count, said: said.replaceAll(folder, "") };
}

describe("figures that are committed and that a run did not make", () => {
  beforeEach(() => {
    write("committed", "pick-a-filter");
    write("committed", "polis-held-out");
    write("committed", "choose-k-recovery");
  });

  test("of a study that was not run: no difference, and a line with the command", async () => {
    write("computed", "pick-a-filter");
    expect(await compare(true)).toEqual({
      count: 0,
      said:
        'not compared: 6 figure files of calibrations and polis ("npm run reproduce -- --check calibrations polis" compares them)\n' +
        "3 figure files compared; 0 notebooks and files differ\n",
    });
  });

  test("of a study that was run: each is a difference", async () => {
    write("computed", "pick-a-filter");
    const { count, said } = await compare(true, [CALIBRATIONS]);
    expect(count).toBe(3);
    expect(said).toContain("/committed/polis-held-out.csv: nothing makes it\n");
    expect(said).toContain("not compared: 3 figure files of calibrations (");
  });

  test("of a notebook, where all ran: a difference; where some ran: a line with the command", async () => {
    expect((await compare(true)).count).toBe(3);
    const { count, said } = await compare(false);
    expect(count).toBe(0);
    expect(said).toContain(
      'not compared: 3 figure files of other notebooks ("npm run reproduce -- --check" compares',
    );
  });

  test("what was made and says something else is a difference", async () => {
    write("computed", "pick-a-filter", "0.5");
    const { count, said } = await compare(true);
    expect(count).toBe(3);
    expect(said).toContain('-{ "accuracy": 0.75 }');
    expect(said).toContain('+{ "accuracy": 0.5 }');
  });
});
