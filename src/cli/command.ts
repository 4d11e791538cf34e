import { parseArgs, type ParseArgsConfig } from "node:util";
import { InputError, messageOf } from "../core/index.js";

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
    throw new UsageError(messageOf(thrown));
  }
}

/** The number that an option gives. @throws UsageError */
export function numberOption(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value))
    throw new UsageError(`--${name} must be a number, got ${JSON.stringify(text)}`);
  return value;
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
