import type { Notebook } from "../../notebook/index.js";
import { code, notebookOf, prose } from "./template-cells.js";

/** A small lesson to begin from: every part that `notebook lint` asks for, and something that runs. */
export function templateNotebook(title: string): Notebook {
  return notebookOf([
    prose(
      "title",
      `# ${title}\n\n**Question.** What do you want to find out? Say here what would answer it.`,
    ),
    prose("imports", "## Imports"),
    code("import", [
      "import {",
      "  accuracySeen, fit, loadEngine, PalA, randomStream, simulateIdealPoints, splitByComparison,",
      '} from "pal-lab";',
    ]),
    prose("settings", "## Parameters\n\n`pal-lab notebook run -p K=2` sets them from outside."),
    code(
      "parameters",
      ["const SEED = 1; // of the population and the training", "const K = 3; // prototypes of the model"],
      ["parameters"],
    ),
    prose("data-heading", "## Data\n\nA small population that disagrees."),
    code("data", [
      "const data = simulateIdealPoints({",
      '  dimension: 8, prototypes: 3, users: 60, comparisonsPerUser: 100, setting: "mixture", seed: SEED,',
      "});",
      'const { train, test } = splitByComparison(data, { validation: 20, test: 20 }, randomStream(SEED).split("split"));',
      "console.log(`${train.users.length} users, ${train.label.length} training comparisons, ${test.label.length} held out`);",
    ]),
    prose("method", "## Method"),
    code("fit", [
      "const engine = await loadEngine();",
      "const model = await fit(new PalA({ k: K, latentDimension: 8 }), train, { engine: engine, seed: SEED, epochs: 60 });",
    ]),
    prose("result", "## Result"),
    code("accuracy", [
      "console.log(`accuracy on held-out comparisons: ${accuracySeen(model, test).accuracy.toFixed(3)}`);",
    ]),
    prose("conclusion", "## What it shows, and what it does not"),
  ]);
}
