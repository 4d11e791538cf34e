/** The caller passed something that cannot be right; the message says what, got which value, and what would be right. */
export class InputError extends Error {
  override readonly name: string = "InputError";
  /** The message in the words of the command line (flags), where it differs from that for a program (options). */
  readonly onCommandLine?: string;

  constructor(message: string, options?: ErrorOptions & { readonly onCommandLine?: string }) {
    super(message, options);
    if (options?.onCommandLine !== undefined) this.onCommandLine = options.onCommandLine;
  }
}

/** Where in a file a {@link DataError} was found; lines and columns count from 1. */
export interface DataLocation {
  readonly file: string;
  readonly line?: number;
  readonly column?: string;
}

/** Data that was read (a file, a download) is not what it should be. The message starts with `file:line`. */
export class DataError extends Error {
  override readonly name: string = "DataError";
  readonly location: DataLocation;

  constructor(location: DataLocation, problem: string, options?: ErrorOptions) {
    const line = location.line === undefined ? "" : `:${location.line}`;
    const column = location.column === undefined ? "" : ` (column ${location.column})`;
    super(`${location.file}${line}${column}: ${problem}`, options);
    this.location = location;
  }
}

/** Work was stopped from outside (Ctrl-C, an AbortSignal). */
export class InterruptedError extends Error {
  override readonly name: string = "InterruptedError";
}

/** The exit codes of the command line (design: 138 means that a notebook's kernel died). */
export const ExitCode = {
  ok: 0,
  failed: 1,
  usage: 2,
  timeout: 124,
  interrupted: 130,
  kernelDied: 138,
} as const;

/** The text of anything thrown, without a stack. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
