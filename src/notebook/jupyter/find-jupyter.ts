import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** A Jupyter front end that is installed here. */
export interface JupyterApp {
  readonly name: "JupyterLab" | "Jupyter Notebook";
  readonly version: string;
  /** Program and first arguments that start it. */
  readonly command: readonly [string, ...string[]];
}

type Candidate = Omit<JupyterApp, "version">;

const PROGRAMS: readonly Candidate[] = [
  { name: "JupyterLab", command: ["jupyter-lab"] },
  { name: "Jupyter Notebook", command: ["jupyter-notebook"] },
];

/** Where neither program is on the path: pip puts them into folders that often are not. */
const MODULES: readonly Candidate[] = ["python3", "python"].flatMap((python): Candidate[] => [
  { name: "JupyterLab", command: [python, "-m", "jupyterlab"] },
  { name: "Jupyter Notebook", command: [python, "-m", "notebook"] },
]);

/** How long a program may take to say its version, in milliseconds: a Python that starts the first time compiles itself. */
const VERSION_MS = 60_000;

/** The front ends that are installed here and answer, best first. */
export async function findJupyter(): Promise<JupyterApp[]> {
  const programs = PROGRAMS.filter(({ command }) => isOnPath(command[0]));
  const found: JupyterApp[] = [];
  for (const candidate of programs.length > 0
    ? programs
    : MODULES.filter(({ command }) => isOnPath(command[0]))) {
    if (found.some(({ name }) => name === candidate.name)) continue;
    const version = await versionOf(candidate.command);
    if (version !== undefined) found.push({ ...candidate, version });
  }
  return found;
}

async function versionOf([program, ...args]: readonly [string, ...string[]]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, [...args, "--version"], { timeout: VERSION_MS }, (error, stdout) => {
      resolve(error === null ? /\d+(\.\d+)+\S*/.exec(stdout)?.[0] : undefined);
    });
  });
}

/** The one command that installs Jupyter on this system. `has` tells whether a program is there; a test gives its own. */
export function installCommand(has: (program: string) => boolean = isOnPath): string {
  const sudo = process.getuid?.() === 0 ? "" : "sudo ";
  if (has("brew")) return "brew install jupyterlab";
  if (has("apt-get")) return `${sudo}apt-get install jupyter-notebook`;
  if (has("dnf")) return `${sudo}dnf install python3-notebook`;
  if (has("pacman")) return `${sudo}pacman -S jupyterlab`;
  if (has("conda")) return "conda install -c conda-forge jupyterlab";
  if (has("pip3")) return "pip3 install --user jupyterlab";
  if (has("pip")) return "pip install --user jupyterlab";
  return "pip install jupyterlab (after installing Python from https://www.python.org)";
}

function isOnPath(program: string): boolean {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const names =
    process.platform === "win32" ? [`${program}.exe`, `${program}.cmd`, `${program}.bat`] : [program];
  return folders.some((folder) =>
    names.some((name) => {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return true;
      } catch {
        return false;
      }
    }),
  );
}
