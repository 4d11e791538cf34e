// The page "Which model should I use?": from what families say of themselves (`pal-lab models`) and the committed matrix of worlds and families.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  checkClaims,
  experimentNamed,
  matrixLevels,
  NEAR_THE_BEST,
} from "../dist/evaluate/experiments/index.js";
import { stats, study } from "../dist/index.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
/** Nats an answer of a coin. */
const COIN = Math.log(0.5);
const ABOUT = new Map([
  ...study.WORLD_NAMES,
  ["pets", "two groups compare sentences about animals: one prefers dogs to cats, the other cats to dogs"],
  ["persona", "three personas say yes or no to statements"],
]);

/** @param record of the matrix */
export function whichModel(record) {
  if (record === undefined)
    throw new Error("figures/families-matrix.record.json is missing: npm run reproduce -- 14");
  const models = JSON.parse(
    spawnSync(process.execPath, [join(root, "bin", "pal-lab.js"), "models", "--json"], { encoding: "utf8" })
      .stdout,
  );
  const regrets = stats.matrixRegrets(record.rows);
  const worlds = [...new Set(regrets.map(({ where }) => where))];
  const { visits, users, answers, features, newAnswers } = sizesOf(record);
  const levels = new Map(matrixLevels(record.rows).map((level) => [level.where, level]));
  const claims = checkClaims(new Map([[record.id, record]])).filter(({ figure }) => figure === record.id);
  return `${[
    "# Which model should I use?",
    "<!-- written by scripts/write-results.mjs from the registry and figures/families-matrix.record.json -->",
    "It depends on how your people differ, which you do not know. Three steps find out:",
    [
      "1. `npx pal-lab explore DATA` says whether they differ at all beyond chance. If not, one reward for all is enough.",
      "2. The table says what each family takes people to be, what it needs, and in which simulated worlds it won and lost.",
      "3. `npx pal-lab compare DATA` trains those that your data's shape allows on the same answers, and says how sure the difference is.",
    ].join("\n"),
    "## Families",
    `Of each family the worlds where it is best, those where it is within ${NEAR_THE_BEST} nats an answer of the best, and the one where it is furthest behind, for users who trained (means of ${record.seeds.length} drawn worlds each). Best means best of those that ran: what is marked (none good) is a world where even the best is more than ${NEAR_THE_BEST} below one reward for all, so do not choose by it. A coin has -0.69 nats an answer. "New users" is what happens to somebody who did not train: fitted means an optimisation for each, at once means that their answers are read as they are, by a network or by how alike they are, and nothing is fitted for them. Uncertainty is whether it says how unsure it is of a user.`,
    familyTable(models, regrets, levels),
    `![${record.claim}](../figures/families-matrix.svg)`,
    "## Worlds",
    `From the best, in nats an answer behind it with 95 % intervals over drawn worlds; families within their interval of the best are alike as far as these numbers tell. Each world says first what its best family reaches beside a coin, the truest single reward for all, and who knows everybody. Last, the best after ${newAnswers} answers of a new user.`,
    ...worlds.map((world) => worldPart(record, { regrets, level: levels.get(world), newAnswers }, world)),
    "## How sure this is",
    [
      `Each world was drawn ${record.seeds.length} times: ${users} users, of whom a fifth are new, with ${answers} answers each; tables of more than ${features} features are taken along their first principal components. Every family chose among up to three settings of its own by validation; those trained by gradients saw ${visits} answers in all. Networks that read a person's answers (GPO, SPL, VPL) gain from more people than these. The best is picked on the answers on which it is judged, so regrets are a little too large where several are alike.`,
    ].join("\n"),
    "What the matrix must show, with what decided it:",
    [
      "| claim | criterion | ours |",
      "|---|---|---|",
      ...claims.map(
        ({ claim, criterion, status, ours, missed }) =>
          `| ${cell(claim)} | ${cell(criterion)} | ${status === "holds" ? "holds" : `**${status}**`}: ${cell(ours).replaceAll("; ", "<br>")}${missed === undefined ? "" : `<br>(${cell(missed)})`} |`,
      ),
    ].join("\n"),
    "[14-which-model](../notebooks/14-which-model.ipynb) makes the figure; `npm run reproduce -- 14` computes it again.",
  ].join("\n\n")}\n`;
}

function familyTable(models, regrets, levels) {
  const rows = models.map(({ kind, assumes, needs, newUsers, uncertainty, cost }) => {
    const own = regrets.filter(({ who }) => who === kind).sort((a, b) => b.mean - a.mean);
    const best = own.filter(({ isBest }) => isBest);
    const near = own.filter(({ isBest, mean }) => !isBest && mean <= NEAR_THE_BEST);
    const [worst] = own;
    const loses =
      worst === undefined || worst.isBest ? "–" : `${link(worst.where)} (${worst.mean.toFixed(2)})`;
    const refused = levels.size - own.length;
    return `| \`${kind}\` | ${cell(assumes)} | ${cell(needs)} | ${newUsers} | ${uncertainty} | ${cost} | ${links(best, levels)} | ${links(near, levels)} | ${loses}${refused > 0 ? `; takes ${own.length} of ${levels.size}` : ""} |`;
  });
  return [
    "| family | assumes that | needs | new users | uncertainty | cost | best in | near the best in | furthest behind in |",
    "|---|---|---|---|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

function worldPart({ rows }, { regrets, level, newAnswers }, world) {
  const own = regrets.filter(({ where }) => where === world).sort((a, b) => a.mean - b.mean);
  const lines = own.map(({ who, mean, low, high, isBest }) =>
    isBest
      ? `| \`${who}\` | best |`
      : `| \`${who}\` | ${mean.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)}) |`,
  );
  const fresh = stats.matrixRegrets(
    rows
      .filter(({ settings }) => settings.world === world)
      .map((row) => ({ ...row, measures: { nats: row.measures?.newNats } })),
  );
  const best = fresh.filter(({ isBest }) => isBest).map(({ who }) => `\`${who}\``);
  const alike = fresh.filter(({ isBest, low }) => !isBest && low <= 0).map(({ who }) => `\`${who}\``);
  const told = rows.find(({ settings }) => settings.world === world && settings.family === "majority");
  const refused = String(told?.settings.refused ?? "")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => `- \`${line.replace(": ", "` cannot take it: ")}`);
  return [
    `### ${world}`,
    `${ABOUT.get(world) ?? ""}.`,
    levelLine(level),
    ["| family | nats behind |", "|---|---|", ...lines].join("\n"),
    `New users after ${newAnswers} answers: ${best.join(", ")}${alike.length > 0 ? `; not surely behind: ${alike.join(", ")}` : ""}.`,
    ...(refused.length > 0 ? [refused.join("\n")] : []),
  ].join("\n\n");
}

/** Sizes that the record's sweep ran with: its own, else the experiment's. */
function sizesOf({ config }) {
  const [{ experiment, base }] = config.sweeps;
  return { ...experimentNamed(experiment).defaults, ...base };
}

/** What the best reaches beside what can be reached. */
function levelLine({ who, best, blind, oracle, isPoor }) {
  const known = [
    `a coin ${COIN.toFixed(3)}`,
    ...(blind === undefined ? [] : [`the truest single reward for all ${blind.toFixed(3)}`]),
    ...(oracle === undefined ? [] : [`who knows everybody ${oracle.toFixed(3)}`]),
  ];
  const reached = `Nats an answer: the best, \`${who}\`, ${best.toFixed(3)}; ${known.join("; ")}.`;
  return isPoor
    ? `${reached} **No family that ran is good here**: the best is below what one reward for all can reach, so its order says nothing of which to take.`
    : reached;
}

function links(regrets, levels) {
  const all = regrets.map(({ where }) => `${link(where)}${levels.get(where).isPoor ? " (none good)" : ""}`);
  return all.length === 0 ? "–" : all.join(", ");
}

function link(world) {
  return `[${world}](#${world})`;
}

function cell(text) {
  return text.replaceAll("|", "\\|");
}
