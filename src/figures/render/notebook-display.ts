import { createRequire } from "node:module";

/** What a notebook shows below a cell: one thing in several forms, of which a front end takes the best it knows. */
export interface DisplayBundle {
  /** A value for each mime type: text, base64 for pictures, an object for JSON. */
  readonly data: { readonly [mime: string]: unknown };
  readonly metadata: { readonly [mime: string]: unknown };
}

/** Shows something below the cell that runs. */
export type NotebookDisplay = (bundle: DisplayBundle) => void;

/** What tslab's `jupyter` module gives each cell: the writer of `display_data` messages. */
interface TslabJupyter {
  readonly lastWriteDisplayData: ((message: object, update?: boolean) => void) | null;
}

/** The part of tslab that its `require` hands to cells. */
interface TslabPublic {
  readonly display: { png(bytes: Uint8Array): void; html(markup: string): void };
}

/**
 * The display of the tslab kernel that runs this process; undefined outside a kernel.
 *
 * The kernel keeps its writer in its own module instance, which need not be the one that this package would
 * resolve: `globalThis.__tslab__.require` always gives the kernel's. Its public `display` cannot carry several forms,
 * alt text or size, so the writer itself is used where it is found.
 */
export function notebookDisplay(): NotebookDisplay | undefined {
  const kernel = (globalThis as { __tslab__?: { require?: (id: string) => unknown } }).__tslab__;
  const tslab = kernel?.require?.("tslab") as TslabPublic | undefined;
  if (tslab === undefined) return undefined;
  return (bundle) => {
    const write = kernelWriter(tslab);
    if (write !== undefined) return write({ ...bundle, transient: {} });
    const { "image/png": png, "text/html": markup } = bundle.data;
    if (png !== undefined) tslab.display.png(Buffer.from(String(png), "base64"));
    else tslab.display.html(String(markup));
  };
}

function kernelWriter(tslab: TslabPublic): ((message: object) => void) | undefined {
  const loaded = Object.values(createRequire(import.meta.url).cache);
  const entry = loaded.find((module) => module?.exports === tslab);
  const jupyter = entry?.children.find(({ id }) => /tslab[\\/]dist[\\/]jupyter\.js$/.test(id));
  return (jupyter?.exports as TslabJupyter | undefined)?.lastWriteDisplayData ?? undefined;
}
