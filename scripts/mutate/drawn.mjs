// A Stryker plugin: of all mutants a seeded draw is tested, the others are passed over. Stryker itself knows no sample: it asks a
// "checker" about each mutant, and one that the checker rejects is neither run nor counted.
import { createHash } from "node:crypto";
import { relative } from "node:path";

export const NOT_DRAWN = "not drawn";

class Drawn {
  static inject = ["options"];
  #chosen;

  constructor({ drawn }) {
    this.drawn = drawn;
  }

  async init() {}

  /** Gets all mutants at once. A mutant's place in the draw follows from its own text: another file's changes do not move it. */
  async group(mutants) {
    if (this.#chosen !== undefined)
      throw new Error("mutate: the mutants came in two parts, so none can be drawn");
    const places = mutants.map((mutant) => [place(this.drawn.seed, mutant), mutant.id]).sort();
    this.#chosen = new Set(places.slice(0, this.drawn.count).map(([, id]) => id));
    return [mutants.map(({ id }) => id)];
  }

  async check(mutants) {
    const passed = { status: "passed" };
    const rejected = { status: "compileError", reason: NOT_DRAWN };
    return Object.fromEntries(mutants.map(({ id }) => [id, this.#chosen.has(id) ? passed : rejected]));
  }
}

function place(seed, { fileName, location, mutatorName, replacement }) {
  // below the project or below Stryker's copy of it
  const file = relative(process.cwd(), fileName)
    .replaceAll("\\", "/")
    .replace(/^.*?(?=src\/)/, "");
  return createHash("sha256")
    .update(JSON.stringify([seed, file, location, mutatorName, replacement]))
    .digest("hex");
}

export const strykerPlugins = [{ kind: "Checker", name: "drawn", injectableClass: Drawn }];
