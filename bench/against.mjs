// Our engine beside that of another commit, in one process and in turns: has a change made it slower?
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { getHeapStatistics } from "node:v8";
import { CASES, trainerOptions } from "./cases.mjs";
import { interleave, summarize } from "./measure.mjs";
import { timeRuns } from "./peers/time-runs.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const ROUNDS = 9;
/** Epochs over which what a step leaves to the garbage collector is counted. */
const GARBAGE_EPOCHS = 20;

/**
 * Builds the commit in a folder of its own and times each case on both, 9 rounds in turn.
 * @returns a row a case: medians in microseconds, their ratio, and bytes a step left to the garbage collector
 */
export async function measureAgainst(commit, { cases, seconds, say }) {
  const folder = mkdtempSync(join(tmpdir(), "pal-lab-against-"));
  try {
    const other = await import(pathToFileURL(join(buildAt(folder, commit), "dist", "index.js")).href);
    const own = await import("../dist/index.js");
    const rows = [];
    for (const spec of CASES.filter(({ id }) => cases.length === 0 || cases.includes(id))) {
      const run = spec.kind === "train" ? trainingOf : spec.kind === "adapt" ? placingOf : undefined;
      if (run === undefined) continue;
      const row = await compare(spec, [other, own], { run, seconds });
      say(typeof row === "string" ? row : line(row));
      if (typeof row !== "string") rows.push(row);
    }
    return rows;
  } finally {
    git(["worktree", "remove", "--force", join(folder, "tree")]);
    rmSync(folder, { recursive: true, force: true });
  }
}

function buildAt(folder, commit) {
  const tree = join(folder, "tree");
  git(["worktree", "add", "--detach", tree, commit]);
  symlinkSync(join(root, "node_modules"), join(tree, "node_modules"));
  const built = spawnSync(process.execPath, [join("scripts", "build.mjs")], { cwd: tree, encoding: "utf8" });
  if (built.status !== 0) throw new Error(`bench: ${commit} does not build: ${built.stdout}${built.stderr}`);
  return tree;
}

function git(args) {
  const { status, stderr } = spawnSync("git", args, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`bench: git ${args.join(" ")}: ${stderr.trim()}`);
}

async function compare(spec, libraries, { run, seconds }) {
  const data = spec.data(spec.batches);
  const start = await spec.start(data);
  const runs = [];
  for (const library of libraries) {
    const made = await run(library, spec, { data, start });
    if (made === undefined) return `${spec.id}: the other commit has no family ${spec.model.kind}`;
    runs.push(made);
  }
  const { samples, share } = await interleave(runs, { rounds: ROUNDS, seconds });
  const [before, now] = samples.map((some) => summarize(some).median);
  const garbage = runs.map((one) => one.garbage());
  for (const one of runs) one.close();
  return { id: spec.id, before, now, ratio: now / before, garbage, share };
}

async function trainingOf(library, spec, { data, start }) {
  const model = modelIn(library, spec.model);
  if (model === undefined) return undefined;
  const engine = await library.loadEngine("wasm");
  const create = (batch) =>
    engine.createTrainer(model, data, { ...trainerOptions(spec), batchSize: batch, initial: start });
  const [trainer, finer] = [create(spec.batch), create(spec.batch / 4)];
  const steps = data.user.length / spec.batch;
  return {
    round: async (seconds) => timeRuns(() => trainer.epoch(), seconds, steps),
    // what an epoch leaves, apart from its steps, falls out of the difference of two that have more and fewer
    garbage: () =>
      Math.max(0, leftBytes(() => finer.epoch()) - leftBytes(() => trainer.epoch())) / (3 * steps),
    close: () => [trainer, finer].forEach((one) => one.dispose()),
  };
}

async function placingOf(library, { model, concentration }, { data, start }) {
  const sizes = { users: 1, items: { rows: 1, features: model.latentDimension } };
  const engine = await library.loadEngine("wasm");
  const parts = { model: modelIn(library, model), sizes, parameters: start, users: [], engine };
  const fitted = new library.FittedPrototypeModel(parts);
  const place = () => fitted.inferAll(data, { method: "exact", concentration });
  return {
    round: async (seconds) => timeRuns(place, seconds),
    garbage: () => leftBytes(place),
    close: () => undefined,
  };
}

/** The same model of another build; undefined where that lacks the family. */
function modelIn(library, model) {
  try {
    return library.modelFrom(model.config);
  } catch {
    return undefined;
  }
}

/** Bytes that a call leaves on the heap, less what measuring leaves. */
function leftBytes(call) {
  const measuring = growth(() => undefined);
  return Math.max(0, growth(call) - measuring) / GARBAGE_EPOCHS;
}

/** How much the heap grows by some calls, the least of several measurements: a collection in between would hide some. */
function growth(call) {
  const found = Array.from({ length: 7 }, () => {
    const before = getHeapStatistics().used_heap_size;
    for (let i = 0; i < GARBAGE_EPOCHS; i++) call();
    return getHeapStatistics().used_heap_size - before;
  });
  return Math.min(...found.filter((bytes) => bytes >= 0));
}

export function line({ id, before, now, ratio, garbage, share }) {
  const bytes = garbage.map((some) => some.toFixed(0)).join(" -> ");
  const busy = share < 0.9 ? `, the machine was busy (${Math.round(100 * share)} %)` : "";
  return `${id}: ${before.toFixed(1)} -> ${now.toFixed(1)} µs (${ratio.toFixed(3)}), garbage ${bytes} bytes${busy}`;
}
