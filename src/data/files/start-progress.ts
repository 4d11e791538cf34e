import type { Progress } from "../../core/index.js";

/** Starts showing progress, once the amount of work is known: `(title, total) => createProgress(title, total, process.stderr)`. */
export type StartProgress = (title: string, total: number) => Progress;
