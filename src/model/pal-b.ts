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

export interface PalBOptions {
  /** Number of prototypes K >= 1. */
  readonly k: number;
  /** Dimension d of the latent space, >= 1. */
  readonly latentDimension: number;
  /** f and every g_k, as the authors write it; default one bias-free linear layer. */
  readonly architecture?: string;
  /** `inner-product` (the paper, default) or `scaled-cosine` with a learned scale (the authors' code). */
  readonly head?: "inner-product" | "scaled-cosine";
  readonly loss?: LossKind;
  readonly margin?: number;
  /** `mixture` (default), or `partition`: the heaviest prototype alone when scoring. */
  readonly assignment?: "mixture" | "partition";
  /** Start of the logarithm of the cosine's scale, default ln(1 / 0.07); the scale is clamped to 100. */
  readonly initialLogitScale?: number;
}

/** Largest scale of the scaled cosine. @source authors' code */
export const LARGEST_LOGIT_SCALE = 100;

/**
 * PAL Model B: prototypes are maps g_k of the prompt; user i in context c has the direction z = sum_k w_ik g_k(c), and the reward of
 * response x is <f(x), z> (or c · cos(f(x), z)). Score of a comparison: reward of right minus reward of left.
 * @source PAL, Figure 1 and Model B
 * @throws InputError (K < 1, unknown option or variant)
 */
export class PalB implements PrototypeModel {
  readonly kind = "pal-b";
  readonly k: number;
  readonly latentDimension: number;
  readonly projector: Projector;
  readonly head: "inner-product" | "scaled-cosine";
  readonly loss: LossKind;
  readonly margin: number;
  readonly assignment: "mixture" | "partition";
  readonly initialLogitScale: number;
  readonly config: PrototypeModel["config"];

  constructor(options: PalBOptions) {
    const known = [
      "k",
      "latentDimension",
      "architecture",
      "head",
      "loss",
      "margin",
      "assignment",
      "initialLogitScale",
    ];
    checkKeys("PalB", options, known);
    const {
      architecture = "mlp0-linear-dropout0-nobias",
      head = "inner-product",
      loss = "logistic",
      margin = 1,
    } = options;
    const { assignment = "mixture", initialLogitScale = Math.log(1 / 0.07) } = options;
    this.k = checkInteger("PalB: k (prototypes)", options.k, { min: 1 });
    this.latentDimension = checkInteger("PalB: latentDimension", options.latentDimension, { min: 1 });
    this.projector = parseArchitecture("PalB", architecture);
    this.head = checkOneOf("PalB: head", head, ["inner-product", "scaled-cosine"]);
    this.loss = checkOneOf("PalB: loss", loss, ["hinge", "logistic"]);
    this.margin = checkNumber("PalB: margin", margin, { above: 0 });
    this.assignment = checkOneOf("PalB: assignment", assignment, ["mixture", "partition"]);
    this.initialLogitScale = checkNumber("PalB: initialLogitScale", initialLogitScale);
    const { k, latentDimension } = this;
    this.config = {
      kind: this.kind,
      k,
      latentDimension,
      architecture,
      head,
      loss,
      margin,
      assignment,
      initialLogitScale,
    };
  }

  parameters(sizes: DataSizes): ParameterSpec[] {
    const { items, contexts, users } = sizes;
    const d = this.latentDimension;
    if (contexts === undefined) {
      throw new InputError(
        "PalB: prototypes are functions of the context, and the data has none; use PalA, or give contexts",
      );
    }
    const map = (prefix: string, input: number): ParameterSpec[] =>
      projectorParameters(prefix, this.projector, { input, output: d });
    const prototypes = Array.from({ length: this.k }, (_, k) =>
      contexts.features === 0
        ? [tableParameter(NAMES.contextTable(k), [contexts.rows, d])]
        : map(NAMES.prototypeMap(k), contexts.features),
    );
    return [
      ...(items.features === 0
        ? [tableParameter(NAMES.itemTable, [items.rows, d])]
        : map(NAMES.items, items.features)),
      ...prototypes.flat(),
      {
        name: NAMES.weights,
        shape: [users, this.k],
        group: "weights",
        init: { kind: "normal", deviation: 1 },
      },
      ...(this.head === "scaled-cosine" ? [this.#logitScale()] : []),
    ];
  }

  #logitScale(): ParameterSpec {
    return {
      name: NAMES.logitScale,
      shape: [],
      group: "logitScale",
      init: { kind: "constant", value: this.initialLogitScale },
    };
  }
}
