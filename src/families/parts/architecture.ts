import { checkOneOf, InputError } from "../../core/index.js";
import { ACTIVATIONS, type Activation } from "../../graph/index.js";
import type { Option } from "../options.js";
import type { Init, ParameterSpec } from "../parameters.js";

/** A map from features to the latent space: hidden layers, as wide as the output unless said otherwise, then a bare linear layer. */
export interface Projector {
  readonly hiddenLayers: number;
  readonly activation: Activation;
  /** Probability that a hidden unit is dropped in training, 0-1. */
  readonly dropout: number;
  /** Adds the input to the output; needs equal dimensions. */
  readonly residual: boolean;
  readonly bias: boolean;
}

const PATTERN = /^mlp([0-2])-(linear|relu|gelu|leaky-relu)-dropout(\d+)((?:-residual|-nobias)*)$/;

/**
 * Reads the authors' architecture string, e.g. `"mlp2-gelu-dropout0-residual"` or `"mlp0-linear-dropout0-nobias"`: number of hidden
 * layers 0-2, activation, dropout after the decimal point (`dropout5` is 0.5), then `-residual` and `-nobias` where wanted.
 * @source authors' code, src/connector.py
 * @throws InputError saying what is understood
 */
export function parseArchitecture(caller: string, architecture: string): Projector {
  return readArchitecture(`${caller}: architecture`, architecture);
}

function readArchitecture(what: string, architecture: string): Projector {
  const match = PATTERN.exec(architecture);
  if (match === null) {
    throw new InputError(
      `${what} must read mlp{0|1|2}-{linear|relu|gelu|leaky-relu}-dropout{digits}[-residual][-nobias], ` +
        `got ${JSON.stringify(architecture)}`,
    );
  }
  const [, layers, activation, digits, flags] = match;
  return {
    hiddenLayers: Number(layers),
    activation: checkOneOf("activation", activation, ACTIVATIONS),
    dropout: Number(digits) / 10 ** digits.length,
    residual: flags.includes("-residual"),
    bias: !flags.includes("-nobias"),
  };
}

/**
 * Parameters of a projector, named as the authors' `nn.Sequential` numbers them: each hidden layer is a linear layer, a dropout and an
 * activation, so the linear layers are 0, 3, 6. Weights are [out, in]. Uniform on ±1/sqrt(in), as `nn.Linear` starts.
 */
export function projectorParameters(
  prefix: string,
  projector: Projector,
  size: { readonly input: number; readonly output: number; readonly width?: number },
): ParameterSpec[] {
  const { hiddenLayers, bias, residual } = projector;
  if (residual && size.input !== size.output) {
    throw new InputError(
      `${prefix}: a residual projector needs as many features as latent dimensions, got ${size.input} and ${size.output}`,
    );
  }
  return Array.from({ length: hiddenLayers + 1 }, (_, layer) => {
    const { width = size.output } = size;
    const input = layer === 0 ? size.input : width;
    const output = layer === hiddenLayers ? size.output : width;
    const init: Init = { kind: "uniform", bound: 1 / Math.sqrt(input) };
    const name = layerName(prefix, layer);
    const weight: ParameterSpec = {
      name: `${name}.weight`,
      shape: [output, input],
      group: "projector",
      init,
    };
    return bias
      ? [weight, { name: `${name}.bias`, shape: [output], group: "projector", init } as const]
      : [weight];
  }).flat();
}

/** The name of a projector's n-th linear layer. */
export function layerName(prefix: string, layer: number): string {
  return `${prefix}.mlp.layers.${3 * layer}`;
}

/** The option of families that project features; default one bias-free linear layer. */
export function architecture(help: string): Option<string, "if unusual"> {
  return {
    given: "if unusual",
    usual: "mlp0-linear-dropout0-nobias",
    help,
    range: "mlp{0|1|2}-{linear|relu|gelu|leaky-relu}-dropout{digits}[-residual][-nobias]",
    isNumber: false,
    check(what, value) {
      readArchitecture(what, value as string);
      return value as string;
    },
  };
}

/** A checked architecture, read. */
export function projectorOf({ architecture: text }: { readonly architecture: string }): Projector {
  return readArchitecture("architecture", text);
}
