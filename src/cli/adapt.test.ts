import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runCommand } from "./fixtures/run-command.js";

const folder = mkdtempSync(join(tmpdir(), "pal-lab-adapt-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

test("adapt keeps the training's coding, says it, and adds the user to the model; score knows them", async () => {
  const rows = Array.from({ length: 12 }, (_, user) =>
    ["s", "t", "u"].map(
      (statement, i) => `user-${user},${statement},${i === 2 ? 0 : user % 2 === i ? 1 : -1}`,
    ),
  );
  const table = file(
    "votes.csv",
    `user,statement,vote\n${rows.flat().join("\n")}\nuser-0,v,1\nuser-1,v,-1\n`,
  );
  const [model, saved] = [join(folder, "m.safetensors"), join(folder, "n.safetensors")];
  const train = [
    "train",
    table,
    "--model",
    "pal-b",
    "--k",
    "2",
    "--dimension",
    "2",
    "--epochs",
    "40",
    "--out",
    model,
  ];
  expect((await runCommand(train)).code).toBe(0);

  // of 0 and 1 alone 0 would be disagreement; in the training it was a pass
  const own = file("own.csv", "user,statement,vote\nzoe,s,1\nzoe,t,0\nzoe,v,1\n");
  const adapted = await runCommand(["adapt", model, own, "--user", "zoe", "--save", saved]);
  expect(adapted).toMatchObject({ code: 0, error: expect.stringContaining("the model with zoe") });
  const { weights, comparisons, coding } = JSON.parse(adapted.out) as {
    readonly weights: number[];
    readonly comparisons: number;
    readonly coding: string;
  };
  expect({ comparisons, coding }).toEqual({ comparisons: 2, coding: "1 agree, -1 disagree, 0 pass" });

  const pairs = file("pairs.csv", "statement\ns\nt\nv\n");
  const scored = await runCommand(["score", saved, pairs, "--user", "zoe", "--json"]);
  expect(scored.error).toContain("were coded: 1 agree, -1 disagree, 0 pass");
  const byWeights = await runCommand(["score", model, pairs, "--weights", weights.join(","), "--json"]);
  (JSON.parse(scored.out) as number[]).forEach((p, i) =>
    expect(p).toBeCloseTo((JSON.parse(byWeights.out) as number[])[i], 4),
  );
  const again = await runCommand(["adapt", saved, own, "--user", "zoe", "--save", saved]);
  expect(again).toMatchObject({ code: 2, error: expect.stringContaining('has a user "zoe" already') });
  const unknown = await runCommand(["score", model, pairs, "--user", "zoe"]);
  expect(unknown).toMatchObject({
    code: 2,
    error: expect.stringContaining("THEIR-ANSWERS --user zoe --save"),
  });
  const other = file("other.csv", "user,statement,vote\nzoe,s,yes\n");
  expect((await runCommand(["adapt", model, other, "--user", "zoe"])).error).toContain(
    '"yes" is not in the coding of the training (1 agree, -1 disagree, 0 pass)',
  );
});

test("score warns of items that were not in training, whose texts alone are known", async () => {
  const table = file(
    "t.csv",
    "user,left,right,label\na,Carbon tax,Coal ban,left\nb,Coal ban,Carbon tax,right\na,Coal ban,Wind farm,left\n",
  );
  const model = join(folder, "t.safetensors");
  const train = [
    "train",
    table,
    "--model",
    "bradley-terry",
    "--epochs",
    "5",
    "--encoder",
    "hash",
    "--out",
    model,
  ];
  expect((await runCommand(train)).code).toBe(0);
  const pairs = file("new.csv", "left,right\nCarbon tax,Nuclear power\n");
  const scored = await runCommand(["score", model, pairs, "--encoder", "hash"]);
  expect(scored).toMatchObject({
    code: 0,
    error: expect.stringContaining('warning: 1 items were not in training, such as "Nuclear power"'),
  });
});

test("a hint is in the words of the command line", async () => {
  const table = file("l.csv", "user,left,right,label\na,x,y,0\nb,y,x,30\nc,y,x,100\n");
  const described = await runCommand(["data", "describe", table]);
  expect(described.code).toBe(2);
  expect(described.error).toContain(
    "--labels left=… --labels right=… --labels tie=…, or --scale 1..7 of grades",
  );
  expect(described.error).not.toContain("labels: {");
  const read = await runCommand([
    "data",
    "describe",
    table,
    "--scale",
    "0..100",
    "--strength",
    "weight",
    "--json",
  ]);
  expect(JSON.parse(read.out)).toMatchObject({
    options: { scale: "0..100", strength: "weight" },
    answers: 3,
  });
  for (const [flags, message] of [
    [["--scale", "7"], "--scale must be FROM..TO, such as 1..7"],
    [["--pairs", "some"], "--pairs must be all, adjacent or stages"],
    [["--labels", "left"], "--labels must be MEANING=VALUE, such as left=A"],
    [["--texts", "--ids"], "--texts and --ids exclude each other"],
  ] as const)
    expect((await runCommand(["data", "describe", table, ...flags])).error).toContain(message);
});

test("train warns of a latent that so many answers cannot inform, and trains", async () => {
  const votes = ["ann", "bob"].flatMap((user, i) =>
    ["s", "t", "u"].map((statement, j) => `${user},${statement},${(i + j) % 2 === 0 ? 1 : -1}`),
  );
  const table = file("few.csv", `user,statement,vote\n${votes.join("\n")}\n`);
  const out = join(folder, "few.safetensors");
  const train = ["train", table, "--model", "vpl", "--dimension", "6", "--epochs", "1", "--out", out];
  const { code, error } = await runCommand(train);
  expect(code).toBe(0);
  expect(error).toContain("pal-lab: warning: Vpl: contextSize is 8, but no user has so many answers");
  expect(error).toContain("pal-lab: warning: Vpl: latentDimension is 6, more than 1 answers");
});
