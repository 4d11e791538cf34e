import { ExitCode, InputError, InterruptedError, messageOf, VERSION } from "../core/index.js";
import { UsageError, type Command, type Terminal } from "./command.js";
import { claims } from "./claims.js";
import { data } from "./data.js";
import { doctor } from "./doctor.js";
import { lab } from "./lab.js";
import { notebook } from "./notebook.js";
import { reproduce, start } from "./run-all.js";
import { sweepCommand } from "./sweep.js";
import { bench } from "./bench.js";

const COMMANDS: { readonly [name: string]: Command } = {
  start,
  reproduce,
  lab,
  notebook,
  sweep: sweepCommand,
  claims,
  data,
  bench,
  doctor,
};

/** The command line: `pal-lab <command> …`. @returns the exit code */
export async function main(args: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  const [name, ...rest] = args;
  if (name === "--version") return say(terminal, `${VERSION}\n`);
  if (name === undefined || name === "--help" || name === "help") return say(terminal, overview());
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    terminal.error.write(`pal-lab: unknown command ${JSON.stringify(name)}\n\n${overview()}`);
    return ExitCode.usage;
  }
  if (rest.includes("--help")) return say(terminal, `${command.help.trim()}\n`);
  try {
    return await command.run(rest, terminal);
  } catch (thrown) {
    return fail(thrown, { name, terminal });
  }
}

function fail(thrown: unknown, { name, terminal }: { name: string; terminal: Terminal }): number {
  if (thrown instanceof InterruptedError || terminal.signal.aborted) {
    terminal.error.write(`pal-lab ${name}: ${messageOf(thrown)}\n`);
    return ExitCode.interrupted;
  }
  if (thrown instanceof UsageError) {
    terminal.error.write(
      `pal-lab ${name}: ${thrown.message}\n"pal-lab ${name} --help" says how to use it.\n`,
    );
    return ExitCode.usage;
  }
  const isOurs = thrown instanceof Error && thrown.name !== "Error" && !(thrown instanceof TypeError);
  const text = thrown instanceof Error && !isOurs ? (thrown.stack ?? thrown.message) : messageOf(thrown);
  terminal.error.write(`pal-lab ${name}: ${text}\n`);
  return thrown instanceof InputError ? ExitCode.usage : ExitCode.failed;
}

function overview(): string {
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`);
  return [
    `pal-lab ${VERSION}: study heterogeneous human preferences`,
    "",
    "usage: pal-lab <command> [arguments]      pal-lab <command> --help",
    "",
    ...lines,
    "",
    "exit codes: 0 fine, 1 the work failed, 2 wrong usage, 124 timed out, 130 interrupted, 138 a kernel died",
    "",
  ].join("\n");
}

function say(terminal: Terminal, text: string): number {
  terminal.out.write(text);
  return ExitCode.ok;
}

/** This process, with Ctrl-C as a signal: the first asks for an orderly end, the second ends at once. */
function processTerminal(): Terminal {
  const interrupt = new AbortController();
  process.on("SIGINT", () => {
    if (interrupt.signal.aborted) process.exit(ExitCode.interrupted);
    interrupt.abort();
  });
  process.on("SIGTERM", () => interrupt.abort());
  return { out: process.stdout, error: process.stderr, signal: interrupt.signal };
}
