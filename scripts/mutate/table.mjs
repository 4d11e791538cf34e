import { readFileSync, writeFileSync } from "node:fs";
import { format } from "prettier";

const BEGIN = "<!-- mutate: written by npm run mutate -->";
const END = "<!-- mutate: end -->";

/** Puts the record's table between the two marks of a document. */
export async function writeTable(path, record) {
  const text = readFileSync(path, "utf8");
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`mutate: ${path} must hold ${BEGIN} and ${END}`);
  const rows = Object.entries(record.rooms)
    .sort()
    .flatMap(([room, runs]) => Object.entries(runs).map(([when, run]) => row(room, when, run)));
  const head = [
    "room",
    "tests",
    "mutants",
    "killed",
    "timeouts",
    "survived",
    "no coverage",
    "score",
    "seed",
    "date",
  ];
  const table = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
  const whole = `${before}${BEGIN}\n\n${table}\n\n${END}${after}`;
  writeFileSync(path, await format(whole, { parser: "markdown", printWidth: 110 }));
}

function row(room, when, { mutants, of, killed, timeouts, survived, noCoverage, score, seed, date }) {
  const percent = `${Math.round(100 * score)} %`;
  return [
    `\`${room}\``,
    when,
    `${mutants} of ${of}`,
    killed,
    timeouts,
    survived,
    noCoverage,
    percent,
    seed,
    date,
  ];
}
