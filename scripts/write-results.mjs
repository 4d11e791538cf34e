// Writes what people read from the committed records: the results table of README.md, figures/README.md and docs/which-model.md.
// With --check it writes nothing and fails when one of them is stale.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkClaims } from "../dist/evaluate/experiments/index.js";
import { whichModel } from "./which-model.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const records = readdirSync(join(root, "figures"))
  .filter((name) => name.endsWith(".record.json"))
  .sort()
  .map((name) => JSON.parse(readFileSync(join(root, "figures", name), "utf8")));

/** Which notebook makes a figure. */
const NOTEBOOKS = {
  "simulation-ideal-points": "02-train-pal-a",
  "simulation-accuracy-vs-k": "03-accuracy-against-k",
  "simulation-accuracy-vs-samples": "03-accuracy-against-k",
  "persona-query": "04-persona",
  "persona-accuracy-vs-k": "04-persona",
  "persona-accuracy-vs-samples": "04-persona",
  "persona-accuracy-vs-dimension": "04-persona",
  "simulation-new-users": "07-new-users",
  "persona-new-users": "07-new-users",
  "pick-a-filter": "08-pick-a-filter",
  "vpl-didactic": "09-a-latent-user",
  "vpl-context-size": "09-a-latent-user",
  "vpl-label-noise": "09-a-latent-user",
  "vpl-collapse": "10-when-the-latent-collapses",
  "vpl-active": "11-asking-the-right-question",
  "vpl-calibration": "11-asking-the-right-question",
  "vpl-maze-reward": "12-acting-for-somebody",
  "vpl-maze-control": "12-acting-for-somebody",
  "vpl-reward-scale": "12-acting-for-somebody",
  "dpl-toys": "12-acting-for-somebody",
  "vpl-pets": "13-pets",
  "families-matrix": "14-which-model",
  "families-few-shot": "14-which-model",
  "mpo-mixtures": "16-one-policy-for-many",
  "aggregation-costs": "16-one-policy-for-many",
  "gdpo-beliefs": "16-one-policy-for-many",
  "dil-likelihood": "17-what-a-policy-learns",
  "tree-planes": "18-rewards-you-can-read",
  "tree-returns": "18-rewards-you-can-read",
  "tree-prototypes": "18-rewards-you-can-read",
  "believed-cosine": "19-same-values-other-beliefs",
  "belief-or-taste": "19-same-values-other-beliefs",
};

/** @param whose the claims of one paper */
function resultsTable(whose) {
  const byId = new Map(records.map((record) => [record.id, record]));
  const own = checkClaims(byId).filter((claim) => claim.of === whose);
  const rows = own.map(({ source, claim, figure, status, ours, paper, missed }) => {
    const notebook = NOTEBOOKS[figure];
    const links =
      notebook === undefined
        ? "– | –"
        : `[${notebook}](notebooks/${notebook}.ipynb) | [${figure}](figures/${figure}.svg)`;
    return `| ${cell(source)}: ${cell(claim)} | ${links} | ${status === "holds" ? "" : `**${status}**: `}${cell(ours)}${missed === undefined ? "" : `<br>(${cell(missed)})`} | ${cell(paper)} |`;
  });
  return [
    "| the paper's claim | notebook | figure | ours | the paper's |",
    "|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

function cell(text) {
  return text.replaceAll("|", "\\|").replaceAll("*", "\\*").replaceAll("; ", "<br>").replaceAll("->", "→");
}

function readme() {
  const text = readFileSync(join(root, "README.md"), "utf8");
  return [
    ["results", undefined],
    ["vpl-results", "VPL"],
    ["policy-results", "policies"],
    ["tree-results", "trees"],
  ].reduce(
    (written, [mark, whose]) =>
      written.replace(
        new RegExp(`(<!-- ${mark}:begin[^>]*-->\\n)[^]*?(<!-- ${mark}:end -->)`),
        (_, begin, end) => `${begin}\n${resultsTable(whose)}\n\n${end}`,
      ),
    text,
  );
}

/** Whether the rows show what the figure was made to show. */
function verdict(checked) {
  if (checked === undefined) return "";
  return checked.holds ? " ✓" : ` (not in this run: “${checked.says}”)`;
}

function figuresReadme() {
  const parts = records.map(({ id, claim, checked, caption, seeds, engine, data }) => {
    const sources = data
      .map(({ name, sha256 }) => (sha256 === "" ? name : `${name} (${sha256.slice(0, 12)})`))
      .slice(0, 3)
      .join(", ");
    const more = data.length > 3 ? ` and ${data.length - 3} more` : "";
    return `## ${id}\n\n![${claim}](${id}.svg)\n\n**${claim}.**${verdict(checked)} ${caption}\n\nSeeds ${seeds.join(", ")}; engine ${engine}${data.length === 0 ? "" : `; data: ${sources}${more}`}.`;
  });
  const intro =
    "# Figures\n\nThe committed, full-profile results. Each has its specification (`<id>.json`), its record (`<id>.record.json`: " +
    "configuration, seeds, versions, data, rows) and its rows as a table (`<id>.csv`). Rebuild: `npm run reproduce`, and the two studies that take longer by name: `npm run reproduce -- calibrations polis`.";
  return `${[intro, ...parts].join("\n\n")}\n`;
}

const wanted = new Map([
  ["README.md", readme()],
  ["figures/README.md", figuresReadme()],
  ["docs/which-model.md", whichModel(records.find(({ id }) => id === "families-matrix"))],
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
