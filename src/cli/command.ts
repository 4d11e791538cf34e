import { parseArgs, type ParseArgsConfig } from "node:util";
import { InputError, messageOf, nearestOf } from "../core/index.js";

/** What a command may write to and read from; a test gives its own. */
export interface Terminal {
  readonly out: { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown };
  readonly error: { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown };
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** One command of `pal-lab`: parses its arguments, calls one function, returns the exit code. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  readonly help: string;
  /** Commands below this one, by name; `run` gets what names none of them. */
  readonly commands?: { readonly [name: string]: Command };
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}

/** The command line was not understood: exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

type Options = NonNullable<ParseArgsConfig["options"]>;

/** `node:util`'s parser with our error class. @throws UsageError */
export function parse<T extends Options>(
  args: readonly string[],
  options: T,
): ReturnType<typeof parseArgs<{ args: string[]; options: T; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (thrown) {
    throw new UsageError(inOurWords(thrown, args, Object.keys(options)));
  }
}

/** What the parser found, with the flag that may have been meant, and without its advice about positional arguments. */
function inOurWords(thrown: unknown, args: readonly string[], known: readonly string[]): string {
  const message = messageOf(thrown);
  const [, flag] = /'(?:-\w, )?(-[^' ]+)/.exec(message) ?? [];
  if (flag === undefined) return message;
  if (message.startsWith("Unknown option")) {
    const nearest = nearestOf(flag.replace(/^-+/, ""), known);
    return `there is no option ${flag}${nearest === undefined ? "" : `; did you mean --${nearest}?`}`;
  }
  if (message.includes("does not take")) return `${flag} takes no value`;
  if (message.includes("missing")) return `${flag} needs a value`;
  const [, long] = /use '(--[^=]+)=/.exec(message) ?? [];
  if (long === undefined) return message;
  const next = args[args.indexOf(flag) + 1];
  return `${flag} needs a value, got ${JSON.stringify(next)}; one that begins with a dash is written ${long}=${next}`;
}

/** The number that an option gives. @throws UsageError */
export function numberOption(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value))
    throw new UsageError(`--${name} must be a number, got ${JSON.stringify(text)}`);
  return value;
}

/** The whole number, 1 or more, that an option gives. @throws UsageError */
export function countOption(name: string, text: string | undefined): number | undefined {
  const value = numberOption(name, text);
  if (value !== undefined && (!Number.isInteger(value) || value < 1))
    throw new UsageError(`--${name} must be an integer >= 1, got ${value}`);
  return value;
}

/**
 * An error of a function in the words of the command line, where it is about an option whose flag was given: "fit: epochs must be …" is
 * "--epochs must be …".
 */
export function inWordsOfFlags(message: string, args: readonly string[]): string {
  const [start, option = ""] = /^\w+: (?:\w+\.)?(\w+) (?=must )/.exec(message) ?? [""];
  const flag = `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const isGiven = option !== "" && args.some((word) => word === flag || word.startsWith(`${flag}=`));
  return isGiven ? `${flag} ${message.slice(start.length)}` : message;
}

/** An option of a program where the command line gives it, and nothing where it does not. */
export function optional<Name extends string>(
  name: Name,
  value: number | undefined,
): { readonly [Key in Name]?: number } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]: number });
}

/** JSON read from text. @throws InputError naming what it was meant for */
export function parseJson(what: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new InputError(`${what} is not JSON: ${messageOf(thrown)}`, { cause: thrown });
  }
}
