import { ExitCode, messageOf } from "../core/index.js";
import { cacheFolder, loadStatements } from "../data/files/index.js";
import { isBuildSupported, loadEngine } from "../engine/index.js";
import type { Command } from "./command.js";

export const doctor: Command = {
  summary: "say what works here and what does not: Node, engine, data",
  help: "usage: pal-lab doctor\n\nChecks Node, the engine and where data comes from, in plain words.",
  async run(_args, terminal): Promise<number> {
    const lines: string[] = [
      `Node ${process.versions.node}: ${isNodeNewEnough() ? "fine" : "too old, pal-lab needs >= 20.19"}`,
    ];
    const engine = await loadEngine();
    lines.push(
      `engine: ${engine.name}; relaxed SIMD ${isBuildSupported("relaxed") ? "is there too" : "is not in this Node (>= 22 has it)"}`,
    );
    lines.push(`cache: ${cacheFolder()}`);
    let isFine = isNodeNewEnough();
    try {
      const { origin, source } = await loadStatements(["interest-in-art", "interest-in-math"]);
      lines.push(
        `Persona statements: ${origin === "own" ? "our own small set (no network, mirror or cache)" : source.name}`,
      );
    } catch (thrown) {
      isFine = false;
      lines.push(`Persona statements: ${messageOf(thrown)}`);
    }
    terminal.out.write(`${lines.join("\n")}\n`);
    return isFine ? ExitCode.ok : ExitCode.failed;
  },
};

function isNodeNewEnough(): boolean {
  const [major, minor] = process.versions.node.split(".").map(Number);
  return major > 20 || (major === 20 && minor >= 19);
}
