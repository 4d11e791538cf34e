import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runCommand, type Ran } from "./fixtures/run-command.js";

const folder = mkdtempSync(join(tmpdir(), "pal-lab-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);

function run(...args: string[]): Promise<Ran> {
  return runCommand([...args]);
}

function file(name: string, text: string): string {
  writeFileSync(at(name), text);
  return at(name);
}

test("simulate, describe, train, score, adapt: from nothing to a new user's probabilities", async () => {
  const simulate = ["--users", "30", "--comparisons", "60", "--dimension", "2", "--prototypes", "2"];
  const made = await run("data", "simulate", "--out", at("sim"), ...simulate, "--setting", "partition");
  expect(made).toMatchObject({ code: 0, out: `wrote 1800 comparisons of 30 users to ${at("sim")}\n` });

  const described = JSON.parse((await run("data", "describe", at("sim"), "--json")).out) as object;
  expect(described).toMatchObject({
    kind: "comparisons",
    rows: 1800,
    users: 30,
    source: { license: "CC0-1.0" },
  });

  const train = ["train", at("sim"), "--model", "pal-a", "--k", "2", "--dimension", "2", "--epochs", "300"];
  const trained = await run(...train, "--test", "10", "--out", at("m.safetensors"), "--json");
  expect(trained.code).toBe(0);
  const { test: held } = JSON.parse(trained.out) as { test: { accuracy: number; comparisons: number } };
  expect(held.comparisons).toBe(300);
  expect(held.accuracy).toBeGreaterThan(0.85);

  const rows = readFileSync(at("sim/comparisons.jsonl"), "utf8").split("\n").slice(0, 60);
  const own = file("own.jsonl", rows.join("\n"));
  const items = ["--items", at("sim/items.jsonl")];
  const scored = await run("score", at("m.safetensors"), own, ...items);
  const probabilities = scored.out.trim().split("\n").map(Number);
  const labels = rows.map((row) => (JSON.parse(row) as { label: number }).label);
  const agreeing = probabilities.filter((p, i) => p > 0.5 === labels[i] > 0).length;
  expect(agreeing / 60).toBeGreaterThan(0.8);

  const adapted = await run("adapt", at("m.safetensors"), own, "--user", "user-0", ...items);
  const { weights } = JSON.parse(adapted.out) as { weights: number[] };
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
  const again = await run(
    "score",
    at("m.safetensors"),
    own,
    ...items,
    "--weights",
    weights.join(","),
    "--json",
  );
  const inferred = JSON.parse(again.out) as number[];
  expect(inferred.filter((p, i) => p > 0.5 === labels[i] > 0).length / 60).toBeGreaterThan(0.8);
});

test("votes: train, score statements for one user, adapt somebody new", async () => {
  const votes = Array.from({ length: 20 }, (_, user) =>
    ["s", "t", "u"].map(
      (statement) => `user-${user},${statement},${user % 2 === 0 || statement === "u" ? 1 : -1}`,
    ),
  );
  const table = file("votes.csv", `user,statement,vote\n${votes.flat().join("\n")}\n`);
  const train = await run(
    "train",
    table,
    "--model",
    "pal-b",
    "--dimension",
    "2",
    "--out",
    at("v.safetensors"),
  );
  expect(train).toMatchObject({
    code: 0,
    out: expect.stringContaining("pal-b of 20 users from 60 comparisons"),
  });
  const statements = file("statements.csv", "statement\ns\nu\n");
  const score = async (...who: string[]): Promise<number[]> =>
    JSON.parse((await run("score", at("v.safetensors"), statements, ...who, "--json")).out) as number[];
  const [likes, dislikes] = [await score("--user", "user-0"), await score("--user", "user-1")];
  expect(likes[0]).toBeGreaterThan(0.7);
  expect(dislikes[0]).toBeLessThan(0.3);
  expect(Math.min(likes[1], dislikes[1])).toBeGreaterThan(0.7);
  const zoe = file("zoe.csv", "statement,vote\ns,-1\nt,-1\n");
  const { out } = await run("adapt", at("v.safetensors"), zoe, "--user", "zoe");
  const { weights } = JSON.parse(out) as { weights: number[] };
  expect((await score("--weights", weights.join(",")))[0]).toBeLessThan(0.5);
});

test.each([
  "latent-classes",
  "pal-items",
  "types-with-tastes",
  "factor-model",
  "mixed-bradley-terry",
  "pal-linear",
])("%s: trained on votes, asked about somebody new, whose state scores statements", async (kind) => {
  const rows = Array.from({ length: 24 }, (_, user) =>
    ["s", "t", "u", "v"].map(
      (statement, i) => `user-${user},${statement},${(user % 2 === 0) === i < 2 ? 1 : -1}`,
    ),
  );
  const table = file(`${kind}.csv`, `user,statement,vote\n${rows.flat().join("\n")}\n`);
  const model = at(`${kind}.safetensors`);
  const trained = await run("train", table, "--model", kind, "--out", model);
  expect(trained).toMatchObject({ code: 0, out: expect.stringContaining(`${kind} of 24 users`) });
  const { out } = await run(
    "adapt",
    model,
    file(`${kind}-zoe.csv`, "statement,vote\ns,-1\nu,1\n"),
    "--user",
    "zoe",
  );
  const found = JSON.parse(out) as { weights: number[]; state?: number[] };
  expect(found.weights.reduce((a, b) => a + b)).toBeCloseTo(1, 3);
  const asked = file(`${kind}-asked.csv`, "statement\nt\nv\n");
  const state = file(`${kind}.json`, out);
  const p = JSON.parse((await run("score", model, asked, "--state", state, "--json")).out) as number[];
  expect(p[0]).toBeLessThan(0.4);
  expect(p[1]).toBeGreaterThan(0.6);
  const by = await run("score", model, asked, "--weights", found.weights.join(","), "--json");
  if (found.state === undefined)
    expect(JSON.parse(by.out)).toEqual(p.map((value) => expect.closeTo(value, 4)));
  else expect(by).toMatchObject({ code: 2, error: expect.stringContaining("give it as --state FILE") });
  const stray = await run("score", model, asked, "--state", file("stray.json", '{"state":[1]}'));
  expect(stray).toMatchObject({ code: 2, error: expect.stringContaining("numbers, got 1") });
});

test("texts are encoded in training and in scoring", async () => {
  const table = file(
    "texts.csv",
    "user,left,right,label\na,sweet tea,salty tea,left\nb,salty tea,sweet tea,right\na,salty milk,sweet tea,right\n",
  );
  const common = ["--encoder", "hash"];
  const out = at("t.safetensors");
  const { code } = await run(
    "train",
    table,
    "--model",
    "bradley-terry",
    "--epochs",
    "20",
    ...common,
    "--out",
    out,
  );
  expect(code).toBe(0);
  const unseen = file("unseen.csv", "left,right\nsweet milk,salty milk\n");
  const scored = await run("score", out, unseen, ...common, "--json");
  expect((JSON.parse(scored.out) as number[])[0]).toBeLessThan(0.5);
});

test("wrong usage ends with 2, a damaged file with 1, and both say why", async () => {
  const ragged = file("ragged.csv", "user,left,right,label\na,x\n");
  const table = file("fine.csv", "user,left,right,label\na,x,y,1\nb,y,x,-1\n");
  await run("train", table, "--model", "pal-a", "--epochs", "1", "--out", at("f.safetensors"));
  const model = at("f.safetensors");
  const cases: [string[], number, string][] = [
    [["data"], 2, 'expected "describe", "simulate", "persona", "polis", got "nothing"'],
    [["data", "describe", at("nowhere.csv")], 2, "there is no file or folder"],
    [["data", "describe", ragged], 1, "ragged.csv:2: has 2 fields, the header has 4"],
    [["data", "describe", table, "--column", "user"], 2, '--column must be ROLE=NAME, got "user"'],
    [["data", "describe", table, "--column", "user=who"], 2, 'there is no column "who"'],
    [["data", "describe", table, "--column", "voter=who"], 2, 'unknown option "voter"'],
    [["data", "describe", table, "--ties", "keep"], 2, "--ties must be drop or half"],
    [["data", "describe", table, "--by", " "], 2, "--by must be the name of who gave all answers"],
    [["data", "describe", table, "--features", "a"], 2, "no table of items; name it: --items items.csv"],
    [["compare", table, "--given", "1,b"], 2, '--given must be a number, got "b"'],
    [["compare", table, "--most-features", "0"], 2, "--most-features must be an integer >= 1, got 0"],
    [
      ["compare", table, "--users", "1", "--out", at("c")],
      2,
      "compare: --users must be an integer >= 8, got 1",
    ],
    [["data", "simulate"], 2, "needs --out DIR"],
    [["data", "simulate", "--out", at("x"), "--users", "0"], 2, "users must be an integer >= 1, got 0"],
    [["data", "polis", "nothing", "--out", at("x")], 2, 'conversation must be one of "15-per-hour-seattle"'],
    [
      ["train", table, "--out", at("x")],
      2,
      "--model must be bradley-terry, dpl, factor-model, gpo, latent-classes, lore, maxmin, mixed-bradley-terry, p-ttt, pal-a, pal-b, pal-items, pal-linear, reward-tree, spl, types-with-tastes, vpl, got",
    ],
    [
      ["train", table, "--model", "pal-a", "--k", "0", "--out", at("x")],
      2,
      "--k must be an integer >= 1, got 0",
    ],
    [
      ["train", table, "--model", "pal-a", "--head", "cosine", "--out", at("x")],
      2,
      "--head is no option of pal-a",
    ],
    [
      ["train", table, "--model", "pal-b", "--head", "cosine", "--out", at("x")],
      2,
      '--head must be one of "inner-product", "scaled-cosine", got "cosine"',
    ],
    [
      ["train", table, "--model", "pal-items", "--epochs", "3", "--out", at("x")],
      2,
      "--epochs is of training by gradients, and pal-items is fitted by its own method",
    ],
    [["data", "describe", "polis"], 2, "the paper leaves nothing open for polis"],
    [["train", table, "--model", "pal-a"], 2, "needs --out M.safetensors"],
    [["train", table, "--model", "pal-b", "--out", at("x")], 2, "the data has none; use PalA"],
    [["train", table, "--model", "pal-a", "--out", join(table, "x")], 2, "cannot write"],
    [["explore", table, "--out", table], 2, "--out must be a folder: cannot make"],
    [["compare", table, "--out", table], 2, "--out must be a folder: cannot make"],
    [["score", model], 2, "needs M.safetensors and PAIRS, got 1 arguments"],
    [["score", table, table], 1, "is cut off or not safetensors"],
    [["score", model, file("pairs.csv", "left,right\nx,y\n")], 2, "the pairs need a user column"],
    [["score", model, at("pairs.csv"), "--user", "zoe"], 2, 'unknown user "zoe"'],
    [
      ["score", model, file("others.csv", "user,left,right\nzoe,x,y\n")],
      2,
      'score: unknown user "zoe"; known: "a", "b". "pal-lab adapt" places somebody new by some of their answers',
    ],
    [
      ["train", table, "--model", "pal-a", "--epochs", "0", "--out", at("x")],
      2,
      "train: --epochs must be an integer >= 1, got 0",
    ],
    [
      ["score", model, at("pairs.csv"), "--weights", "1,1"],
      2,
      "--weights must be 2 numbers >= 0 that add up to 1",
    ],
    [["score", model, file("new.csv", "left,right\nx,z\n"), "--user", "a"], 2, '"z" was not in training'],
    [["adapt", model, table], 2, "needs --user ID"],
    [["adapt", model, table, "--user", "zoe"], 2, 'unknown user "zoe"; known: "a", "b"'],
  ];
  for (const [args, code, message] of cases) {
    const result = await run(...args);
    expect(result.error, args.join(" ")).toContain(message);
    expect(result.code, args.join(" ")).toBe(code);
    expect(result.out, args.join(" ")).not.toContain("wrote");
  }
});
