// Kills a sweep (kill -9, the whole process) again and again at random moments, starts it again each time, and compares with a sweep that was
// never disturbed: every byte must be the same, and no finished run may be computed twice.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { randomStream } from "../dist/index.js";

const OPTIONS = {
  kills: { type: "string", default: "20" },
  seed: { type: "string", default: String(process.pid) },
  epochs: { type: "string", default: "60" },
};
const { values } = parseArgs({ options: OPTIONS });
const [kills, seed, epochs] = [values.kills, values.seed, values.epochs].map(Number);
const COMMAND = fileURLToPath(new URL("../bin/pal-lab.js", import.meta.url));
const CONFIG = {
  experiment: "simulation",
  base: { dimension: 8, usersPerPrototype: 20, epochs },
  grid: { kStar: [2, 3], k: [1, 2, 3] },
  seeds: [1, 2, 3, 4],
};

const rng = randomStream(seed);
const root = mkdtempSync(join(tmpdir(), "pal-lab-kill-"));
const config = join(root, "config.json");
writeFileSync(config, JSON.stringify(CONFIG));
try {
  const undisturbed = join(root, "undisturbed");
  const began = performance.now();
  await finish(start(undisturbed, 2));
  const seconds = (performance.now() - began) / 1000;
  const expected = contentOf(undisturbed);
  console.log(
    `undisturbed: ${expected.size - 2} runs in ${seconds.toFixed(1)} s; ${kills} kills, --seed ${seed}`,
  );
  let done = 0;
  for (let sweep = 1; done < kills; sweep++) {
    const folder = join(root, `killed-${sweep}`);
    for (;;) {
      const before = runsOf(folder);
      const outcome = await startAndKill(folder, done < kills ? rng.uniform() * seconds : Infinity);
      const after = runsOf(folder);
      for (const [name, identity] of before)
        assert.equal(after.get(name), identity, `${name} was written again`);
      for (const name of after.keys()) {
        const path = join("runs", name);
        assert.equal(readFileSync(join(folder, path), "utf8"), expected.get(path), `${path} differs`);
      }
      if (outcome.finished) {
        const found = `${after.size - before.size} runs computed, ${before.size} found finished`;
        assert.ok(outcome.said.includes(found), `expected "${found}", got "${outcome.said}"`);
        break;
      }
      done++;
      console.log(
        `kill ${done} after ${outcome.seconds.toFixed(2)} s: ${after.size} runs kept (${before.size} before)`,
      );
    }
    assert.deepEqual(contentOf(folder), expected, "the results differ from the undisturbed run's");
    console.log(`sweep ${sweep} finished: the same bytes as undisturbed in all ${expected.size} files`);
  }
  console.log(`${done} kills: nothing lost but the runs under way, no finished run computed again`);
} finally {
  rmSync(root, { recursive: true, force: true });
}

function start(folder, jobs) {
  const args = [COMMAND, "sweep", config, "--out", folder, "--jobs", String(jobs)];
  return spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
}

/** @returns what the sweep said; a failure ends the script */
async function finish(child) {
  let said = "";
  child.stderr.on("data", (text) => (said += text));
  const [code] = await once(child, "close");
  assert.equal(code, 0, `the sweep ended with ${code}: ${said}`);
  return said;
}

async function startAndKill(folder, seconds) {
  const child = start(folder, 1 + rng.integer(2));
  const finished = finish(child).then(
    (said) => ({ finished: true, said }),
    (error) => ({ finished: false, error }),
  );
  const cancel = new AbortController();
  const kill = sleep(1000 * Math.min(seconds, 1e6), undefined, { signal: cancel.signal }).then(
    () => child.kill("SIGKILL"),
    () => false,
  );
  const outcome = await finished;
  cancel.abort();
  const killed = await kill;
  if (outcome.error !== undefined && !(killed && child.signalCode === "SIGKILL")) throw outcome.error;
  return { ...outcome, seconds };
}

/** Finished runs with what changes when a file is written again. */
function runsOf(folder) {
  const runs = join(folder, "runs");
  const names = existsSync(runs) ? readdirSync(runs).filter((name) => !name.startsWith(".")) : [];
  const identityOf = (name) => {
    const { ino, mtimeNs } = statSync(join(runs, name), { bigint: true });
    return `${ino} ${mtimeNs}`;
  };
  return new Map(names.map((name) => [name, identityOf(name)]));
}

/** Every file below a folder with its text, whatever its name. */
function contentOf(folder) {
  const names = readdirSync(folder, { recursive: true }).sort();
  return new Map(
    names
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
}
