import { hasTag } from "../../formats/index.js";
import type { Cell, Notebook } from "../../formats/index.js";

/** What {@link stripNotebook} takes out beside what runs have left. */
export interface StripOptions {
  /** Also removes the cells tagged `solution`. Default false. */
  readonly exercises?: boolean;
}

/** A copy without what runs leave: outputs, execution counts and times, injected parameters. */
export function stripNotebook(notebook: Notebook, { exercises = false }: StripOptions = {}): Notebook {
  const isKept = (cell: Cell): boolean =>
    !hasTag(cell, "injected-parameters") && !(exercises && hasTag(cell, "solution"));
  return { ...notebook, cells: notebook.cells.filter(isKept).map(withoutRun) };
}

/** A copy of a cell as before any run. */
export function withoutRun(cell: Cell): Cell {
  if (cell.cell_type !== "code") return cell;
  const metadata = { ...cell.metadata };
  delete metadata.execution;
  return { ...cell, metadata, outputs: [], execution_count: null };
}
