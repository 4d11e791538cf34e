import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeCells, printed, TestFolder } from "../fixtures/notebooks.js";
import { commandLines } from "../fixtures/processes.js";
import { parseNotebook } from "../../formats/index.js";
import type { CodeCell, Notebook } from "../../formats/index.js";
import { runNotebook } from "./run-notebook.js";
import { runNotebooks } from "./run-notebooks.js";

let folder: TestFolder;
beforeAll(() => (folder = new TestFolder()));
afterAll(() => {
  folder.remove();
  rmSync("node_modules/.cache/notebook-test", { recursive: true, force: true });
});

function saved(path: string): Notebook {
  return parseNotebook(path, readFileSync(path, "utf8"));
}

describe("a run that is interrupted", () => {
  it("saves what is done, says so, and does not begin the next notebook", async () => {
    const first = folder.write("first.ipynb", ["console.log('done')", "await new Promise(() => 0)", "3"]);
    const second = folder.write("second.ipynb", ["1"]);
    const control = new AbortController();
    const { results, exitCode } = await runNotebooks([first, second], {
      outputFolder: folder.file("interrupted"),
      signal: control.signal,
      onCell: ({ cellNumber }) => void (cellNumber === 2 && setTimeout(() => control.abort(), 100)),
    });
    expect(exitCode).toBe(130);
    expect(results.map(({ status }) => status)).toEqual(["interrupted", "interrupted"]);
    expect(results[0]?.error?.cell?.cellNumber).toBe(2);
    const cells = codeCells(saved(folder.file("interrupted/first.ipynb")));
    expect(printed(cells[0])).toBe("done\n");
    expect(cells[1]?.outputs).toMatchObject([{ output_type: "error", ename: "InterruptedError" }]);
    expect(folder.leftovers()).toEqual([]);
  });
});

describe("a runner that is killed", () => {
  it("takes with it a kernel whose cell blocks, and what the cell started", async () => {
    const [marker, seconds] = [folder.file("started"), String(70_000 + performance.now())];
    const path = folder.write("blocked.ipynb", [
      `import { spawn } from 'child_process'; import fs from 'fs'; spawn('sleep', ['${seconds}']);
       fs.writeFileSync('${marker}', ''); for (;;) {}`,
    ]);
    const bundle = join("node_modules/.cache/notebook-test", `${process.pid}.mjs`);
    mkdirSync("node_modules/.cache/notebook-test", { recursive: true });
    const code = `import { runNotebook } from ${JSON.stringify(join(import.meta.dirname, "../index.ts"))};
      await runNotebook(${JSON.stringify(path)}, { output: ${JSON.stringify(path)} });`;
    const stdin = { contents: code, resolveDir: process.cwd() };
    await build({
      stdin,
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
      outfile: bundle,
    });
    const runner = spawn(process.execPath, [bundle], { stdio: "inherit" });
    while (!existsSync(marker)) await sleep(50);
    runner.kill("SIGKILL");
    await once(runner, "exit");
    const deadline = performance.now() + 120_000;
    while (folder.leftovers().length > 0 && performance.now() < deadline) await sleep(200);
    expect(folder.leftovers()).toEqual([]);
    expect(commandLines().join("\n")).not.toContain(`sleep ${seconds}`);
  });
});

describe("a notebook's own limit", () => {
  it("ends the cell that is running when it is over", async () => {
    // each of the cells is too short for a limit of its own
    const path = folder.write(
      "slow.ipynb",
      Array<string>(200).fill("await new Promise((r) => setTimeout(r, 100))"),
    );
    const result = await runNotebook(path, { output: path, notebookTimeoutMs: 500 });
    expect(result).toMatchObject({ status: "timeout", error: { cell: { cellNumber: expect.any(Number) } } });
    expect(result.error?.message).toBe("the notebook ran longer than its limit of 0.5 s");
  });
});

describe("two equal runs", () => {
  it("save equal bytes when times are not recorded, also over the result of the first", async () => {
    const path = folder.write("same.ipynb", [{ code: "const A = 1", tags: ["parameters"] }, "A + 1"]);
    const options = { output: path, parameters: { A: 2 }, recordTimes: false };
    await runNotebook(path, options);
    const first = readFileSync(path, "utf8");
    await runNotebook(path, options);
    expect(readFileSync(path, "utf8")).toBe(first);
    expect(first).not.toContain('"execution":');
  });
});

describe("what cannot be run", () => {
  it("a parameter of the wrong type: nothing runs, the saved copy has the error and what it showed before", async () => {
    const path = folder.write("typed.ipynb", [
      { md: "# Settings" },
      { code: "const N = 1", tags: ["parameters"] },
      "N",
    ]);
    const before = saved(path);
    (before.cells[2] as CodeCell).outputs = [{ output_type: "stream", name: "stdout", text: ["1\n"] }];
    writeFileSync(path, JSON.stringify(before));
    const result = await runNotebook(path, { output: path, parameters: { N: "one" } });
    expect(result).toMatchObject({
      status: "invalid",
      error: {
        name: "ParameterError",
        message: 'parameter "N" must be number, got "one" (string)',
        cell: { cellIndex: 1, heading: "Settings", source: "const N = 1" },
      },
    });
    const cells = codeCells(saved(path));
    expect(cells[0]?.outputs).toMatchObject([{ output_type: "error", ename: "ParameterError" }]);
    expect(printed(cells[1])).toBe("1\n");
  });

  it("broken files, folders and missing files: a result each, with code 2, and the others run", async () => {
    writeFileSync(folder.file("broken.ipynb"), "{");
    const good = folder.write("good.ipynb", []);
    const paths = [folder.file("broken.ipynb"), folder.path, folder.file("none.ipynb"), good];
    const { results, exitCode } = await runNotebooks(paths, { outputFolder: folder.file("bad") });
    expect(results.map(({ status }) => status)).toEqual(["invalid", "invalid", "invalid", "ok"]);
    expect(exitCode).toBe(2);
    expect(results[0]?.error?.message).toMatch(/broken\.ipynb: not a notebook: not JSON/);
  });

  it("wrong options: an error before anything is done", async () => {
    const output = folder.file("never.ipynb");
    const wrong = { output, timeout: 3 } as { output: string };
    await expect(runNotebook("x.ipynb", wrong)).rejects.toThrow(/unknown option "timeout"/);
    await expect(runNotebook("x.ipynb", { output, cellTimeoutMs: 0 })).rejects.toThrow(
      /cellTimeoutMs must be/,
    );
    await expect(runNotebooks(["a/x.ipynb", "b/x.ipynb"], { outputFolder: "o" })).rejects.toThrow(
      /same name/,
    );
    await expect(runNotebooks([], { outputFolder: "o", jobs: 0 })).rejects.toThrow(
      /jobs must be an integer >= 1/,
    );
  });
});
