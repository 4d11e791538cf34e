import { InputError, messageOf } from "../../core/index.js";
import { simulateIdealPoints } from "../../data/index.js";
import { PalA, type Parameters } from "../../families/index.js";
import type { Engine, LearningRates, TrainerOptions } from "../engine.js";
import { WasmEngine } from "../wasm/engine.js";
import {
  LOADERS,
  NotInstalledError,
  TFJS_BACKENDS,
  type BackendLoaders,
  type TfjsBackend,
} from "./backends.js";
import { TfjsEngine } from "./engine.js";

/** Largest difference from our own engine that the self-test lets pass, relative to the larger of the value and 1. */
const TOLERANCE = 1e-4;
const RATE = { rate: 0.01, decay: 0.01 };
const STEPS: LearningRates = {
  projector: RATE,
  prototypes: RATE,
  weights: RATE,
  logitScale: RATE,
  tables: RATE,
};

/**
 * Loads backends of TensorFlow.js, each once, and lets none compute that fails a training step of PAL-A against our own engine.
 * @param loaders where backends come from, and `warn` where one line goes for each that had to be skipped
 */
export class TfjsSelection {
  readonly #loaders: BackendLoaders;
  readonly #warn: (line: string) => void;
  readonly #engines = new Map<TfjsBackend, Promise<Engine>>();
  #chosen?: Promise<Engine>;

  constructor(loaders: BackendLoaders = LOADERS, warn: (line: string) => void = console.warn) {
    this.#loaders = loaders;
    this.#warn = warn;
  }

  /** The named backend, or with `"tfjs"` the fastest that passes. @throws InputError saying why there is none */
  async load(name: "tfjs" | TfjsBackend): Promise<Engine> {
    if (name === "tfjs") return (this.#chosen ??= this.#choose());
    try {
      return await this.#engine(name);
    } catch (cause) {
      throw new InputError(
        `loadEngine: ${name} cannot be had: ${firstLine(cause)}; "tfjs" takes what works`,
        { cause },
      );
    }
  }

  async #choose(): Promise<Engine> {
    const reasons: string[] = [];
    for (const name of TFJS_BACKENDS) {
      try {
        return await this.#engine(name);
      } catch (cause) {
        reasons.push(`${name}: ${firstLine(cause)}`);
        if (!(cause instanceof NotInstalledError))
          this.#warn(`pal-lab: ${name} is skipped: ${firstLine(cause)}`);
      }
    }
    throw new InputError(`loadEngine: no backend of TensorFlow.js works here: ${reasons.join("; ")}`);
  }

  #engine(name: TfjsBackend): Promise<Engine> {
    const known = this.#engines.get(name) ?? this.#create(name);
    this.#engines.set(name, known);
    return known;
  }

  async #create(name: TfjsBackend): Promise<Engine> {
    const backend = await this.#loaders[name]();
    const engine = new TfjsEngine(name, backend, await WasmEngine.create());
    await selfTest(engine);
    return engine;
  }
}

/** One training step of a small PAL-A, and its gradient before, against our own engine. @throws Error naming what differs */
async function selfTest(engine: Engine): Promise<void> {
  const wasm = await WasmEngine.create();
  const model = new PalA({ k: 2, latentDimension: 3, architecture: "mlp1-gelu-dropout0-nobias" });
  const population = { dimension: 3, prototypes: 2, users: 4, comparisonsPerUser: 6, seed: 1 };
  const data = simulateIdealPoints({ ...population, setting: "mixture" });
  const options: TrainerOptions = { seed: 1, batchSize: 24, optimizer: "adamw", learningRates: STEPS };
  const step = (on: Engine): { before: Parameters; after: Parameters } => {
    const trainer = on.createTrainer(model, data, options);
    try {
      const before = trainer.snapshot();
      trainer.epoch();
      return { before, after: trainer.snapshot() };
    } finally {
      trainer.dispose();
    }
  };
  const { before, after } = step(wasm);
  const [expected, got] = [wasm, engine].map((on) => on.lossAndGradients(model, before, data));
  agree("loss", Float32Array.of(got.loss), Float32Array.of(expected.loss));
  for (const [name, values] of expected.gradients)
    agree(`gradient of ${name}`, got.gradients.get(name), values);
  const trained = step(engine).after;
  for (const [name, values] of after) agree(`step of ${name}`, trained.get(name), values);
}

function agree(what: string, got: Float32Array | undefined, expected: Float32Array): void {
  expected.forEach((value, i) => {
    const difference = Math.abs((got?.[i] ?? NaN) - value);
    if (difference <= TOLERANCE * Math.max(1, Math.abs(value))) return;
    throw new Error(`it fails the self-test: ${what}[${i}] is ${got?.[i]}, not ${value}`);
  });
}

function firstLine(thrown: unknown): string {
  return messageOf(thrown).split("\n")[0];
}
