// Writes what people read from the committed records: the results table of README.md and figures/README.md.
// With --check it writes nothing and fails when one of them is stale.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { tInterval } from "../dist/core/index.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const records = readdirSync(join(root, "figures"))
  .filter((name) => name.endsWith(".record.json"))
  .sort()
  .map((name) => JSON.parse(readFileSync(join(root, "figures", name), "utf8")));
const record = (id) => records.find((candidate) => candidate.id === id);

/** Paper's claim, where it is shown, and how the records answer. */
const claims = [
  {
    claim: "Accuracy of seen users rises as K reaches K\\* (simulation, Figure 2)",
    notebook: "03-accuracy-against-k",
    figure: "simulation-accuracy-vs-k",
    ours: (rows) =>
      ["mixture", "partition"].flatMap((setting) =>
        [2, 3, 4].map((kStar) => rise(rows, { setting, kStar })).filter((text) => text !== undefined),
      ),
    paper: "not known; “75.4 % → 100 %” [2nd-hand], setting not stated",
  },
  {
    claim: "Seen accuracy on Persona rises as K reaches K\\* (Figure 4a)",
    notebook: "04-persona",
    figure: "persona-accuracy-vs-k",
    ours: (rows) =>
      ["uniform", "balanced"].flatMap((setting) =>
        [2, 3, 4].map((kStar) => rise(rows, { setting, kStar })).filter((text) => text !== undefined),
      ),
    paper: "not known",
  },
];

function rise(rows, { setting, kStar }) {
  const at = (k) =>
    rows.filter(
      (row) => row.setting === setting && row.kStar === kStar && row.k === k && row.split === "seen",
    );
  if (at(1).length === 0 || at(kStar).length === 0) return undefined;
  return `${setting}, K\\* = ${kStar}: ${interval(at(1))} at K = 1, **${interval(at(kStar))}** at K = K\\*`;
}

function interval(rows) {
  const { mean, low, high } = tInterval(rows.map((row) => row.accuracy));
  return `${mean.toFixed(3)} ± ${((high - low) / 2).toFixed(3)}`;
}

function resultsTable() {
  const rows = claims.map(({ claim, notebook, figure, ours, paper }) => {
    const found = record(figure);
    const numbers = found === undefined ? "not run" : ours(found.rows).join("<br>");
    return `| ${claim} | [${notebook}](notebooks/${notebook}.ipynb) | [${figure}](figures/${figure}.svg) | ${numbers} | ${paper} |`;
  });
  return [
    "| the paper's claim | notebook | figure | ours | the paper's |",
    "|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

function readme() {
  const text = readFileSync(join(root, "README.md"), "utf8");
  return text.replace(
    /(<!-- results:begin[^>]*-->\n)[^]*?(<!-- results:end -->)/,
    `$1\n${resultsTable()}\n\n$2`,
  );
}

function figuresReadme() {
  const parts = records.map(({ id, claim, caption, seeds, engine, data }) => {
    const sources = data
      .map(({ name, sha256 }) => `${name} (${sha256.slice(0, 12)})`)
      .slice(0, 3)
      .join(", ");
    const more = data.length > 3 ? ` and ${data.length - 3} more` : "";
    return `## ${id}\n\n![${claim}](${id}.svg)\n\n**${claim}.** ${caption}\n\nSeeds ${seeds.join(", ")}; engine ${engine}; data: ${sources}${more}.`;
  });
  const intro =
    "# Figures\n\nThe committed, full-profile results. Each has its specification (`<id>.json`), its record (`<id>.record.json`: " +
    "configuration, seeds, versions, data, rows) and its rows as a table (`<id>.csv`). Rebuild all: `npm run reproduce`.";
  return `${[intro, ...parts].join("\n\n")}\n`;
}

const wanted = new Map([
  ["README.md", readme()],
  ["figures/README.md", figuresReadme()],
]);
const stale = [...wanted].filter(
  ([path, text]) => !existsSync(join(root, path)) || readFileSync(join(root, path), "utf8") !== text,
);
if (process.argv.includes("--check")) {
  if (stale.length > 0) {
    console.error(`stale: ${stale.map(([path]) => path).join(", ")}; run node scripts/write-results.mjs`);
    process.exit(1);
  }
} else {
  for (const [path, text] of stale) writeFileSync(join(root, path), text);
}
