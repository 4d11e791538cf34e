import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { ExitCode, InputError, messageOf } from "../core/index.js";
import { writeAtomically } from "../files/index.js";
import { parse, UsageError, type Command, type Terminal } from "./command.js";
import { explorerPage } from "./explorer-page.js";

const OUT = join("out", "explorer.html");

export const explorerCommand: Command = {
  summary: "write the explorer: one page where you train live, drag a person, and are the person",
  help: `
usage: pal-lab explorer [--out FILE] [--open]

Writes one HTML file with everything inside (default: ${OUT}). A browser opens it from the disk, without a server and without a
network: it trains in the page, and sends nothing. Any host can serve it as it is; the part of its address behind "#" holds every knob.

  --out FILE   where to write it
  --open       open it in the browser
`,
  async run(args, terminal): Promise<number> {
    const { values, positionals } = parse(args, { out: { type: "string" }, open: { type: "boolean" } });
    if (positionals.length > 0)
      throw new UsageError(`takes no arguments, got ${JSON.stringify(positionals[0])}`);
    const file = resolve(values.out ?? OUT);
    await writeExplorer(file);
    terminal.out.write(`${file}\n`);
    if (values.open === true) open(file, terminal);
    return ExitCode.ok;
  },
};

/** Writes the explorer's page, whole or not at all. @throws InputError where `file` cannot be written, Error where the package was not built */
export async function writeExplorer(file: string): Promise<void> {
  await writeAtomically(file, await explorerPage()).catch((cause: unknown) => {
    throw new InputError(`cannot write ${file} (${messageOf(cause)})`, { cause });
  });
}

/** Asks the system to open the page; where it cannot, the path that was printed is enough. */
function open(file: string, terminal: Terminal): void {
  const [program, ...args] =
    process.platform === "win32"
      ? ["cmd", "/c", "start", "", file]
      : [process.platform === "darwin" ? "open" : "xdg-open", file];
  const child = spawn(program, args, { stdio: "ignore", detached: true });
  child.once("error", () => terminal.error.write("pal-lab: open this file in a browser\n"));
  child.unref();
}
