import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { ExitCode, list } from "../core/index.js";
import { writeAtomically } from "../files/index.js";
import { COLUMNS, forColumn, type Column } from "../figures/index.js";
import { disposeRenderer, renderPng, renderSvg, saveFigure } from "../figures/render/index.js";
import { parse, UsageError, type Command } from "./command.js";
import { outFolder } from "./data-options.js";
import { drawAgain, redrawNotebook, type DrawnAgain } from "./redraw.js";

export const figuresCommand: Command = {
  summary: "draw saved figures again from their records, for a column of print too",
  help: `
usage: pal-lab figures [ID…] [--from DIR] [--out DIR] [--column single|double] [--notebook FILE.ipynb]…

Draws figures as this version draws them, from the records that they were saved with; nothing is computed.

  ID…               which (default: all that lie in the folder)
  --from DIR        the folder of <id>.record.json and <id>.json (default: out/figures, else figures)
  --out DIR         where files go (default: out/print for a column, else the folder itself)
  --column COLUMN   single (3.5 in) or double (7.16 in): <id>-<column>.svg in that size and <id>-<column>.png with twice the pixels;
                    text is 7 pt or more; panels that do not fit beside each other stand below each other
  --notebook FILE   also draws their pictures in this executed notebook again; may be given more than once
`,
  async run(args, terminal): Promise<number> {
    const { values, positionals } = parse(args, {
      ...{ from: { type: "string" }, out: { type: "string" }, column: { type: "string" } },
      notebook: { type: "string", multiple: true },
    });
    const column = columnOf(values.column);
    const from = values.from ?? (existsSync(join("out", "figures")) ? join("out", "figures") : "figures");
    const out = values.out ?? (column === undefined ? from : join("out", "print"));
    const ids = await chosen(from, positionals);
    await outFolder(out);
    const drawn: DrawnAgain[] = [];
    for (const id of ids) drawn.push(await drawAgain(id, from));
    for (const { figure } of drawn) {
      if (column === undefined) await saveFigure(figure, out);
      else await saveColumn(figure, column, out);
    }
    for (const path of values.notebook ?? []) await writeAtomically(path, await redrawNotebook(path, drawn));
    await disposeRenderer();
    terminal.out.write(`${drawn.length} figures in ${out}\n`);
    return ExitCode.ok;
  },
};

async function saveColumn(figure: DrawnAgain["figure"], column: Column, out: string): Promise<void> {
  const narrow = forColumn(figure, column);
  const svg = sized(await renderSvg(narrow), COLUMNS[column].inches);
  await writeAtomically(join(out, `${figure.id}-${column}.svg`), svg);
  await writeAtomically(join(out, `${figure.id}-${column}.png`), await renderPng(narrow));
}

/** The picture in inches, so that a document has it in the size of its column. */
function sized(svg: string, inches: number): string {
  const size = /^<svg [^>]*?width="([\d.]+)" height="([\d.]+)"/.exec(svg);
  if (size === null) return svg;
  const [width, height] = size.slice(1).map(Number);
  const printed = `width="${inches}in" height="${((inches * height) / width).toFixed(3)}in"`;
  return svg.replace(`width="${size[1]}" height="${size[2]}"`, printed);
}

function columnOf(given: string | undefined): Column | undefined {
  if (given === undefined || given === "single" || given === "double") return given;
  throw new UsageError(`--column must be single or double, got ${JSON.stringify(given)}`);
}

/** The figures that are named, of those in the folder. @throws UsageError */
async function chosen(folder: string, named: readonly string[]): Promise<readonly string[]> {
  if (!existsSync(folder))
    throw new UsageError(`there is no folder ${folder}; --from names the one that figures were saved in`);
  const ids = (await readdir(folder)).flatMap((name) => /^(.+)\.record\.json$/.exec(name)?.[1] ?? []).sort();
  const unknown = named.find((id) => !ids.includes(id));
  if (unknown !== undefined)
    throw new UsageError(`no figure ${JSON.stringify(unknown)} in ${folder}; there are ${list(ids)}`);
  if (ids.length === 0)
    throw new UsageError(`no figures in ${folder}; --from names the folder that they were saved in`);
  return named.length === 0 ? ids : named;
}
