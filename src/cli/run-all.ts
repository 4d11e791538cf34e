import { copyFile, mkdir, readdir, rm } from "node:fs/promises";
import { availableParallelism, freemem } from "node:os";
import { join } from "node:path";
import { duration, ExitCode, type Profile } from "../core/index.js";
import { loadEngine } from "../engine/index.js";
import { PACKAGE_FOLDER } from "../files/index.js";
import { findFigures } from "../figures/render/index.js";
import { createReporter, runNotebooks, type NotebookResult } from "../notebook/index.js";
import { writeReport } from "../report/index.js";
import { compareCommitted } from "./compare-committed.js";
import { parse, UsageError, type Command, type Terminal } from "./command.js";
import { writeExplorer } from "./explorer.js";
import { queueAddress } from "./queue-address.js";
import { runStudy, STUDIES, type Study } from "./studies/index.js";

export const start: Command = {
  summary: "run every notebook (fast profile) and write out/index.html",
  help: `
usage: pal-lab start [name…]

Runs the notebooks of this package headless under tslab with the fast profile (or those whose file names begin with a
given name) and writes out/index.html: every figure, its numbers, and the executed notebooks, with the explorer that they
link to (out/explorer.html). Touches no committed file.
`,
  async run(args, terminal) {
    const { positionals } = parse(args, {});
    return runAll("fast", { ...(await chooseNotebooks(positionals)), studies: [] }, terminal);
  },
};

export const reproduce: Command = {
  summary: "run every notebook (full profile) and rewrite notebooks/ and figures/",
  help: `
usage: pal-lab reproduce [name…] [--check] [--queue redis://HOST:6379]

Runs the notebooks with the full profile, the one whose numbers are published (or those whose file names begin with a given
name). Where all goes well their outputs replace notebooks/*.ipynb and their figures those in figures/. Finished runs of a sweep
are kept: stopped, it goes on where it was. Figures that no notebook makes take longer, and are made when they are named:

${STUDIES.map(({ name, figures }) => `  ${name.padEnd(14)}${figures.join(", ")}`).join("\n")}

  --check      changes nothing: prints where what was computed differs from what is committed, and exits with 1 when it does
  --queue URL  runs of sweeps are done by "pal-lab worker" on any machines too (default: PAL_LAB_QUEUE, which may hold a password)
`,
  async run(args, terminal) {
    const { values, positionals } = parse(args, { check: { type: "boolean" }, queue: { type: "string" } });
    const queue = queueAddress(values.queue);
    const parts = { ...(await chooseParts(positionals)), queue };
    return runAll(values.check === true ? "check" : "full", parts, terminal);
  },
};

/** What a run is for: a look, the committed files, or comparing with them. */
type Purpose = "fast" | "full" | "check";

/** What is made: notebooks by file name, and studies. */
interface Parts {
  readonly notebooks: readonly string[];
  /** Whether these are all notebooks. */
  readonly isAll: boolean;
  readonly studies: readonly Study[];
  /** Where workers of other machines take runs from. */
  readonly queue?: string;
}

async function runAll(purpose: Purpose, parts: Parts, terminal: Terminal): Promise<number> {
  const profile: Profile = purpose === "fast" ? "fast" : "full";
  const begin = performance.now();
  const { notebooks: names, studies, queue } = parts;
  const out = join(profile === "fast" ? process.cwd() : PACKAGE_FOLDER, "out");
  const figures = join(out, "figures");
  const executed = join(out, "notebooks");
  await Promise.all([figures, executed].map((folder) => rm(folder, { recursive: true, force: true })));
  await mkdir(figures, { recursive: true });
  const engine = await loadEngine();
  const what = [`${names.length} notebooks`, ...studies.map(({ name }) => name)].join(", ");
  terminal.error.write(`pal-lab: ${what}, ${profile} profile, engine ${engine.name}\n`);
  const { results, exitCode } = await runNotebooks(
    names.map((name) => join(PACKAGE_FOLDER, "notebooks", name)),
    {
      outputFolder: executed,
      profile,
      jobs: sideBySide(),
      env: { PAL_LAB_FIGURES: figures, ...(queue === undefined ? {} : { PAL_LAB_QUEUE: queue }) },
      recordTimes: profile === "fast",
      signal: terminal.signal,
      ...createReporter(terminal.error),
    },
  );
  if (exitCode === ExitCode.ok)
    for (const study of studies) await runStudy(study, { folder: figures, queue }, terminal);
  if (exitCode === ExitCode.ok && purpose === "full") await publish(names, out);
  const differing =
    exitCode === ExitCode.ok && purpose === "check"
      ? await compareCommitted(
          results,
          {
            ...{ figures, committed: join(PACKAGE_FOLDER, "figures"), isAll: parts.isAll },
            notRun: STUDIES.filter((study) => !studies.includes(study)),
          },
          terminal,
        )
      : 0;
  await writeExplorer(join(out, "explorer.html")); // lessons link to it
  const { index } = await writeReport({
    folder: out,
    profile,
    node: process.versions.node,
    engine: engine.name,
    seconds: rounded((performance.now() - begin) / 1000),
    notebooks: results.map(reported),
    figures: await findFigures(figures),
    guides: join(PACKAGE_FOLDER, "docs"),
  });
  const bad = results.filter((result) => result.status !== "ok");
  if (bad.length > 0) terminal.error.write(`pal-lab: ${bad.length} of ${results.length} notebooks failed\n`);
  terminal.error.write(`pal-lab: ${duration((performance.now() - begin) / 1000)}\n`);
  terminal.out.write(`${index}\n`);
  return differing > 0 ? ExitCode.failed : exitCode;
}

/** What a notebook with its kernel and worker threads takes at most, in bytes. */
const ROOM = 1.5e9;

/** Two notebooks fill two cores while one of them draws or adapts alone; what they find does not depend on it. */
function sideBySide(): number {
  return availableParallelism() > 1 && freemem() > 2 * ROOM ? 2 : 1;
}

/** Committed files change only when everything was computed. */
async function publish(names: readonly string[], out: string): Promise<void> {
  for (const name of names)
    await copyFile(join(out, "notebooks", name), join(PACKAGE_FOLDER, "notebooks", name));
  const figures = join(PACKAGE_FOLDER, "figures");
  for (const name of await readdir(join(out, "figures"))) {
    if (/\.(json|csv|svg)$/.test(name)) await copyFile(join(out, "figures", name), join(figures, name));
  }
}

/** The notebooks that names begin, all without a name. @throws UsageError */
async function chooseNotebooks(
  chosen: readonly string[],
  others: readonly string[] = [],
): Promise<Omit<Parts, "studies">> {
  const all = (await readdir(join(PACKAGE_FOLDER, "notebooks")))
    .filter((name) => name.endsWith(".ipynb"))
    .sort();
  const unknown = chosen.find((prefix) => !all.some((name) => name.startsWith(prefix)));
  if (unknown !== undefined)
    throw new UsageError(
      `no notebook begins with ${JSON.stringify(unknown)}; there are ${[...all, ...others].join(", ")}`,
    );
  if (chosen.length === 0) return { notebooks: all, isAll: true };
  return { notebooks: all.filter((name) => chosen.some((prefix) => name.startsWith(prefix))), isAll: false };
}

/** Notebooks and studies by name; the names of studies alone run no notebook. @throws UsageError */
async function chooseParts(chosen: readonly string[]): Promise<Parts> {
  const studies = STUDIES.filter(({ name }) => chosen.includes(name));
  const prefixes = chosen.filter((name) => !studies.some((study) => study.name === name));
  if (prefixes.length === 0 && studies.length > 0) return { notebooks: [], isAll: false, studies };
  const others = STUDIES.map(({ name }) => name);
  return { ...(await chooseNotebooks(prefixes, others)), studies };
}

function reported(result: NotebookResult): Parameters<typeof writeReport>[0]["notebooks"][number] {
  const { output, status, seconds, cells, error } = result;
  return {
    path: output,
    status,
    seconds: rounded(seconds),
    cells: cells.total,
    ...(error === undefined ? {} : { error: error.message }),
  };
}

function rounded(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
