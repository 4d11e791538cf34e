import { join } from "node:path";
import { stableJson } from "../core/index.js";
import type { DataSummary } from "../data/index.js";
import type { Exploration } from "../evaluate/index.js";
import { renderSvg } from "../figures/render/index.js";
import { writeAtomically } from "../files/index.js";
import type { DrawnFigure } from "./drawn-figure.js";
import { exploreFigures, explorePage } from "./explore/index.js";
import { nounOf } from "./words/index.js";

/** Where the files of an exploration are. */
export interface WrittenExploration {
  /** The page for people. */
  readonly page: string;
  /** Everything that was found, as JSON. */
  readonly json: string;
  /** Users, what is known of them and their weights, as CSV: for R. */
  readonly users: string;
}

/** Writes `explore.html`, which needs nothing beside it, `explore.json` and `users.csv` into `folder`. */
export async function writeExploration(
  exploration: Exploration,
  folder: string,
  summary?: DataSummary,
): Promise<WrittenExploration> {
  // what is shared names the file, not where it lies here
  const shared =
    summary === undefined
      ? undefined
      : { ...summary, file: summary.file.split(/[\\/]/).at(-1) ?? summary.file };
  const drawn: DrawnFigure[] = [];
  for (const figure of exploreFigures(exploration)) drawn.push({ figure, svg: await renderSvg(figure) });
  const written = {
    page: join(folder, "explore.html"),
    json: join(folder, "explore.json"),
    users: join(folder, "users.csv"),
  };
  await writeAtomically(
    written.page,
    explorePage({ exploration, figures: drawn, ...(summary === undefined ? {} : { summary }) }),
  );
  await writeAtomically(
    written.json,
    `${stableJson({ exploration, summary: shared }, { digits: 6, indent: 1 })}\n`,
  );
  await writeAtomically(written.users, usersTable(exploration));
  return written;
}

function usersTable({ users, known, weights, choice }: Exploration): string {
  const { k } = choice;
  const noun = nounOf(choice);
  const columns = known.map(({ name }) => name);
  const head = ["user", ...columns, ...Array.from({ length: k }, (_, j) => `${noun}_${j + 1}`)];
  const rows = users.map((user, u) => [
    user,
    ...known.map(({ values }) => values[u]),
    ...Array.from(weights.subarray(u * k, (u + 1) * k), (weight) => weight.toFixed(4)),
  ]);
  return [head, ...rows].map((row) => `${row.map(cell).join(",")}\n`).join("");
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
