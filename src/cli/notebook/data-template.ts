import type { Notebook } from "../../notebook/index.js";
import { code, notebookOf, prose } from "./template-cells.js";

/** What a notebook about data is made from. */
export interface DataNotebook {
  readonly title: string;
  /** Lower-case words joined by "-": the notebook's name, and what its figures' ids begin with. */
  readonly name: string;
  /** The data, seen from the notebook's folder. */
  readonly path: string;
  readonly kind: "comparisons" | "votes";
}

/** A notebook that loads somebody's own table, shows what is in it, explores it, and draws both. */
export function dataNotebook({ title, name, path, kind }: DataNotebook): Notebook {
  const { subject, share, count, shown } = WORDS[kind];
  return notebookOf([
    prose("title", `# ${title}\n\n**Question.** Do these people differ in what they prefer, and in what?`),
    prose("imports", "## Imports"),
    code("import", ['import { data, explore, figures, notebook, study } from "pal-lab";']),
    prose(
      "settings",
      "## Parameters\n\nColumns are guessed; `data.loadData(DATA, { columns: { … } })` names them, and docs/own-data.md lists them.",
    ),
    code(
      "parameters",
      [
        "const SEED = 1; // decides every draw",
        'const PROFILE: "fast" | "full" = "fast"; // "full" tries more types of people',
        `const DATA = ${JSON.stringify(path)}; // from this notebook's folder`,
      ],
      ["parameters"],
    ),
    prose(
      "data-heading",
      "## Data\n\nRead this first: what was taken, what was dropped, and whom to look at.",
    ),
    code("load", [
      `const lab = notebook(${JSON.stringify(name)}, { seed: SEED, profile: PROFILE });`,
      "const { data: answers, summary } = await data.loadData(DATA);",
      "console.log(data.renderSummary(summary));",
    ]),
    prose(
      "shares-heading",
      `## What is disputed\n\nThe ${subject}s on which these people are least of one mind.`,
    ),
    code("shares", [
      ...count,
      "const shares = names.map((text, i) => ({ text, answers: asked[i], share: yes[i] / asked[i] }))",
      "  .filter(({ answers: n }) => n > 0)",
      "  .sort((a, b) => Math.abs(a.share - 0.5) - Math.abs(b.share - 0.5)).slice(0, 15);",
      "lab.table(shares);",
    ]),
    prose("shares-prose", "The same as a picture: a figure of one's own is what Plotly draws."),
    code("shares-figure", [
      "const texts = shares.map(({ text }) => figures.theme.wrapText(text, 40));",
      'const bars = { type: "bar", orientation: "h", x: shares.map((each) => each.share), y: texts };',
      "const layout = {",
      `  title: ${JSON.stringify(shown)}, height: 130 + 36 * shares.length,`,
      `  xaxis: { title: ${JSON.stringify(share)}, range: [0, 1] }, yaxis: { autorange: "reversed", ticks: "" },`,
      "};",
      `await lab.figure(${JSON.stringify(`${name}-answers`)}, { data: [bars], layout: layout });`,
    ]),
    prose(
      "explore-heading",
      "## Do they differ, and how?\n\nMethods from popularity upwards predict held-out answers; in words, what follows from it.",
    ),
    code("explore", [
      "const found = await explore(answers, { seed: SEED, kMax: lab.pick({ fast: 2, full: 4 }) });",
      "lab.table(found.comparison.methods.map(({ name, k, nats, accuracy }) => ({",
      '  method: k === undefined ? name : `${name}, K = ${k}`, "nats an answer": nats, accuracy,',
      "})), { digits: 3 });",
      "for (const { question, answer } of study.plainAnswers(found)) console.log(`${question}\\n  ${answer}`);",
    ]),
    prose("dividing-heading", "## What divides them"),
    code("dividing", [
      "const noun = study.nounOf(found.choice);",
      "const items = found.description.divisive.slice(0, 6).map(({ text, byPrototype }) => ({ text, byPrototype }));",
      "const extra = { items: items, measure: `probability, for each ${noun}`, noun: noun };",
      "const result = { draw: figures.exploreItems, extra: extra, data: answers, engine: found.comparison.shown };",
      'const claim = found.choice.k > 1 ? "What divides these people most" : "No types were found: what these people think";',
      `await lab.figure(${JSON.stringify(`${name}-dividing`)}, result, claim);`,
    ]),
    prose("conclusion", "## What it shows, and what it does not"),
  ]);
}

/** What is counted: of votes the share that agrees with a statement, of comparisons how often an item wins. */
const WORDS: {
  readonly [kind in DataNotebook["kind"]]: {
    readonly subject: string;
    readonly share: string;
    readonly shown: string;
    readonly count: readonly string[];
  };
} = {
  votes: {
    subject: "statement",
    share: "share that agrees (fraction)",
    shown: "Statements on which opinions are divided most evenly",
    count: [
      "const names = answers.contexts?.text ?? answers.contexts?.ids ?? [];",
      "const [asked, yes] = [names.map(() => 0), names.map(() => 0)];",
      "answers.label.forEach((label, row) => {",
      "  const statement = answers.context?.[row] ?? 0;",
      "  asked[statement] += 1;",
      "  if (label > 0) yes[statement] += 1;",
      "});",
    ],
  },
  comparisons: {
    subject: "item",
    share: "share of its comparisons that it wins (fraction)",
    shown: "Items that win and lose most evenly",
    count: [
      "const names = answers.items.text ?? answers.items.ids;",
      "const [asked, yes] = [names.map(() => 0), names.map(() => 0)];",
      "answers.label.forEach((label, row) => {",
      "  for (const item of [answers.left[row], answers.right[row]]) asked[item] += 1;",
      "  yes[label > 0 ? answers.right[row] : answers.left[row]] += 1;",
      "});",
    ],
  },
};
