import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hostName } from "../../files/index.js";
import { forgetAll, forgetGone, Presence, presentIn } from "./presence.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pal-lab-presence-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const RUNNING = [{ run: "run 1", since: "2026-01-01T00:00:00.000Z" }];
const NOBODY = 4_194_305; // above every pid

/** What a process that was killed left. */
function leave(host: string, pid: number, ageMs = 0): string {
  const path = join(folder, "workers", `${host}.${pid}.json`);
  mkdirSync(join(folder, "workers"), { recursive: true });
  writeFileSync(path, JSON.stringify({ host, pid, since: "", running: RUNNING, failed: [] }));
  const then = new Date(performance.timeOrigin + performance.now() - ageMs);
  utimesSync(path, then, then);
  return path;
}

const HOUR = 3_600_000;

test("runs under way are seen while they are, failures afterwards, and nothing else is left", async () => {
  const presence = new Presence(folder);
  presence.start("run 1");
  presence.start("run 2");
  presence.end("run 1", "failed: no");
  presence.end("run 2");
  presence.start("run 3");
  await presence.close();
  const [seen, ...others] = await presentIn(folder);
  expect(others).toEqual([]);
  expect(seen).toMatchObject({ host: hostName(), pid: process.pid, running: [] });
  expect(seen.failed).toEqual([{ run: "run 1", reason: "failed: no" }]);

  const clean = new Presence(folder);
  clean.start("run 1");
  clean.end("run 1");
  await clean.close();
  expect(existsSync(join(folder, "workers"))).toBe(false);
});

test("a process of this machine that is gone runs nothing; one of another does for a day", async () => {
  leave(hostName(), NOBODY);
  leave(hostName(), process.pid, 48 * HOUR);
  leave("elsewhere", 1, HOUR);
  leave("elsewhere", 2, 25 * HOUR);
  const running = (await presentIn(folder)).map((each) => [each.host, each.pid, each.running.length]);
  const expected = [
    ["elsewhere", 1, 1],
    ["elsewhere", 2, 0],
    [hostName(), NOBODY, 0],
    [hostName(), process.pid, 1],
  ];
  expect(running).toHaveLength(4);
  expect(running).toEqual(expect.arrayContaining(expected));
});

test("who is gone is forgotten, others' files stay until every run is finished", async () => {
  const [gone, here] = [leave(hostName(), NOBODY), leave(hostName(), process.pid)];
  const [elsewhere, longAgo] = [leave("elsewhere", 1, HOUR), leave("elsewhere", 2, 25 * HOUR)];
  await forgetGone(folder);
  expect([gone, here, elsewhere, longAgo].map((path) => existsSync(path))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  await forgetAll(folder);
  expect(existsSync(join(folder, "workers"))).toBe(false);
  expect(await presentIn(folder)).toEqual([]);
});

test("a damaged file is nobody", async () => {
  writeFileSync(leave("elsewhere", 1), "{");
  expect(await presentIn(folder)).toEqual([]);
});
