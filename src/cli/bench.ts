import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ExitCode } from "../core/index.js";
import { PACKAGE_FOLDER } from "../files/index.js";
import { UsageError, type Command } from "./command.js";

const SCRIPT = join(PACKAGE_FOLDER, "bench", "bench.mjs");

export const bench: Command = {
  summary: "time our engine beside its peers on this machine",
  help: `
usage: pal-lab bench [--json] [--check] [--write] [--case <id>]… [--rounds <n>] [--seconds <s>] [--torch-libraries <folder>]
       pal-lab bench --growth [--write]

Times training steps and the placing of new users, interleaved, on every engine that is present: ours, TensorFlow.js, jax-js and PyTorch
in the system's python3. --growth measures time and memory as users, comparisons, K and d grow. --write keeps the results in bench/, whose
README.md says how it is done.
`,
  async run(args): Promise<number> {
    if (!existsSync(SCRIPT))
      throw new UsageError("the benchmark is part of a clone of pal-lab, not of the installed package");
    const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: "inherit" });
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code) => resolve(code ?? ExitCode.failed));
    });
  },
};
