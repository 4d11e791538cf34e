import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { figureRecord, InputError } from "../core/index.js";
import { UnreachableError } from "../data/files/index.js";
import { orCommitted } from "./committed.js";
import { lessonRecord } from "./lesson-record.js";

const folder = mkdtempSync(join(tmpdir(), "pal-lab-committed-"));
afterAll(() => rmSync(folder, { recursive: true }));

const rows = [{ seed: 1, split: "seen" as const, accuracy: 0.75 }];
const data = [{ name: "rankings", sha256: "ab", source: "GPL-3.0" }];
const config = { experiment: "breakfast", seeds: [1] };
writeFileSync(
  join(folder, "a-map.record.json"),
  JSON.stringify(
    figureRecord({
      id: "a-map",
      claim: "c",
      caption: "",
      profile: "full",
      config: { sweeps: [config] },
      engine: "none",
      data,
      rows,
    }),
  ),
);
const unreachable = (): Promise<never> => Promise.reject(new UnreachableError("no network"));

test("what can be computed is", async () => {
  const found = { config, rows: [], data: [] };
  expect(await orCommitted("a-map", () => Promise.resolve(found), folder)).toBe(found);
});

test("where data are out of reach the committed record stands there, says so, and keeps its profile", async () => {
  const printed = vi.spyOn(process.stdout, "write").mockImplementation(() => true);
  const found = await orCommitted("a-map", unreachable, folder);
  expect(String(printed.mock.calls[0][0])).toContain("committed record of the full profile");
  printed.mockRestore();
  expect(found).toEqual({ config, rows, data, profile: "full" });
  const lesson = { id: "15-breakfast", seed: 1, profile: "fast" } as const;
  const record = await lessonRecord(
    "a-map",
    { sweeps: found, caption: "A map" },
    { lesson, claim: undefined },
  );
  expect(record).toMatchObject({ profile: "full", rows, data, config: { sweeps: [config] } });
});

test("another error, or no record, is not hidden", async () => {
  const wrong = (): Promise<never> => Promise.reject(new InputError("bad"));
  await expect(orCommitted("a-map", wrong, folder)).rejects.toThrow("bad");
  await expect(orCommitted("gone", unreachable, folder)).rejects.toThrow("no network");
});
