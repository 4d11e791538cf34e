import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hostName, removeAbandoned, writeAtomically, writeOnce } from "./index.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pal-lab-files-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("makes the folder, replaces the old file and leaves nothing else", async () => {
  const path = join(folder, "a", "b", "file.txt");
  await writeAtomically(path, "old");
  await writeAtomically(path, Uint8Array.of(110, 101, 119));
  expect(readFileSync(path, "utf8")).toBe("new");
  expect(readdirSync(join(folder, "a", "b"))).toEqual(["file.txt"]);
});

test.skipIf(process.platform === "win32")("a link stays a link, and permissions stay", async () => {
  const [path, link] = [join(folder, "deep", "file.txt"), join(folder, "link.txt")];
  await writeAtomically(path, "old");
  chmodSync(path, 0o600);
  symlinkSync(join("deep", "file.txt"), link);
  await writeAtomically(link, "new");
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(path, "utf8")).toBe("new");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).sort()).toEqual(["deep", "link.txt"]);
});

test("writers at the same time leave one of their files, whole", async () => {
  const path = join(folder, "file.txt");
  const texts = ["a", "b", "c", "d"].map((letter) => letter.repeat(100_000));
  await Promise.all(texts.map((text) => writeAtomically(path, text)));
  expect(texts).toContain(readFileSync(path, "utf8"));
  expect(readdirSync(folder)).toEqual(["file.txt"]);
});

test("where the file cannot take its place nothing is left over", async () => {
  mkdirSync(join(folder, "taken"));
  await expect(writeAtomically(join(folder, "taken"), "text")).rejects.toMatchObject({ code: "EISDIR" });
  expect(readdirSync(folder)).toEqual(["taken"]);
});

test("of several that write a file once, one writes, and nothing is left over", async () => {
  const path = join(folder, "file.txt");
  const texts = ["a", "b", "c", "d"].map((letter) => letter.repeat(100_000));
  const wrote = await Promise.all(texts.map((text) => writeOnce(path, text)));
  expect(wrote.filter(Boolean)).toHaveLength(1);
  expect(readFileSync(path, "utf8")).toBe(texts[wrote.indexOf(true)]);
  expect(await writeOnce(path, "later")).toBe(false);
  expect(readFileSync(path, "utf8")).toBe(texts[wrote.indexOf(true)]);
  expect(readdirSync(folder)).toEqual(["file.txt"]);
});

test("a machine's name is the system's, or PAL_LAB_HOST's, without what a file name cannot have", () => {
  expect(hostName({}, "lab-1.example.org")).toBe("lab-1_example_org");
  expect(hostName({ PAL_LAB_HOST: "" }, "a")).toBe("a");
  expect(hostName({ PAL_LAB_HOST: "pod/7" }, "a")).toBe("pod_7");
});

test("a file where the folder should be is the system's error", async () => {
  writeFileSync(join(folder, "file"), "");
  await expect(writeAtomically(join(folder, "file", "x"), "")).rejects.toMatchObject({
    code: expect.stringMatching(/ENOTDIR|EEXIST/),
  });
});

test("temporary files of processes that are gone are removed, all else stays", async () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  const uuid = "01234567-89ab-cdef-0123-456789abcdef";
  const own = hostName();
  const gone = `.x.json.${own}.${pid}-${uuid}.tmp`;
  const kept = [
    `.x.json.${own}.${process.pid}-${uuid}.tmp`,
    `.x.json.tmp`,
    `x.json.${own}.${pid}-${uuid}.tmp`,
  ];
  kept.push("x.json", `${gone}.old`, `.x.json.${own}.${pid}-${uuid.slice(1)}.tmp`);
  // another machine's process cannot be seen from here: its file stays for a day
  const old = `.x.json.elsewhere.${process.pid}-${uuid}.tmp`;
  kept.push(`.y.json.elsewhere.${pid}-${uuid}.tmp`);
  for (const name of [gone, old, ...kept]) writeFileSync(join(folder, name), "");
  const seconds = statSync(join(folder, old)).mtimeMs / 1000 - 25 * 60 * 60;
  utimesSync(join(folder, old), seconds, seconds);
  await removeAbandoned(folder);
  expect(readdirSync(folder).sort()).toEqual(kept.sort());
  await removeAbandoned(join(folder, "nowhere"));
});

test("two that clean up at the same time do not disturb each other", async () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  for (let i = 10; i < 60; i++)
    writeFileSync(join(folder, `.x.${hostName()}.${pid}-01234567-89ab-cdef-0123-456789abcd${i}.tmp`), "");
  await Promise.all([removeAbandoned(folder), removeAbandoned(folder), removeAbandoned(folder)]);
  expect(readdirSync(folder)).toEqual([]);
});

test.runIf(existsSync("/proc/self/fd"))("no file is left open", async () => {
  await writeAtomically(join(folder, "file.txt"), "text");
  const open = readdirSync("/proc/self/fd").flatMap((name) => {
    try {
      return [readlinkSync(join("/proc/self/fd", name))];
    } catch {
      return []; // the one that listed the folder
    }
  });
  expect(open.filter((path) => path.startsWith(folder))).toEqual([]);
});
