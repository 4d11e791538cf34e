/** What was thrown, or what the compiler said. */
export interface ErrorReport {
  readonly name: string;
  readonly message: string;
  /** The whole text: stack, cause and fields; or one line for each compiler message. */
  readonly text: string;
  /** Where in the cell, from 1, when the compiler said it. */
  readonly line?: number;
}

/** What a kernel's process tells its runner, beside tslab's Jupyter messages; one JSON line each. */
export type KernelReport =
  /** tslab's sockets are bound. */
  | { readonly event: "listening" }
  | { readonly event: "cell-error"; readonly request: string; readonly error: ErrorReport }
  | {
      readonly event: "stray-error";
      readonly kind: "uncaughtException" | "unhandledRejection";
      readonly request: string;
      readonly error: ErrorReport;
    }
  | { readonly event: "truncated"; readonly request: string; readonly characters: number }
  | { readonly event: "settled"; readonly id: number };

/** What a runner asks a kernel's process; one JSON line each. */
export type RunnerRequest =
  /** Answer when no timer and no file operation is left, or after `waitMs`. */
  | { readonly ask: "settle"; readonly id: number; readonly waitMs: number }
  /** Leave through `process.exit`, so that exit handlers run. */
  | { readonly ask: "exit" };
