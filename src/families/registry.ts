import { InputError, show } from "../core/index.js";
import { BradleyTerry } from "./bradley-terry/bradley-terry.js";
import type { Family, Model } from "./family.js";
import type { Caller } from "./options.js";
import { PalA } from "./pal-a/pal-a.js";
import { PalB } from "./pal-b/pal-b.js";

interface Entry {
  new (options: never, caller?: Caller): Model;
  readonly family: Family;
}

/** Every family there is: a line each. */
const MODELS: readonly Entry[] = [
  PalA, //
  PalB,
  BradleyTerry,
];

/** Every family of models, in the order in which they are listed. */
export const FAMILIES: readonly Family[] = MODELS.map(({ family }) => family);

export const KINDS: readonly string[] = FAMILIES.map(({ kind }) => kind);

/**
 * The model that a configuration describes.
 * @param caller whose words bad options are named in, default the family's own
 * @throws InputError for an unknown kind or a bad option
 */
export function modelFrom(config: { readonly [key: string]: unknown }, caller?: Caller): Model {
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
