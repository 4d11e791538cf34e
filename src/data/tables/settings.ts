import { InputError } from "../../core/index.js";

/** What a caller can set, in the words of a program and in those of the command line. */
export interface Setting {
  readonly program: string;
  readonly flags: string;
}

/** `columns: { user: "who" }`, or `--column user=who`. */
export function columnSetting(names: { readonly [role: string]: string }): Setting {
  const entries = Object.entries(names);
  const fields = entries.map(([role, name]) => `${role}: ${JSON.stringify(name)}`);
  return {
    program: `columns: { ${fields.join(", ")} }`,
    flags: entries.map(([role, name]) => `--column ${inShell(`${role}=${name}`)}`).join(" "),
  };
}

/** `format: "votes"`, or `--format votes`; alike for other options with a name and a value. */
export function optionSetting(name: string, value: string): Setting {
  return { program: `${name}: ${JSON.stringify(value)}`, flags: `--${name} ${inShell(value)}` };
}

/** One of several settings will do. */
export function eitherOf(...settings: readonly Setting[]): Setting {
  return {
    program: settings.map(({ program }) => program).join(" or "),
    flags: settings.map(({ flags }) => flags).join(" or "),
  };
}

/** The error for a question that a setting answers. @param say how the message goes on, given the setting in the caller's words */
export function unclear(problem: string, setting: Setting, say: (how: string) => string): InputError {
  return new InputError(`${problem}; ${say(setting.program)}`, {
    onCommandLine: `${problem}; ${say(setting.flags)}`,
  });
}

function inShell(text: string): string {
  return /^[\w=.,…+-]+$/.test(text) ? text : `"${text}"`;
}
