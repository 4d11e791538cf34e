// Examples of doc comments as programs: they know what `pal-lab` exports (its namespace `data` as `sets`), and a few values.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What every example may name: answers, a model of them, one user's first answers, and what may be asked next. */
const VALUES = {
  data: "import('pal-lab').PreferenceData",
  fitted: "import('pal-lab').Fitted<import('pal-lab').PalA>",
  known: "import('pal-lab').PreferenceData",
  pool: "import('pal-lab').Pairs",
};

/** @returns every `@example` of the sources: where it stands, the program, and what stands before it for the type check */
export function docExamples(root, exported) {
  const names = exported.filter((name) => !Object.hasOwn(VALUES, name));
  const values = Object.entries(VALUES).map(([name, type]) => `declare const ${name}: ${type};`);
  const before = `import { data as sets, ${names.join(", ")} } from "pal-lab"; ${values.join(" ")}`;
  return sourcesIn(root).flatMap((path) => {
    const text = readFileSync(join(root, path), "utf8");
    return [...text.matchAll(/^ *\* @example\b([^]*?)(?=\n *\* @|\*\/)/gm)].map((found) => ({
      where: `${path}:${text.slice(0, found.index).split("\n").length}`,
      content: `{ ${found[1].replaceAll(/^ *\* ?/gm, "").trim()}\n}`,
      before,
    }));
  });
}

function sourcesIn(root) {
  return readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => join("src", name).replaceAll("\\", "/"))
    .sort();
}

/** The values that examples name. */
export async function exampleValues() {
  const { data: sets, families, fit, loadEngine, simulateIdealPoints } = await import("pal-lab");
  const people = { prototypes: 2, users: 24, comparisonsPerUser: 24, setting: "partition", seed: 1 };
  const data = simulateIdealPoints({ dimension: 4, pairs: "pool", poolSize: 20, ...people });
  const model = new families.PalA({ k: 2, latentDimension: 4, loss: "logistic" });
  return {
    sets,
    data,
    fitted: await fit(model, data, { engine: await loadEngine(), seed: 1, epochs: 5 }),
    known: sets.selectUser(data, data.users[0]),
    pool: { items: data.items, left: Int32Array.of(0, 2), right: Int32Array.of(19, 17) },
  };
}
