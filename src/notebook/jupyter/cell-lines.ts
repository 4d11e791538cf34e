import { SourceMap } from "node:module";
import type { SourceMapPayload } from "node:module";

/** The two steps in which tslab compiles a cell, as source maps: TypeScript to ES module, ES module to script. */
interface CompiledCell {
  readonly toScript: SourceMap;
  readonly toModule: SourceMap;
}

/** A place in the TypeScript of a cell. */
export interface CellPlace {
  /** The execution's number, as in `[3]`. */
  readonly cell: number;
  /** From 1. */
  readonly line: number;
}

/** tslab compiles a cell below one line of its own. */
const LINES_ABOVE = 1;
const INLINE_MAP = /\/\/# sourceMappingURL=data:application\/json;base64,([A-Za-z0-9+/=]+)\s*$/;

/** Remembers how each cell was compiled, and finds the lines that people wrote from those that ran. */
export class CellLines {
  readonly #cells = new Map<number, CompiledCell>();
  #latest: CompiledCell | undefined;

  /** Remembers a compilation; {@link keep} says which execution it was for. */
  compiled(step: { readonly moduleText: string; readonly scriptMap: string }): void {
    const inline = INLINE_MAP.exec(step.moduleText)?.[1];
    if (inline === undefined) return;
    const payload = JSON.parse(Buffer.from(inline, "base64").toString()) as SourceMapPayload;
    this.#latest = {
      toScript: new SourceMap(JSON.parse(step.scriptMap) as SourceMapPayload),
      toModule: new SourceMap(payload),
    };
  }

  /** The latest compilation is that of execution `cell`. @returns the file name that its frames shall carry */
  keep(cell: number): string {
    if (this.#latest !== undefined) this.#cells.set(cell, this.#latest);
    return `cell[${cell}]`;
  }

  /** Where line and column (from 1) of a script stand in the TypeScript of its cell; undefined when not known. */
  place(cell: number, line: number, column: number): CellPlace | undefined {
    const compiled = this.#cells.get(cell);
    if (compiled === undefined) return undefined;
    const inModule = compiled.toScript.findEntry(line - 1, column - 1);
    if (!("originalLine" in inModule)) return undefined;
    const inSource = compiled.toModule.findEntry(inModule.originalLine, inModule.originalColumn);
    if (!("originalLine" in inSource)) return undefined;
    return { cell, line: Math.max(1, inSource.originalLine + 1 - LINES_ABOVE) };
  }

  /** A stack with its frames in cells as people wrote them: `at f (cell [3], line 5)`. */
  readable(stack: string): string {
    return stack.replace(/cell\[(\d+)\]:(\d+):(\d+)/g, (frame, cell, line, column) => {
      const place = this.place(Number(cell), Number(line), Number(column));
      return place === undefined ? String(frame) : `cell [${place.cell}], line ${place.line}`;
    });
  }

  /** The first frame of `stack` that lies in execution `cell`. */
  lineIn(cell: number, stack: string): number | undefined {
    const frame = new RegExp(`cell\\[${cell}\\]:(\\d+):(\\d+)`).exec(stack);
    return frame === null ? undefined : this.place(cell, Number(frame[1]), Number(frame[2]))?.line;
  }
}
