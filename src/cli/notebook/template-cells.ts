import type { Cell, Notebook } from "../../notebook/index.js";

/** A cell of prose. */
export function prose(id: string, source: string): Cell {
  return { cell_type: "markdown", id, metadata: {}, source };
}

/** A cell of code, not run. */
export function code(id: string, lines: readonly string[], tags: readonly string[] = []): Cell {
  const metadata = tags.length === 0 ? {} : { tags };
  return { cell_type: "code", id, metadata, source: lines.join("\n"), execution_count: null, outputs: [] };
}

/** A notebook for our kernel. */
export function notebookOf(cells: Cell[]): Notebook {
  const metadata = {
    kernelspec: { display_name: "TypeScript (pal-lab)", language: "typescript", name: "tslab" },
  };
  return { cells, metadata, nbformat: 4, nbformat_minor: 5 };
}
