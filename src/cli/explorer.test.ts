import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { runCommand } from "./fixtures/run-command.js";

const folder = mkdtempSync(join(tmpdir(), "pal-lab-explorer-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, "below", "page.html");

/** Packed parts run unpacked: the policy has the hash of that. */
function unpacked(text: string): string {
  return gunzipSync(Buffer.from(text, "base64")).toString("utf8");
}

test("writes one file, in which no script runs but its own, and nothing is loaded or sent", async () => {
  const { code, out } = await runCommand(["explorer", "--out", file]);
  expect([code, out]).toEqual([0, `${file}\n`]);
  const page = readFileSync(file, "utf8");
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
  expect(policy).toContain("default-src 'none'; connect-src 'none'");
  const scripts = [...page.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)].map(([, kind, text]) =>
    kind.includes("text/plain") ? unpacked(text) : text,
  );
  const hashes = scripts.map((text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);
  expect(scripts).toHaveLength(3);
  expect(/script-src ([^;]*)/.exec(policy)?.[1]).toBe(`${hashes.join(" ")} 'wasm-unsafe-eval'`);
  expect(page.replaceAll(/<script[\s\S]*?<\/script>/g, "")).not.toMatch(/src=|@import|url\(/);
});

test("without Plotly it is under 900 kB", () => {
  const page = readFileSync(file, "utf8");
  expect(page).toContain('id="pal-plotly"');
  const rest = page.replace(/<script type="text\/plain" id="pal-plotly">[^<]*<\/script>/, "");
  expect(Buffer.byteLength(rest)).toBeLessThan(900_000);
});

test("what is no option is refused, with the help's name", async () => {
  expect(await runCommand(["explorer", "page.html"])).toMatchObject({
    code: 2,
    error: expect.stringContaining("takes no arguments"),
  });
  expect(await runCommand(["explorer", "--out", folder])).toMatchObject({
    code: 2,
    error: expect.stringContaining("cannot write"),
  });
});
