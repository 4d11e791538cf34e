import { checkInteger, checkKeys, checkNumber, checkOneOf } from "../core/index.js";
import {
  NAMES,
  tableParameter,
  type BaseModel,
  type DataSizes,
  type LossKind,
  type ParameterSpec,
} from "./model.js";
import { parseArchitecture, projectorParameters, type Projector } from "./projector.js";

export interface BradleyTerryOptions {
  /** The reward, as the authors write a map; default one linear layer. */
  readonly architecture?: string;
  /** Width of the reward's hidden layers, and the dimension in which items and contexts meet; default 16. */
  readonly latentDimension?: number;
  readonly loss?: LossKind;
  readonly margin?: number;
}

/**
 * Bradley-Terry-Luce: one reward for all, P(right) = 1 / (1 + e^(r(left) - r(right))); it knows no users: the K = 1 world.
 * Without a context r is a projector to one number; in a context r = <f(item), g(context)>.
 * @source Bradley and Terry 1952
 * @throws InputError (unknown option or variant)
 */
export class BradleyTerry implements BaseModel {
  readonly kind = "bradley-terry";
  readonly latentDimension: number;
  readonly projector: Projector;
  readonly loss: LossKind;
  readonly margin: number;
  readonly config: BaseModel["config"];

  constructor(options: BradleyTerryOptions = {}) {
    checkKeys("BradleyTerry", options, ["architecture", "latentDimension", "loss", "margin"]);
    const {
      architecture = "mlp0-linear-dropout0-nobias",
      latentDimension = 16,
      loss = "logistic",
      margin = 1,
    } = options;
    this.latentDimension = checkInteger("BradleyTerry: latentDimension", latentDimension, { min: 1 });
    this.projector = parseArchitecture("BradleyTerry", architecture);
    this.loss = checkOneOf("BradleyTerry: loss", loss, ["hinge", "logistic"]);
    this.margin = checkNumber("BradleyTerry: margin", margin, { above: 0 });
    this.config = { kind: this.kind, architecture, latentDimension, loss, margin };
  }

  parameters({ items, contexts }: DataSizes): ParameterSpec[] {
    const d = this.latentDimension;
    if (contexts === undefined) {
      const size = { input: items.features, output: 1, width: d };
      return items.features === 0
        ? [tableParameter(NAMES.itemTable, [items.rows, 1])]
        : projectorParameters(NAMES.items, this.projector, size);
    }
    const map = (prefix: string, input: number): ParameterSpec[] =>
      projectorParameters(prefix, this.projector, { input, output: d });
    return [
      ...(items.features === 0
        ? [tableParameter(NAMES.itemTable, [items.rows, d])]
        : map(NAMES.items, items.features)),
      ...(contexts.features === 0
        ? [tableParameter(NAMES.contextTable(0), [contexts.rows, d])]
        : map(NAMES.prototypeMap(0), contexts.features)),
    ];
  }
}
