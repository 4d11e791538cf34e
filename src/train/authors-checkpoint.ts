import { checkKeys, checkOneOf, DataError, InputError, list, show } from "../core/index.js";
import type { Engine } from "../engine/index.js";
import { layerName, NAMES, PalA, PalB, parseArchitecture, USER_POINTS } from "../families/index.js";
import { fittedModel, type FittedPrototypeModel } from "./fitted-model.js";
import { readParameters } from "./load-model.js";
import { PREFIX } from "./model-file.js";
import { decodeTensors, type Tensor } from "../formats/index.js";

/** What a checkpoint of the PAL authors' code leaves unsaid. */
export interface AuthorsCheckpointOptions {
  readonly engine: Engine;
  /** `proj_arch` of the authors' configuration, e.g. `"mlp2-relu-dropout0-residual"`: the file does not show activation and residual. */
  readonly architecture: string;
  /** `user_learner_type`, Model A only; may be left out where P's width leaves `"Pw"` alone. */
  readonly userPoint?: (typeof USER_POINTS)[number];
  /** `pref_learner_type`: `"dist"` (default of Model A: plain distance, hinge) or `"angle"` (of Model B: scaled cosine, logistic). */
  readonly head?: "dist" | "angle";
  /** `"partition"` where the configuration says `is_partition`, Model B only; default `"mixture"`. */
  readonly assignment?: "mixture" | "partition";
  /** Of the file, for messages. */
  readonly name?: string;
}

const CALLER = "loadAuthorsCheckpoint";
const KEYS = ["engine", "architecture", "userPoint", "head", "assignment", "name"];

/** The names under which a Lightning module that shares one f registers it. */
const ALIASES = {
  A: ["item_learner.projector.", "projector.", "user_learner.projector."],
  B: ["item_learner.projector.", "projector_f."],
} as const;
const TEMPERATURES = ["softmax_w.temperature", "user_learner.softmax.temperature"];
/** The language model, whose embeddings are computed beforehand, and the counters of batch normalisation, which are no floats. */
const PASSED_OVER = /^(prefLearner\.)?((item_learner|user_learner)\.)?llm\.|\.num_batches_tracked$/;

/** Tensors by the name that pal-lab gives them. */
interface Checkpoint {
  readonly learner: keyof typeof ALIASES;
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly users: readonly string[];
  readonly name: string;
}

/**
 * Reads the authors' checkpoint of Model A or B: a Lightning `state_dict` as safetensors (`scripts/torch/export.py` makes one of a `.ckpt`).
 * The model that comes back takes precomputed embeddings as features: Model A of prompt and response together, Model B of each. Weights of
 * the language model are passed over; kind, K, d, D, hidden layers and biases are read off names and shapes.
 * @throws InputError when something is not given that the file does not show, or does not agree with it
 * @throws DataError when the file is cut off, or a parameter is missing, unknown, of another shape, or there twice with different values
 * @source https://github.com/RamyaLab/pluralistic-alignment, src/pal_rm_a, src/pal_rm_b, src/connector.py
 */
export function loadAuthorsCheckpoint(
  bytes: Uint8Array,
  options: AuthorsCheckpointOptions,
): FittedPrototypeModel {
  checkKeys(CALLER, options, KEYS);
  const { engine, name = "safetensors" } = options;
  const checkpoint = readCheckpoint(bytes, name);
  const { features, latentDimension, architecture } = inferMap(checkpoint, options.architecture);
  const model =
    checkpoint.learner === "A"
      ? palA(checkpoint, { ...options, architecture, features, latentDimension })
      : palB(checkpoint, { ...options, architecture, latentDimension });
  const items = { rows: 0, features };
  const sizes = {
    users: checkpoint.users.length,
    items,
    ...(checkpoint.learner === "B" ? { contexts: { rows: 0, features: contextFeatures(checkpoint) } } : {}),
  };
  const tensors = new Map([...checkpoint.tensors].map(([key, tensor]) => [PREFIX + key, tensor]));
  const { users } = checkpoint;
  const specs = model.parameters(sizes);
  const parameters = readParameters({ tensors, metadata: {} }, { specs, users, name });
  return fittedModel({ model, sizes, parameters, users, engine });
}

function readCheckpoint(bytes: Uint8Array, name: string): Checkpoint {
  const file = decodeTensors(bytes, name, (tensor) => !PASSED_OVER.test(tensor));
  const names = [...file.tensors.keys()].map((key) =>
    key.startsWith(PREFIX) ? key.slice(PREFIX.length) : key,
  );
  const isA = names.includes(NAMES.prototypes);
  const isB = names.some((key) => key.startsWith("user_learner.projectors."));
  if (isA === isB) {
    throw new DataError(
      { file: name },
      `must hold ${PREFIX}${NAMES.prototypes} (Model A) or ${PREFIX}${NAMES.prototypeMap(0)} (Model B), found ${
        isA ? "both" : "neither"
      }; it has ${list(names)}`,
    );
  }
  const learner = isA ? "A" : "B";
  const byName = new Map<string, { readonly key: string; readonly tensor: Tensor }>();
  [...file.tensors].forEach(([key, tensor], i) => {
    const own = canonicalName(learner, names[i]);
    const other = byName.get(own);
    if (other !== undefined) checkSame(name, [other.key, other.tensor], [key, tensor]);
    else byName.set(own, { key, tensor });
  });
  const tensors = new Map([...byName].map(([own, { tensor }]) => [own, tensor]));
  const [temperature = 1] = tensors.get(TEMPERATURES[0])?.values ?? [];
  if (!(temperature > 0 && temperature < Infinity)) {
    throw new DataError(
      { file: name },
      `${PREFIX}${TEMPERATURES[0]} must be a number > 0, found ${temperature}`,
    );
  }
  tensors.delete(TEMPERATURES[0]);
  // every learner of theirs has a logit scale, Model A's distance does not use it
  if (isA) tensors.delete(NAMES.logitScale);
  const prefix = `${NAMES.weights}.`;
  const users = [...tensors.keys()]
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));
  if (users.length === 0) {
    throw new DataError(
      { file: name },
      `parameter ${PREFIX}${prefix}<user> is missing: it holds no user's weights`,
    );
  }
  // the weights are softmax(v / T)
  for (const user of users) {
    const { shape, values } = tensors.get(prefix + user) ?? { shape: [], values: new Float32Array(0) };
    tensors.set(prefix + user, { shape, values: values.map((value) => value / temperature) });
  }
  return { learner, tensors, users, name };
}

function canonicalName(learner: Checkpoint["learner"], key: string): string {
  const alias = ALIASES[learner].find((prefix) => key.startsWith(prefix));
  if (alias !== undefined) return `${NAMES.items}.${key.slice(alias.length)}`;
  return TEMPERATURES.includes(key) ? TEMPERATURES[0] : key;
}

function checkSame(file: string, one: readonly [string, Tensor], two: readonly [string, Tensor]): void {
  const [[name, a], [other, b]] = [one, two];
  const at = a.values.findIndex((value, i) => !Object.is(value, b.values[i]));
  if (a.shape.join() === b.shape.join() && at < 0) return;
  const found = ({ shape, values }: Tensor): string =>
    `[${shape.join(", ")}]${at < 0 ? "" : ` with ${values[at]} at index ${at}`}`;
  throw new DataError(
    { file },
    `parameters ${name} and ${other} are one map's and must be equal, found ${found(a)} and ${found(b)}`,
  );
}

/** D, d and the architecture as pal-lab writes it, from f's layers. */
function inferMap(
  { tensors, name }: Checkpoint,
  given: string | undefined,
): { features: number; latentDimension: number; architecture: string } {
  const prefix = `${NAMES.items}.mlp.layers.`;
  const own = [...tensors.keys()].filter((key) => key.startsWith(prefix));
  if (own.some((key) => key.endsWith(".running_mean"))) {
    throw new DataError(
      { file: name },
      `has batch normalisation (${prefix}…running_mean), which pal-lab does not`,
    );
  }
  // others than 0, 3, 6 are named as unknown in the end
  const numbers = own
    .filter((key) => key.endsWith(".weight"))
    .map((key) => Number(key.slice(prefix.length, -".weight".length)))
    .filter((number) => number % 3 === 0);
  const hiddenLayers = Math.max(0, ...numbers) / 3;
  const side = (layer: number, axis: 0 | 1): number => {
    const weight = `${layerName(NAMES.items, layer)}.weight`;
    const shape = tensors.get(weight)?.shape;
    if (shape === undefined) {
      throw new DataError(
        { file: name },
        `parameter ${PREFIX}${weight} is missing; of the map f it has ${list(own) || "nothing"}`,
      );
    }
    if (shape.length !== 2) {
      throw new DataError(
        { file: name },
        `parameter ${PREFIX}${weight} must have shape [out, in], found [${shape.join(", ")}]`,
      );
    }
    return shape[axis];
  };
  const size = { features: side(0, 1), latentDimension: side(hiddenLayers, 0) };
  const bias = own.some((key) => key.endsWith(".bias"));
  return { ...size, architecture: agreedArchitecture(given, { hiddenLayers, bias, name }) };
}

/** The architecture that is given, where it agrees with what the file shows. */
function agreedArchitecture(
  given: string | undefined,
  found: { readonly hiddenLayers: number; readonly bias: boolean; readonly name: string },
): string {
  const shown = `${found.name} shows mlp${found.hiddenLayers} ${found.bias ? "with" : "without"} biases`;
  if (given === undefined) {
    throw new InputError(
      `${CALLER}: architecture must be given (proj_arch of the authors' configuration, e.g. "mlp2-relu-dropout0-residual"): ` +
        `${shown}; activation, dropout and residual cannot be seen in a file`,
    );
  }
  if (/-nobias.*-residual/.test(given)) {
    throw new InputError(
      `${CALLER}: architecture ${show(given)} is ambiguous: the authors' code reads the first flag alone; write "-nobias" for what it ` +
        `trained, "-residual-nobias" for a residual map without biases`,
    );
  }
  const { hiddenLayers, bias } = parseArchitecture(CALLER, given);
  // the authors' code reads the first flag alone: "-residual-nobias" has biases there
  const architecture = found.bias ? given.replace(/(-residual.*)-nobias/, "$1") : given;
  if (hiddenLayers !== found.hiddenLayers || parseArchitecture(CALLER, architecture).bias !== found.bias) {
    throw new InputError(
      `${CALLER}: architecture ${show(given)} has ${hiddenLayers} hidden layers ${bias ? "with" : "without"} biases, but ${shown}`,
    );
  }
  return architecture;
}

type ModelOptions = Omit<AuthorsCheckpointOptions, "engine"> & { readonly latentDimension: number };

function palA({ tensors, name }: Checkpoint, options: ModelOptions & { readonly features: number }): PalA {
  const { architecture, latentDimension, features, userPoint, head = "dist" } = options;
  checkOneOf(`${CALLER}: head (pref_learner_type) of Model A`, head, ["dist"]);
  if (options.assignment === "partition") {
    throw new InputError(`${CALLER}: assignment "partition" is of Model B; ${name} holds Model A`);
  }
  const shape = tensors.get(NAMES.prototypes)?.shape ?? [];
  const isLatent = shape[1] === latentDimension && features !== latentDimension;
  if (userPoint === undefined && !isLatent) {
    throw new InputError(
      `${CALLER}: userPoint (user_learner_type of the authors' configuration) must be given, one of ${list(USER_POINTS)}: ` +
        `${name} does not show it`,
    );
  }
  const k = Math.max(1, shape[0] ?? 1);
  const variant = { userPoint: userPoint ?? "Pw", distance: "plain", loss: "hinge" } as const;
  return new PalA({ k, latentDimension, architecture, ...variant });
}

function palB({ tensors, name }: Checkpoint, options: ModelOptions): PalB {
  const { architecture, latentDimension, userPoint, head = "angle", assignment } = options;
  checkOneOf(`${CALLER}: head (pref_learner_type) of Model B`, head, ["angle"]);
  if (userPoint !== undefined) {
    throw new InputError(`${CALLER}: userPoint ${show(userPoint)} is of Model A; ${name} holds Model B`);
  }
  const maps = [...tensors.keys()].flatMap(
    (key) => /^user_learner\.projectors\.([^.]+)\./.exec(key)?.[1] ?? [],
  );
  const k = Math.max(1, new Set(maps).size);
  return new PalB({ k, latentDimension, architecture, head: "scaled-cosine", loss: "logistic", assignment });
}

/** Columns of the prompts' embeddings; the text models have one width for both, the image models two. */
function contextFeatures({ tensors, name }: Checkpoint): number {
  const weight = `${layerName(NAMES.prototypeMap(0), 0)}.weight`;
  const shape = tensors.get(weight)?.shape;
  if (shape?.length === 2) return shape[1];
  throw new DataError(
    { file: name },
    `parameter ${PREFIX}${weight} [out, in] ${shape === undefined ? "is missing" : `has shape [${shape.join(", ")}]`}`,
  );
}
