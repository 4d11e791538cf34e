import { createRequire } from "node:module";

/** A still picture for a notebook; width and height are CSS pixels. */
export interface Picture {
  readonly png: Uint8Array;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
}

/** Sends a picture to the cell that runs. */
export type NotebookDisplay = (picture: Picture) => void;

/** What tslab's `jupyter` module gives each cell: the writer of `display_data` messages. */
interface TslabJupyter {
  readonly lastWriteDisplayData: ((message: object, update?: boolean) => void) | null;
}

/** The part of tslab that its `require` hands to cells. */
interface TslabPublic {
  readonly display: { png(bytes: Uint8Array): void };
}

/**
 * The display of the tslab kernel that runs this process; undefined outside a kernel.
 *
 * The kernel keeps its writer in its own module instance, which need not be the one that this package would
 * resolve: `globalThis.__tslab__.require` always gives the kernel's. Its public `display` cannot carry alt text
 * or size, so the writer itself is used where it is found.
 */
export function notebookDisplay(): NotebookDisplay | undefined {
  const kernel = (globalThis as { __tslab__?: { require?: (id: string) => unknown } }).__tslab__;
  const tslab = kernel?.require?.("tslab") as TslabPublic | undefined;
  if (tslab === undefined) return undefined;
  return (picture) => {
    const write = kernelWriter(tslab);
    if (write === undefined) tslab.display.png(picture.png);
    else write(message(picture));
  };
}

function kernelWriter(tslab: TslabPublic): ((message: object) => void) | undefined {
  const loaded = Object.values(createRequire(import.meta.url).cache);
  const entry = loaded.find((module) => module?.exports === tslab);
  const jupyter = entry?.children.find(({ id }) => /tslab[\\/]dist[\\/]jupyter\.js$/.test(id));
  return (jupyter?.exports as TslabJupyter | undefined)?.lastWriteDisplayData ?? undefined;
}

function message({ png, alt, width, height }: Picture): object {
  return {
    data: { "image/png": Buffer.from(png).toString("base64"), "text/plain": alt },
    metadata: { "image/png": { alt, width, height } },
    transient: {},
  };
}
