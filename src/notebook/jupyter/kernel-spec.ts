import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PACKAGE_FOLDER } from "../../files/index.js";

/** The kernel's name as our notebooks give it; tslab's own, so that they open with either. */
const KERNEL = "tslab";

/** What a kernel spec is made of. */
export interface KernelSpecOptions {
  /** Program that makes its process a kernel, given a connection file. */
  readonly program: string;
  readonly displayName: string;
  /** Environment variables of the kernel. */
  readonly env?: Readonly<Record<string, string>>;
  /** Files that the Jupyter server hands to its pages, by name: their texts. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Address of a kernel spec's file below the address of a Jupyter server. */
export function kernelFileAddress(name: string): string {
  return `kernelspecs/${KERNEL}/${name}`;
}

/**
 * Writes a kernel spec below `folder`, which `JUPYTER_PATH` then names: neither Python nor the user's own folders are touched.
 * @returns the folder of the spec
 */
export async function writeKernelSpec(folder: string, options: KernelSpecOptions): Promise<string> {
  const spec = kernelSpecFolder(folder);
  await rm(spec, { recursive: true, force: true });
  await mkdir(spec, { recursive: true });
  const { program, displayName, env = {}, files = {} } = options;
  for (const [name, text] of Object.entries(files)) await writeFile(join(spec, name), text);
  const content = {
    argv: [process.execPath, program, "{connection_file}"],
    display_name: displayName,
    language: "typescript",
    interrupt_mode: "signal",
    env,
  };
  await writeFile(join(spec, "kernel.json"), `${JSON.stringify(content, undefined, 2)}\n`);
  return spec;
}

/** Where {@link writeKernelSpec} puts the spec. */
export function kernelSpecFolder(folder: string): string {
  return join(folder, "kernels", KERNEL);
}

/** Folder whose `node_modules` hold this package's dependencies: the package itself, or the project it is installed in. */
export function packagesFolder(): string {
  const parent = dirname(PACKAGE_FOLDER);
  return parent.endsWith("node_modules") ? dirname(parent) : PACKAGE_FOLDER;
}
