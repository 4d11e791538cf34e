import { ExitCode, InputError, InterruptedError, messageOf, nearestOf, VERSION } from "../core/index.js";
import { inWordsOfFlags, UsageError, type Command, type Terminal } from "./command.js";
import { compareCommand } from "./compare.js";
import { claims } from "./claims.js";
import { data } from "./data.js";
import { doctor } from "./doctor.js";
import { exploreCommand } from "./explore.js";
import { explorerCommand } from "./explorer.js";
import { figuresCommand } from "./figures.js";
import { lab } from "./lab.js";
import { modelsCommand } from "./models.js";
import { notebook } from "./notebook/index.js";
import { reproduce, start } from "./run-all.js";
import { sweepCommand } from "./sweep.js";
import { workerCommand } from "./worker.js";
import { bench } from "./bench.js";
import { adapt } from "./adapt.js";
import { score } from "./score.js";
import { train } from "./train.js";

const COMMANDS: { readonly [name: string]: Command } = {
  start,
  reproduce,
  lab,
  notebook,
  sweep: sweepCommand,
  worker: workerCommand,
  claims,
  figures: figuresCommand,
  data,
  train,
  score,
  adapt,
  explore: exploreCommand,
  explorer: explorerCommand,
  compare: compareCommand,
  models: modelsCommand,
  bench,
  doctor,
};

/** The command line: `pal-lab <command> …`. @returns the exit code */
export async function main(args: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  const [first] = args;
  if (first === "--version") return say(terminal, `${VERSION}\n`);
  if (first === undefined || isHelp(first) || first === "help") return say(terminal, overview());
  const { command, name, rest } = findCommand(args);
  if (command === undefined) {
    const nearest = nearestOf(first, Object.keys(COMMANDS));
    const hint = nearest === undefined ? "" : `; did you mean ${JSON.stringify(nearest)}?`;
    terminal.error.write(`pal-lab: unknown command ${JSON.stringify(first)}${hint}\n\n${overview()}`);
    return ExitCode.usage;
  }
  if (rest.some(isHelp)) return say(terminal, `${command.help.trim()}\n`);
  try {
    return await command.run(rest, terminal);
  } catch (thrown) {
    return fail(thrown, { name, args: rest, terminal });
  }
}

/** The command that the first words name, however deep, and what is left for it. */
function findCommand(args: readonly string[]): { command?: Command; name: string; rest: readonly string[] } {
  let command: Command | undefined;
  let known: { readonly [name: string]: Command } | undefined = COMMANDS;
  let depth = 0;
  for (const word of args) {
    if (known === undefined || !Object.hasOwn(known, word)) break;
    command = known[word];
    known = command.commands;
    depth++;
  }
  return { command, name: args.slice(0, depth).join(" "), rest: args.slice(depth) };
}

function isHelp(word: string): boolean {
  return word === "--help" || word === "-h";
}

function fail(
  thrown: unknown,
  { name, args, terminal }: { name: string; args: readonly string[]; terminal: Terminal },
): number {
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
  const inFlags =
    thrown instanceof InputError ? (thrown.onCommandLine ?? inWordsOfFlags(thrown.message, args)) : undefined;
  const text =
    thrown instanceof Error && !isOurs ? (thrown.stack ?? thrown.message) : (inFlags ?? messageOf(thrown));
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
  // a reader that has seen enough (| head) is no failure
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  process.on("SIGTERM", () => interrupt.abort());
  return { out: process.stdout, error: process.stderr, signal: interrupt.signal };
}
