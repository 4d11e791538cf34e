import { VERSION } from "../../core/index.js";
import { featureDimension, type FeatureTable, type PreferenceData } from "../../data/index.js";
import { familyOf } from "../../families/index.js";
import type { Settings } from "../state/settings.js";
import type { WorldCalls } from "../worker/protocol.js";
import type { BuiltWorld } from "./built-world.js";
import { modelConfig, recipeOf } from "./recipe.js";

type Files = WorldCalls["world/files"]["answer"]["files"];

/** A world as files that a notebook beside them trains the same model on, bit by bit: answers, items, (the question,) configuration, notebook. */
export function worldFiles(settings: Settings, { train, test }: BuiltWorld): Files {
  const { contexts } = train;
  return [
    { name: "comparisons.csv", text: answersTable(train, test) },
    { name: "items.csv", text: featureTable(train.items) },
    ...(contexts === undefined ? [] : [{ name: "contexts.csv", text: featureTable(contexts) }]),
    { name: "world.json", text: `${JSON.stringify(configuration(settings), undefined, 1)}\n` },
    { name: "world.ipynb", text: `${JSON.stringify(notebook(settings), undefined, 1)}\n` },
  ];
}

/** Answers that train, in their order, then those that are held out. */
function answersTable(train: PreferenceData, test: PreferenceData): string {
  const inContext = train.contexts !== undefined;
  const lines = [`user,left,right,label,held_out${inContext ? ",context" : ""}`];
  for (const [data, isHeldOut] of [
    [train, 0],
    [test, 1],
  ] as const) {
    const { users, user, items, left, right, label, contexts, context } = data;
    label.forEach((value, row) => {
      const own = [users[user[row]], items.ids[left[row]], items.ids[right[row]], value, isHeldOut];
      if (contexts !== undefined && context !== undefined) own.push(contexts.ids[context[row]]);
      lines.push(own.join(","));
    });
  }
  return `${lines.join("\n")}\n`;
}

/** Nine digits tell every float32. */
function featureTable(table: FeatureTable): string {
  const { ids, features = new Float32Array(0) } = table;
  const d = featureDimension(table);
  const names = Array.from({ length: d }, (_, j) => `f${j}`);
  const rows = ids.map((id, row) =>
    [
      id,
      ...Array.from(features.subarray(row * d, (row + 1) * d), (value) => Number(value.toPrecision(9))),
    ].join(","),
  );
  return `${["id", ...names].join(",")}\n${rows.join("\n")}\n`;
}

function configuration(settings: Settings): object {
  return { palLab: VERSION, settings, model: modelConfig(settings), fit: recipeOf(settings) };
}

function notebook(settings: Settings): object {
  const title = familyOf(settings.family).title;
  const cells = [
    prose("title", [
      `# A world of the explorer, and ${title} on it`,
      "",
      "The files beside this notebook are the world as it was when it was downloaded. The model is trained as the page trained it, and gets the same bits.",
    ]),
    code("import", [
      'import { readFileSync } from "node:fs";',
      'import { accuracySeen, data as tables, families, fit, loadEngine } from "pal-lab";',
    ]),
    code("world", [
      'const { data } = await tables.loadData("comparisons.csv", { columns: { heldOut: "held_out" } });',
      "const rowsOf = (part: number) =>",
      "  tables.selectRows(data, Int32Array.from(data.label.keys()).filter((row) => data.heldOut[row] === part));",
      "const [train, test] = [rowsOf(0), rowsOf(1)];",
      "console.log(`${train.users.length} users, ${train.label.length} answers train, ${test.label.length} are held out`);",
    ]),
    code("fit", [
      'const world = JSON.parse(readFileSync("world.json", "utf8"));',
      "const engine = await loadEngine();",
      "const model = await fit(families.modelFrom(world.model), train, { engine: engine, ...world.fit });",
      "console.log(`accuracy on held-out answers: ${accuracySeen(model, test).accuracy.toFixed(4)}`);",
    ]),
  ];
  const kernelspec = { display_name: "TypeScript (pal-lab)", language: "typescript", name: "tslab" };
  const metadata = { kernelspec, language_info: { name: "typescript" } };
  return { cells, metadata, nbformat: 4, nbformat_minor: 5 };
}

function prose(id: string, lines: readonly string[]): object {
  return { cell_type: "markdown", id, metadata: {}, source: lines.join("\n") };
}

function code(id: string, lines: readonly string[]): object {
  return {
    cell_type: "code",
    id,
    metadata: {},
    source: lines.join("\n"),
    execution_count: null,
    outputs: [],
  };
}
