import { checkObject, InputError, show } from "../core/index.js";
import type { Family, Model } from "./family.js";
import * as models from "./models.js";
import type { Caller } from "./options.js";

interface Entry {
  new (options: never, caller?: Caller): Model;
  readonly family: Family;
}

const MODELS: readonly Entry[] = Object.values(models).toSorted((a, b) =>
  a.family.kind < b.family.kind ? -1 : 1,
);

/** Every family of models, in the order of their kinds. */
export const FAMILIES: readonly Family[] = MODELS.map(({ family }) => family);

/** Kinds of models, by which they are named in files and on the command line. */
export const KINDS: readonly string[] = FAMILIES.map(({ kind }) => kind);

/** Kinds that are compared where none is named. */
export const COMPARED: readonly string[] = FAMILIES.flatMap(({ kind, isApart }) =>
  isApart === true ? [] : [kind],
);

/** The family of a kind. @throws InputError for an unknown one */
export function familyOf(kind: string): Family {
  const found = FAMILIES.find((family) => family.kind === kind);
  if (found === undefined) throw new InputError(`no family ${show(kind)}; there are ${KINDS.join(", ")}`);
  return found;
}

/**
 * The model that a configuration describes.
 * @param caller whose words bad options are named in, default the family's own
 * @throws InputError for an unknown kind or a bad option
 */
export function modelFrom(config: { readonly [key: string]: unknown }, caller?: Caller): Model {
  checkObject("modelFrom: config", config, [], 'a configuration such as { kind: "pal-a", k: 2 }');
  const { kind, ...options } = config;
  const found = MODELS.find(({ family }) => family.kind === kind);
  if (found === undefined) {
    const known = KINDS.map(show);
    throw new InputError(
      `modelFrom: kind must be ${known.slice(0, -1).join(", ")} or ${known.at(-1)}, got ${show(kind)}`,
    );
  }
  return new found(options as never, caller);
}
