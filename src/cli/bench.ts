import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ExitCode } from "../core/index.js";
import { UsageError, type Command } from "./command.js";

const SCRIPT = fileURLToPath(new URL("../../bench/bench.mjs", import.meta.url));

export const bench: Command = {
  summary: "time our engine beside its peers on this machine",
  help: "usage: pal-lab bench [--json]\n\nTimes training steps, interleaved, beside the peers that are present (PyTorch in the system's python3).",
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
