import { checkInteger, checkKeys, checkNumber, checkOneOf, InputError } from "../core/index.js";
import {
  NAMES,
  tableParameter,
  type DataSizes,
  type LossKind,
  type ParameterSpec,
  type PrototypeModel,
} from "./model.js";
import { parseArchitecture, projectorParameters, type Projector } from "./projector.js";

export const USER_POINTS = ["f(Pw)", "f(P)w", "Pw"] as const;

export interface PalAOptions {
  /** Number of prototypes K >= 1. */
  readonly k: number;
  /** Dimension d of the latent space, >= 1. */
  readonly latentDimension: number;
  /** The map f, as the authors write it; default one bias-free linear layer. */
  readonly architecture?: string;
  /** How the user's point comes from the prototypes P and the weights w; default `"f(Pw)"`. */
  readonly userPoint?: (typeof USER_POINTS)[number];
  /** `squared` (the paper's equation, default) or `plain` (the authors' code). */
  readonly distance?: "squared" | "plain";
  readonly loss?: LossKind;
  /** Margin of the hinge loss, > 0, default 1. */
  readonly margin?: number;
}

/**
 * PAL Model A: K prototypes are fixed points; user i has ideal point f(P w_i), w_i on the simplex; of two items the nearer is preferred.
 * Score of a comparison: dist(f(left), u) - dist(f(right), u), positive where right is preferred.
 * Items with a context are seen by f with the context's features behind their own.
 * @source PAL, Figure 1 and Model A
 * @throws InputError (K < 1, unknown option or variant)
 */
export class PalA implements PrototypeModel {
  readonly kind = "pal-a";
  readonly k: number;
  readonly latentDimension: number;
  readonly projector: Projector;
  readonly userPoint: (typeof USER_POINTS)[number];
  readonly distance: "squared" | "plain";
  readonly loss: LossKind;
  readonly margin: number;
  readonly assignment = "mixture";
  readonly config: PrototypeModel["config"];

  constructor(options: PalAOptions) {
    checkKeys("PalA", options, [
      "k",
      "latentDimension",
      "architecture",
      "userPoint",
      "distance",
      "loss",
      "margin",
    ]);
    const {
      architecture = "mlp0-linear-dropout0-nobias",
      userPoint = "f(Pw)",
      distance = "squared",
    } = options;
    const { loss = "hinge", margin = 1 } = options;
    this.k = checkInteger("PalA: k (prototypes)", options.k, { min: 1 });
    this.latentDimension = checkInteger("PalA: latentDimension", options.latentDimension, { min: 1 });
    this.projector = parseArchitecture("PalA", architecture);
    this.userPoint = checkOneOf("PalA: userPoint", userPoint, USER_POINTS);
    this.distance = checkOneOf("PalA: distance", distance, ["squared", "plain"]);
    this.loss = checkOneOf("PalA: loss", loss, ["hinge", "logistic"]);
    this.margin = checkNumber("PalA: margin", margin, { above: 0 });
    const { k, latentDimension } = this;
    this.config = { kind: this.kind, k, latentDimension, architecture, userPoint, distance, loss, margin };
  }

  parameters(sizes: DataSizes): ParameterSpec[] {
    const d = this.latentDimension;
    const input = sizes.items.features + (sizes.contexts?.features ?? 0);
    const learned = sizes.items.features === 0;
    if (learned && sizes.contexts !== undefined) {
      throw new InputError(
        "PalA: items in a context need features (f sees both); use PalB, or give the items features",
      );
    }
    const map: ParameterSpec[] = learned
      ? [tableParameter(NAMES.itemTable, [sizes.items.rows, d])]
      : projectorParameters(NAMES.items, this.projector, { input, output: d });
    const width = learned || this.userPoint === "Pw" ? d : input;
    return [
      ...map,
      {
        name: NAMES.prototypes,
        shape: [this.k, width],
        group: "prototypes",
        init: { kind: "normal", deviation: 1 / Math.sqrt(width) },
      },
      {
        name: NAMES.weights,
        shape: [sizes.users, this.k],
        group: "weights",
        init: { kind: "normal", deviation: 1 },
      },
    ];
  }
}
