import { DataError } from "../src/core/index.js";
import type { PreferenceData } from "../src/data/index.js";
import { layerName, NAMES, PalA, PalB, parseArchitecture, type Parameters } from "../src/families/index.js";

/** Rows of numbers as the files hold them. */
type Matrix = readonly (readonly number[])[];

interface Layer {
  readonly weight: Matrix;
  readonly bias: readonly number[] | null;
  readonly grad_weight: Matrix;
  readonly grad_bias: readonly number[] | null;
}

/** One case of an `official-*.json`: a model of the authors' code, its input, and what their code computed. */
export interface OfficialCase {
  readonly model: string;
  readonly arch: string;
  readonly user_point: string | null;
  readonly head: string;
  readonly loss_name: string;
  readonly d_out: number;
  readonly k: number;
  readonly user: readonly number[];
  readonly left: Matrix;
  readonly right: Matrix;
  readonly prompt?: Matrix;
  readonly y: readonly number[];
  readonly V: Matrix;
  readonly grad_V: Matrix;
  readonly P?: Matrix;
  readonly grad_P?: Matrix;
  readonly f: readonly Layer[];
  readonly g?: readonly (readonly Layer[])[];
  readonly logit_scale?: number;
  readonly grad_logit_scale?: number;
  /** The score of each comparison, or its two logits. */
  readonly score: readonly (number | readonly [number, number])[];
  readonly loss: number;
}

/** A case in pal-lab's terms. */
export interface OracleCase {
  readonly name: string;
  readonly model: PalA | PalB;
  readonly data: PreferenceData;
  readonly parameters: Parameters;
  readonly gradients: Parameters;
  /** The rewards of left and right, where the head has them. */
  readonly logits?: readonly (readonly [number, number])[];
  readonly scores: readonly number[];
  readonly loss: number;
}

/** What the authors' decision heads and losses are here. Another head would be another model: it is refused. */
const HEADS = {
  A: { dist: { distance: "plain" } },
  B: { angle: { head: "scaled-cosine" }, angle_hinge: { head: "scaled-cosine" } },
} as const;
const USER_POINTS = { "f(Pw)": "f(Pw)", "f(P)w": "f(P)w", Pw: "Pw" } as const;
const LOSSES = { hinge: "hinge", CE: "logistic" } as const;

/** @throws DataError for a model, head, loss or architecture that pal-lab has not */
export function oracleCase(official: OfficialCase, file: string): OracleCase {
  const known = <T extends object>(what: string, key: string, table: T): T[keyof T] => {
    if (Object.hasOwn(table, key)) return table[key as keyof T];
    throw new DataError(
      { file },
      `unknown ${what} ${JSON.stringify(key)}; known: ${Object.keys(table).join(", ")}`,
    );
  };
  const { k, d_out: latentDimension, user_point: userPoint, logit_scale, grad_logit_scale } = official;
  const isA = known("model", official.model, { A: true, B: false });
  const architecture = trainedArchitecture(official);
  const options = { k, latentDimension, architecture, loss: known("loss", official.loss_name, LOSSES) };
  const model = isA
    ? new PalA({
        ...options,
        ...known("head", official.head, HEADS.A),
        userPoint: known("user_point", userPoint ?? "null", USER_POINTS),
      })
    : new PalB({ ...options, ...known("head", official.head, HEADS.B) });
  const layers = (of: "value" | "gradient"): [string, Float32Array][] => [
    ...mapLayers(NAMES.items, official.f, of),
    ...(official.g ?? []).flatMap((map, index) => mapLayers(NAMES.prototypeMap(index), map, of)),
  ];
  const scalar = (value: number | undefined): [string, Float32Array][] =>
    isA || value === undefined ? [] : [[NAMES.logitScale, Float32Array.of(value)]];
  const matrix = (name: string, rows: Matrix | undefined): [string, Float32Array][] =>
    rows === undefined ? [] : [[name, flat(rows)]];
  const pairs = official.score.filter((score) => typeof score !== "number");
  return {
    name: [official.model, official.arch, userPoint, official.head, official.loss_name, `K=${k}`]
      .filter((part) => part !== null)
      .join(" "),
    model,
    data: comparisons(official, file),
    parameters: new Map([
      ...layers("value"),
      ...matrix(NAMES.prototypes, official.P),
      [NAMES.weights, flat(official.V)],
      ...scalar(logit_scale),
    ]),
    gradients: new Map([
      ...layers("gradient"),
      ...matrix(NAMES.prototypes, official.grad_P),
      [NAMES.weights, flat(official.grad_V)],
      ...scalar(grad_logit_scale),
    ]),
    ...(pairs.length === official.score.length ? { logits: pairs } : {}),
    scores: official.score.map((score) => (typeof score === "number" ? score : score[1] - score[0])),
    loss: official.loss,
  };
}

/** What the authors' code makes of an architecture string: it reads the first flag alone, so that "-residual-nobias" has biases. */
function trainedArchitecture({ arch, f }: OfficialCase): string {
  const [kind, activation, dropout, first] = arch.split("-");
  const bias = f[0].bias !== null;
  const flags = [...(first === "residual" ? ["residual"] : []), ...(bias ? [] : ["nobias"])];
  const architecture = [kind, activation, dropout, ...flags].join("-");
  // refuses flags that were dropped here and mean nothing to pal-lab
  parseArchitecture("oracle", arch);
  return architecture;
}

function comparisons({ user, left, right, prompt, y, V }: OfficialCase, file: string): PreferenceData {
  const n = left.length;
  const ids = (prefix: string, count: number): string[] =>
    Array.from({ length: count }, (_, i) => `${prefix}${i}`);
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  return {
    users: ids("user", V.length),
    items: { ids: ids("item", 2 * n), features: flat([...left, ...right]) },
    ...(prompt === undefined
      ? {}
      : { contexts: { ids: ids("prompt", n), features: flat(prompt) }, context: rows }),
    user: Int32Array.from(user),
    left: rows,
    right: rows.map((row) => n + row),
    label: Int8Array.from(y),
    source: { name: file, license: "MIT", sha256: "0" },
  };
}

function mapLayers(
  prefix: string,
  layers: readonly Layer[],
  of: "value" | "gradient",
): [string, Float32Array][] {
  return layers.flatMap((layer, index) => {
    const [weight, bias] = of === "value" ? [layer.weight, layer.bias] : [layer.grad_weight, layer.grad_bias];
    const name = layerName(prefix, index);
    return [
      [`${name}.weight`, flat(weight)] satisfies [string, Float32Array],
      ...(bias === null ? [] : [[`${name}.bias`, Float32Array.from(bias)] satisfies [string, Float32Array]]),
    ];
  });
}

function flat(rows: Matrix): Float32Array {
  return Float32Array.from(rows.flat());
}
