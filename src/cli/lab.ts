import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ExitCode } from "../core/index.js";
import { PACKAGE_FOLDER } from "../files/index.js";
import { plotlyScript } from "../figures/render/index.js";
import {
  findJupyter,
  installCommand,
  kernelFileAddress,
  kernelSpecFolder,
  packagesFolder,
  startJupyter,
  writeKernelSpec,
} from "../notebook/jupyter/index.js";
import { parse, UsageError, type Command, type Terminal } from "./command.js";

const PLOTLY = "plotly.js";

export const lab: Command = {
  summary: "open the notebooks in Jupyter with our kernel",
  help: `
usage: pal-lab lab [notebook.ipynb] [options]

Writes a kernel spec into .jupyter/ of this folder and starts JupyterLab or Jupyter Notebook, whichever is installed, on this
machine only and with its own token. The kernel is the one of this package, wherever a notebook lies. Ctrl-C ends it all.

      --classic      Jupyter Notebook, where both are installed
      --no-open      print the address instead of opening a browser
      --kernel       write the kernel spec and print how VS Code finds it; start nothing
`,
  async run(args, terminal): Promise<number> {
    const { values, positionals } = parse(args, {
      classic: { type: "boolean" },
      "no-open": { type: "boolean" },
      kernel: { type: "boolean" },
    });
    if (positionals.length > 1) throw new UsageError("opens one notebook");
    const root = process.cwd();
    const folder = await writeKernel(root);
    if (values.kernel === true) return sayKernel(folder, terminal);
    const found = await findJupyter();
    const app = found.find(({ name }) => values.classic !== true || name === "Jupyter Notebook");
    if (app === undefined) {
      terminal.error.write(
        `pal-lab lab: Jupyter is not installed here; install it with: ${installCommand()}\n`,
      );
      return ExitCode.failed;
    }
    const given = positionals[0];
    if (given !== undefined && !existsSync(given)) throw new UsageError(`there is no ${given}`);
    const tour = join(root, "notebooks", "00-tour.ipynb");
    const notebook = given === undefined ? (existsSync(tour) ? tour : undefined) : resolve(given);
    const server = await startJupyter({
      ...{ app, folder, root, signal: terminal.signal, openBrowser: values["no-open"] !== true },
      ...(notebook === undefined ? {} : { notebook }),
      onOutput: () => undefined,
    });
    terminal.out.write(`${app.name} ${app.version}: ${server.address}\n`);
    terminal.error.write("pal-lab: Ctrl-C ends it\n");
    const code = await server.ended;
    return terminal.signal.aborted ? ExitCode.ok : (code ?? ExitCode.failed);
  },
};

/** Writes the kernel of this package below `root`. @returns the folder for `JUPYTER_PATH` */
async function writeKernel(root: string): Promise<string> {
  const folder = join(root, ".jupyter");
  const packages = packagesFolder();
  await writeKernelSpec(folder, {
    program: join(PACKAGE_FOLDER, "bin", "kernel.js"),
    displayName: "TypeScript (pal-lab)",
    env: { NODE_PATH: join(packages, "node_modules"), PAL_LAB_PLOTLY: kernelFileAddress(PLOTLY) },
    files: { [PLOTLY]: await plotlyScript() },
  });
  await writeFile(join(folder, ".gitignore"), "*\n");
  return folder;
}

function sayKernel(folder: string, terminal: Terminal): number {
  terminal.error.write(`pal-lab: kernel spec in ${kernelSpecFolder(folder)}\n`);
  terminal.out.write(`JUPYTER_PATH=${JSON.stringify(folder)} code .\n`);
  return ExitCode.ok;
}
