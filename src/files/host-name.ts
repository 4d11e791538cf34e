import { hostname } from "node:os";

/**
 * The name of this machine in folders that several share: `PAL_LAB_HOST` where it is set (two containers may have one name), else the
 * system's. Letters, digits, `-` and `_` alone; all else becomes `_`.
 */
export function hostName(
  env: Readonly<Record<string, string | undefined>> = process.env,
  system: string = hostname(),
): string {
  const given = env.PAL_LAB_HOST;
  return (given === undefined || given === "" ? system : given).replaceAll(/[^\w-]/g, "_");
}
