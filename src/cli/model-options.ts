import { show } from "../core/index.js";
import { FAMILIES, KINDS, modelFrom, type Family, type Model } from "../families/index.js";
import { numberOption, UsageError } from "./command.js";

/** The flag of a family's option: its own name for the command line, or its name with hyphens. */
function flagOf(family: Family, option: string): string {
  return family.options[option].flag ?? option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function flagsOf(family: Family): string[] {
  return Object.keys(family.options).map((option) => flagOf(family, option));
}

/** The flags of every family's options, as `parse` takes them. */
export const MODEL_FLAGS: { readonly [flag: string]: { readonly type: "string" } } = Object.fromEntries(
  FAMILIES.flatMap(flagsOf).map((flag) => [flag, { type: "string" }]),
);

/** Their part of a command's help: each option, with the families that mean the same by it. */
export function modelHelp(): string {
  const lines = new Map<string, string[]>();
  for (const family of FAMILIES)
    for (const [name, { help, range, usual, start }] of Object.entries(family.options)) {
      const flag = flagOf(family, name);
      const text = `${help}: ${range}; default ${String(usual ?? start)}`;
      const line = `  --${flag.padEnd(20)} ${text}`;
      lines.set(line, [...(lines.get(line) ?? []), family.kind]);
    }
  return [...lines]
    .map(([line, families]) => {
      return families.length === FAMILIES.length ? line : `${line} (${families.join(", ")})`;
    })
    .sort()
    .join("\n");
}

/**
 * The model that --model and its flags ask for.
 * @throws UsageError for an unknown family, or a flag that the family does not have
 * @throws InputError for an option out of range, in the flag's name
 */
export function modelOf(kind: string | undefined, values: { readonly [flag: string]: unknown }): Model {
  const family = FAMILIES.find((one) => one.kind === kind);
  if (family === undefined)
    throw new UsageError(`--model must be ${KINDS.join(", ")}, got ${show(kind ?? "nothing")}`);
  const own = flagsOf(family);
  const stray = Object.keys(MODEL_FLAGS).find((flag) => values[flag] !== undefined && !own.includes(flag));
  if (stray !== undefined) {
    const others = own.map((flag) => `--${flag}`).join(", ");
    throw new UsageError(`--${stray} is no option of ${family.kind}; it has ${others}`);
  }
  const options = Object.entries(family.options).map(([name, { isNumber, start }]) => {
    const flag = flagOf(family, name);
    const text = values[flag] as string | undefined;
    const given = text === undefined ? start : isNumber ? numberOption(flag, text) : text;
    return [name, given] as const;
  });
  const given = Object.fromEntries(options.filter(([, value]) => value !== undefined));
  return modelFrom({ kind, ...given }, { name: "train", option: (name) => `--${flagOf(family, name)}` });
}
