import { LOSS_OPTIONS } from "../family.js";
import { type OptionsOf, oneOf, type Resolved, SIZE_OPTIONS } from "../options.js";
import { architecture, NAMES, projectorOf, type Encoding } from "../parts/index.js";

/** A user's ideal point: the image of their mixture of prototypes, the mixture of the prototypes' images, or the mixture itself. */
export const USER_POINTS = ["f(Pw)", "f(P)w", "Pw"] as const;

export const options = {
  ...SIZE_OPTIONS,
  architecture: architecture("the map f, as the authors write it"),
  userPoint: oneOf(
    USER_POINTS,
    "f(Pw)",
    "how the user's point comes from the prototypes P and the weights w",
  ),
  distance: oneOf(
    ["squared", "plain"],
    "squared",
    "squared is the paper's equation, plain the authors' code",
  ),
  loss: LOSS_OPTIONS.hinge,
  margin: LOSS_OPTIONS.margin,
};

/** Options of {@link PalA}. */
export type PalAOptions = OptionsOf<typeof options>;
export type PalASettings = Resolved<typeof options>;

/** f of items. */
export function itemMap(given: PalASettings): Encoding {
  return { prefix: NAMES.items, table: NAMES.itemTable, projector: projectorOf(given) };
}
