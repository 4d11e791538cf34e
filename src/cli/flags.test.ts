import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommand } from "./fixtures/run-command.js";

const folder = mkdtempSync(join(tmpdir(), "pal-lab-flags-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);

async function run(...args: string[]): Promise<string> {
  const { code, out, error } = await runCommand(args);
  expect([code, code === 0 ? "" : error]).toEqual([0, ""]);
  return out;
}

// two camps that contradict each other about every pair
const table = at("camps.csv");
beforeAll(() => {
  const rows = Array.from({ length: 8 }, (_, user) =>
    ["a,b", "b,c", "c,d", "a,c", "b,d", "a,d"].map(
      (pair) => `user-${user},${pair},${user % 2 === 0 ? "right" : "left"}`,
    ),
  );
  writeFileSync(table, `user,left,right,label\n${rows.flat().join("\n")}\n`);
});
const train = (name: string, ...rest: string[]): Promise<string> =>
  run("train", table, "--model", "pal-items", "--k", "2", "--out", at(name), "--json", ...rest);

test("score: each row is scored for its own user", async () => {
  await train("m.safetensors", "--seed", "1");
  const asked = at("asked.csv");
  writeFileSync(asked, "user,left,right\nuser-0,a,b\nuser-1,a,b\nuser-2,b,a\nuser-1,b,a\n");
  const score = async (...who: string[]): Promise<number[]> =>
    JSON.parse(await run("score", at("m.safetensors"), asked, ...who, "--json")) as number[];
  const own = await score();
  const users = ["user-0", "user-1", "user-2", "user-1"];
  const alone = await Promise.all(users.map(async (user, row) => (await score("--user", user))[row]));
  own.forEach((p, row) => expect(p).toBeCloseTo(alone[row], 6));
  expect(own.map((p) => p > 0.5)).toEqual([true, false, false, true]);
});

test("train: --seed decides the start, and nothing else does", async () => {
  const bytes = (name: string): string => readFileSync(at(name)).toString("base64");
  await train("one.safetensors", "--seed", "1");
  await train("again.safetensors", "--seed", "1");
  await train("two.safetensors", "--seed", "2");
  expect(bytes("again.safetensors")).toBe(bytes("one.safetensors"));
  expect(bytes("two.safetensors")).not.toBe(bytes("one.safetensors"));
});
