import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { PreferenceData } from "../../data/index.js";
import { CASES, PLANS } from "../../families/fixtures/index.js";
import { dataSizes, type Model } from "../../families/index.js";
import { listing } from "../../graph/index.js";
import { batchExtents } from "./feeds/pair-inputs.js";
import { createRuntime } from "./fixtures/builds.js";
import { loadPairs } from "./loaded-data.js";
import { scorePlan } from "./score-plan.js";

async function kernelsOf(model: Model, data: PreferenceData): Promise<string[]> {
  const source = loadPairs(await createRuntime("plain"), data);
  const sizes = dataSizes(data, data.users.length);
  const use = { model, sizes, source, training: true, isSampled: true };
  const plan = scorePlan(
    use,
    model.parameters(sizes),
    batchExtents(11, model.user.found === undefined ? 0 : 88),
  );
  if (plan.alternative === undefined) return listing(plan);
  const { more, less } = plan.alternative.when;
  return [...listing(plan), `where ${more.name} > ${less.name}`, ...listing(plan.alternative)];
}

// each family's plans are listed in its folder, as reviewed; PAL_LAB_UPDATE=1 writes the lists anew: read the difference
describe.each(Object.entries(CASES))("%s", (kind, cases) => {
  test("its plans call the kernels that were reviewed", async () => {
    const blocks = new Map<string, string[]>();
    // two hidden layers show nothing that one does not
    for (const { name, model, data } of cases.filter((entry) => !entry.name.includes("mlp2"))) {
      const kernels = (await kernelsOf(model, data)).join("\n");
      blocks.set(kernels, [...(blocks.get(kernels) ?? []), name]);
    }
    const text = [...blocks].map(
      ([kernels, names]) => `${names.map((name) => `# ${name}\n`).join("")}${kernels}\n`,
    );
    const file = fileURLToPath(PLANS.get(kind) ?? "");
    if (process.env["PAL_LAB_UPDATE"] === "1") writeFileSync(file, text.join("\n"));
    expect(existsSync(file), `${file} is there; PAL_LAB_UPDATE=1 writes it`).toBe(true);
    expect(text.join("\n")).toBe(readFileSync(file, "utf8"));
  });
});
