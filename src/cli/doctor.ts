import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ExitCode, messageOf, show } from "../core/index.js";
import { cacheFolder, loadStatements } from "../data/files/index.js";
import { isBuildSupported, loadEngine } from "../engine/index.js";
import { findJupyter, installCommand, kernelSpecFolder } from "../notebook/jupyter/index.js";
import { parse, UsageError, type Command } from "./command.js";

/** One thing looked at: what it is, how it is, and what to do where it is not well. */
interface Finding {
  readonly what: string;
  readonly state: string;
  readonly remedy?: string;
  /** Nothing works without it; anything else is an offer. */
  readonly isNeeded?: boolean;
}

export const doctor: Command = {
  summary: "say what works here and what does not: Node, engines, Jupyter, data",
  help: `
usage: pal-lab doctor

Looks at Node, the engines, Jupyter and its kernel, and where data comes from, and says in plain words what to do about what
is missing. Exit code 1 where something is missing that everything needs.
`,
  async run(args, terminal): Promise<number> {
    const { positionals } = parse(args, {});
    if (positionals.length > 0) throw new UsageError(`takes no arguments, got ${show(positionals[0])}`);
    const findings = [
      node(),
      ...(await engines()),
      ...(await jupyter()),
      kernel(process.cwd()),
      mirror(),
      await statements(),
    ];
    for (const { what, state, remedy } of findings) {
      terminal.out.write(
        `${`${what}:`.padEnd(22)}${state}\n${remedy === undefined ? "" : `${"".padEnd(22)}-> ${remedy}\n`}`,
      );
    }
    const isFine = findings.every(({ isNeeded, remedy }) => isNeeded !== true || remedy === undefined);
    return isFine ? ExitCode.ok : ExitCode.failed;
  },
};

function node(): Finding {
  const { node: version } = process.versions;
  const [major, minor] = version.split(".").map(Number);
  const isFine = major > 20 || (major === 20 && minor >= 19);
  const remedy = "pal-lab needs >= 20.19: https://nodejs.org";
  return {
    what: "Node",
    state: `${version}, ${isFine ? "fine" : "too old"}`,
    ...(isFine ? {} : { remedy }),
    isNeeded: true,
  };
}

async function engines(): Promise<Finding[]> {
  const relaxed = isBuildSupported("relaxed") ? "relaxed SIMD is there too" : "relaxed SIMD needs Node >= 22";
  const own = await named(
    "engine",
    async () => `${(await loadEngine()).name}; ${relaxed}`,
    "build again: npm run build",
  );
  const tfjs = await named(
    "TensorFlow.js engine",
    async () => (await loadEngine("tfjs")).name,
    "install the packages again: npm ci",
  );
  return [{ ...own, isNeeded: true }, tfjs];
}

async function jupyter(): Promise<Finding[]> {
  const found = await findJupyter();
  if (found.length === 0) return [{ what: "Jupyter", state: "not installed", remedy: installCommand() }];
  return found.map(({ name, version }) => ({ what: name, state: `${version}, opened by npm run lab` }));
}

/** The kernel spec that `pal-lab lab` writes below `root`. */
function kernel(root: string): Finding {
  const what = "Jupyter kernel";
  const file = join(kernelSpecFolder(join(root, ".jupyter")), "kernel.json");
  if (!existsSync(file))
    return { what, state: "not written yet", remedy: "npm run lab writes it, and starts Jupyter with it" };
  try {
    const { argv } = JSON.parse(readFileSync(file, "utf8")) as { readonly argv: readonly string[] };
    const missing = argv.slice(0, 2).find((path) => !existsSync(path));
    if (missing === undefined) return { what, state: `${file}, started with ${argv[0]}` };
    return {
      what,
      state: `${file} names ${missing}, which is not there`,
      remedy: "npm run lab writes it again",
    };
  } catch (thrown) {
    return { what, state: `${file}: ${messageOf(thrown)}`, remedy: "npm run lab writes it again" };
  }
}

function mirror(): Finding {
  const what = "data mirror";
  const given = process.env.PAL_LAB_DATA_MIRROR;
  if (given === undefined || given === "")
    return { what, state: "none (PAL_LAB_DATA_MIRROR is not set), which is fine" };
  if (/^https?:/.test(given) || existsSync(given)) return { what, state: given };
  return {
    what,
    state: `${given} is not there`,
    remedy: "set PAL_LAB_DATA_MIRROR to a folder or an address, or to nothing",
  };
}

async function statements(): Promise<Finding> {
  const what = "Persona statements";
  const remedy = `connect to a network once, or set PAL_LAB_DATA_MIRROR; they are then kept in ${cacheFolder()}`;
  try {
    const { origin, source } = await loadStatements(["interest-in-art", "interest-in-math"]);
    if (origin === "own") return { what, state: "our own small set", remedy };
    return { what, state: `${source.name}, cache in ${cacheFolder()}` };
  } catch (thrown) {
    return { what, state: messageOf(thrown), remedy, isNeeded: true };
  }
}

async function named(what: string, look: () => Promise<string>, remedy: string): Promise<Finding> {
  try {
    return { what, state: await look() };
  } catch (thrown) {
    return { what, state: messageOf(thrown), remedy };
  }
}
