import { ExitCode, stableJson } from "../core/index.js";
import { FAMILIES, familyOf, resolve, type Family, type UserKind } from "../families/index.js";
import { parse, UsageError, type Command } from "./command.js";

/** What a family is, in words: a row of the table of models. */
interface Described {
  readonly kind: string;
  readonly title: string;
  readonly assumes: string;
  readonly needs: string;
  readonly newUsers: string;
  readonly uncertainty: string;
  readonly cost: string;
}

export const modelsCommand: Command = {
  summary: "the families of models: what each assumes and needs, how it takes new users, and what it costs",
  help: `
usage: pal-lab models [FAMILY] [--json]

Without FAMILY one line each; with it all of its options. "pal-lab compare DATA" shows which of them fits.

  --json    prints the same as JSON and nothing else
`,
  run(args, terminal): Promise<number> {
    const { values, positionals } = parse(args, { json: { type: "boolean" } });
    if (positionals.length > 1) throw new UsageError(`takes one FAMILY at most, got ${positionals.length}`);
    const [kind] = positionals;
    const families = kind === undefined ? FAMILIES : [familyOf(kind)];
    if (values.json === true) {
      const described = families.map((family) => ({
        ...describe(family),
        about: family.about,
        source: family.source,
      }));
      terminal.out.write(`${stableJson(described as never, { indent: 1 })}\n`);
    } else terminal.out.write(kind === undefined ? table(families) : whole(families[0]));
    return Promise.resolve(ExitCode.ok);
  },
};

function describe(family: Family): Described {
  const { kind, title, guide, options } = family;
  const usual = Object.fromEntries(
    Object.entries(options).map(([name, option]) => [name, option.usual ?? option.start]),
  );
  const user = family.user(resolve(options, usual, { name: family.name }));
  const { assumes, needs, cost } = guide;
  const hasPosterior = user.posterior !== undefined || user.believed !== undefined;
  const uncertainty = hasPosterior ? "yes" : "no";
  return { kind, title, assumes, needs, newUsers: newUsers(user), uncertainty, cost };
}

function newUsers(user: UserKind): string {
  if (user.kind === "none") return "as everybody";
  if (user.found !== undefined) return "at once, nothing is fitted";
  return user.isLinear ? "fitted exactly" : "fitted";
}

function table(families: readonly Family[]): string {
  const rows = families.map(describe);
  const width = Math.max(...rows.map(({ kind }) => kind.length));
  const lines = rows.flatMap(({ kind, assumes, needs, newUsers: fresh, uncertainty, cost }) => [
    `${kind.padEnd(width)}  ${assumes}`,
    `${" ".repeat(width)}    needs ${needs}; new users: ${fresh}; uncertainty: ${uncertainty}; cost: ${cost}`,
  ]);
  return `${lines.join("\n")}\n\n"pal-lab models FAMILY" shows a family's options; "pal-lab compare DATA" which of them fits.\n`;
}

function whole(family: Family): string {
  const { title, kind, assumes, needs, newUsers: fresh, uncertainty, cost } = describe(family);
  const options = Object.entries(family.options).map(([name, { help, range, usual, start }]) => {
    const value = usual ?? start;
    return `  ${name}: ${help} (${range}${value === undefined ? "" : `; usual ${String(value)}`})`;
  });
  return [
    `${title} (${kind})`,
    `  ${family.about}`,
    `  assumes      ${assumes}`,
    `  needs        ${needs}`,
    `  new users    ${fresh}`,
    `  uncertainty  ${uncertainty}`,
    `  cost         ${cost}`,
    `  source       ${family.source}`,
    "options",
    ...options,
    "",
  ].join("\n");
}
