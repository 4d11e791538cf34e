import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import * as pal from "pal-lab";
import * as browser from "pal-lab/browser";
import * as notebook from "pal-lab/notebook";
import { MOVED_NAMES } from "../src/notebook/source/moved-names.js";

describe("pal-lab, by its name", () => {
  test("from a population to a new user: simulate, split, fit, measure, save, load, infer", async () => {
    const data = pal.simulateIdealPoints({
      dimension: 4,
      prototypes: 2,
      users: 30,
      comparisonsPerUser: 70,
      setting: "partition",
      seed: 1,
    });
    const { seen, unseen } = pal.splitByUser(data, 6, pal.randomStream(1));
    const heldOut = { validation: 10, test: 20 };
    const { train, validation, test: held } = pal.splitByComparison(seen, heldOut, pal.randomStream(2));
    const engine = await pal.loadEngine();
    const options = {
      engine,
      epochs: 60,
      batchSize: 64,
      validation,
      learningRates: { projector: { rate: 0.01 }, prototypes: { rate: 0.03 }, weights: { rate: 0.05 } },
    };
    const margins: number[] = [];
    for (const seed of [1, 2, 3, 4, 5]) {
      const fitted = await pal.fit(new pal.PalA({ k: 2, latentDimension: 4 }), train, { ...options, seed });
      const { accuracy } = pal.accuracySeen(fitted, held);
      expect(accuracy, `seed ${seed}`).toBeGreaterThan(0.85);
      margins.push(accuracy - pal.blindCeiling(held));
      const { taken, rest } = pal.takePerUser(unseen, 40);
      expect(pal.accuracyUnseen(fitted, taken, rest).accuracy, `seed ${seed}`).toBeGreaterThan(0.8);
      const loaded = pal.decodeModel(fitted.save(), engine);
      expect(loaded.scoresOf(held)).toEqual(fitted.scoresOf(held));
    }
    // no predictor that does not know the user passes the blind ceiling
    expect(pal.tInterval(margins).low).toBeGreaterThan(0);
  });

  test("the runner of notebooks is a door of its own", () => {
    expect(Object.keys(notebook)).toEqual(
      expect.arrayContaining([
        "runNotebook",
        "runNotebooks",
        "checkNotebooks",
        "lintNotebook",
        "stripNotebook",
      ]),
    );
  });

  test("importing it reads few files, and none of another package: no page, no sockets, no kernel, no tensors", () => {
    const hook = `export async function load(url, context, next) {
      if (url.includes("/node_modules/")) console.error("LOADED " + url.split("/node_modules/").pop());
      else if (url.startsWith("file:")) console.error("OWN " + url);
      return next(url, context);
    }`;
    const register = `import { register } from "node:module";
      register("data:text/javascript," + encodeURIComponent(${JSON.stringify(hook)}));
      await import("pal-lab");`;
    const { stderr, status } = spawnSync(process.execPath, ["--input-type=module", "-e", register], {
      encoding: "utf8",
    });
    expect(status, stderr).toBe(0);
    // reading many files is what made an import slow
    const own = stderr.split("OWN ").length - 1;
    expect(own).toBeGreaterThan(1);
    expect(own).toBeLessThan(40);
    expect(stderr.match(/LOADED \S+/g) ?? []).toEqual([]);
  });

  test("errors are of the classes that are exported", async () => {
    expect(() => new pal.PalA({ k: 0, latentDimension: 1 })).toThrow(pal.InputError);
    const engine = await pal.loadEngine();
    expect(() => pal.decodeModel(new Uint8Array(3), engine)).toThrow(pal.DataError);
    const config: pal.study.SweepConfig = {
      experiment: "simulation",
      grid: { kStar: [1], k: [0] },
      seeds: [1],
    };
    await expect(pal.sweep(config)).rejects.toThrow(pal.InputError);
  });

  test("a first lesson's names are flat, the rest lies in namespaces, and no name is lost", () => {
    const flat = Object.entries(pal).filter(
      ([, value]) => typeof value === "function" || typeof value === "string",
    );
    expect(flat.length).toBeLessThan(35);
    for (const [name, place] of MOVED_NAMES) {
      const [namespace, now] = place.split(".");
      expect(pal[namespace as keyof typeof pal], place).toHaveProperty(now);
      expect(pal, name).not.toHaveProperty(name);
    }
  });

  test("the browser's part has what computes and draws, the same things, and nothing that needs Node", () => {
    expect(browser).toHaveProperty("fit");
    expect(browser.maps).toHaveProperty("pca");
    expect(browser.figures).toHaveProperty("theme");
    expect(pal).toHaveProperty("saveFigure");
    for (const name of ["sweep", "loadPersona", "saveFigure", "show"])
      expect(browser).not.toHaveProperty(name);
    expect(browser.data).not.toHaveProperty("embed");
    expect(browser.figures).not.toHaveProperty("renderPng");
    expect(browser.study).not.toHaveProperty("threadRunner");
    const same = (some: object, all: object, where: string): void => {
      for (const [name, value] of Object.entries(some)) {
        const other = (all as Record<string, unknown>)[name];
        if (typeof value === "function") expect(value, `${where}${name}`).toBe(other);
        else expect(other, `${where}${name}`).toBeDefined();
      }
    };
    same(browser, pal, "");
    for (const namespace of [
      "data",
      "families",
      "figures",
      "maps",
      "metrics",
      "trained",
      "stats",
      "study",
    ] as const)
      same(browser[namespace], pal[namespace], `${namespace}.`);
  });
});
