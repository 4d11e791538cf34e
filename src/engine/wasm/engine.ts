import { checkFinite, checkInteger, InputError, show } from "../../core/index.js";
import { checkPairs, checkPreferenceData, type Pairs, type PreferenceData } from "../../data/index.js";
import { dataSizes, hasPrototypes, NAMES, type Model, type Parameters } from "../../model/index.js";
import type { Engine, FeatureMatrix, Judges, LossAndGradients, Trainer, TrainerOptions } from "../engine.js";
import { loadPairs } from "./loaded-data.js";
import { Mlp } from "./layers/mlp.js";
import { ParameterBlock } from "./parameters.js";
import { compileKernels, isSupported, Runtime, type Build } from "./runtime.js";
import { loadColumns, Session } from "./session.js";
import { WasmTrainer } from "./trainer.js";

const SCORE_ROWS = 1024;

/** Our own SIMD kernels, in one thread: the default engine everywhere. */
export class WasmEngine implements Engine {
  readonly name: string;
  readonly #module: WebAssembly.Module;

  private constructor(module: WebAssembly.Module, build: Build) {
    this.#module = module;
    this.name = build === "plain" ? "wasm-simd" : "wasm-relaxed-simd";
  }

  /**
   * @param build `plain` gives the same bits everywhere; `relaxed` is faster where the runtime has relaxed SIMD
   * @throws InputError when the runtime lacks it
   */
  static async create(build: Build = "plain"): Promise<WasmEngine> {
    if (!isSupported(build)) {
      throw new InputError(
        `loadEngine: this runtime has no ${build === "plain" ? "WebAssembly SIMD" : "relaxed SIMD (Node >= 22 has it)"}`,
      );
    }
    return new WasmEngine(await compileKernels(build), build);
  }

  createTrainer(model: Model, data: PreferenceData, options: TrainerOptions): Trainer {
    return new WasmTrainer(this.#module, model, data, options);
  }

  scores(model: Model, parameters: Parameters, pairs: Pairs, judges: Judges): Float32Array {
    checkPairs("scores", pairs);
    const k = hasPrototypes(model) ? model.k : 1;
    const count = pairs.left.length;
    const users = checkInteger("scores: rows of weights, shape [U, K]", judges.weights.length / k, {
      min: 1,
    });
    const stray = judges.user.findIndex((user) => user < 0 || user >= users);
    if (stray >= 0) {
      throw new InputError(
        `scores: user must be an index in 0 … ${users - 1}, got ${judges.user[stray]} at row ${stray}`,
      );
    }
    if (judges.user.length !== count) {
      throw new InputError(
        `scores: user must have ${count} rows as the pairs have, got ${judges.user.length}`,
      );
    }
    checkFinite("scores: weights", judges.weights, k);
    if (count === 0) return new Float32Array(0);
    const runtime = new Runtime(this.#module);
    const columns = loadColumns(runtime, { user: judges.user, label: new Int8Array(count) });
    const source = { ...loadPairs(runtime, pairs), ...columns };
    const capacity = Math.min(SCORE_ROWS, count);
    const sizes = dataSizes(pairs, users);
    const session = new Session(runtime, { model, sizes, source, capacity, givenWeights: judges.weights });
    session.parameters.load(parameters);
    const order = runtime.storeIntegers(Int32Array.from({ length: count }, (_, i) => i));
    const scores = new Float32Array(count);
    for (let start = 0; start < count; start += capacity) {
      const rows = Math.min(capacity, count - start);
      session.forward({ order: order + 4 * start, count: rows });
      scores.set(runtime.floats(session.batch.score, rows), start);
    }
    return scores;
  }

  lossAndGradients(model: Model, parameters: Parameters, data: PreferenceData): LossAndGradients {
    checkPreferenceData("lossAndGradients", data);
    const runtime = new Runtime(this.#module);
    const count = data.user.length;
    const source = { ...loadPairs(runtime, data), ...loadColumns(runtime, data) };
    const sizes = dataSizes(data, data.users.length);
    const session = new Session(runtime, { model, sizes, source, capacity: count });
    session.parameters.load(parameters);
    const order = runtime.storeIntegers(Int32Array.from({ length: count }, (_, i) => i));
    session.forward({ order, count });
    const loss = session.backward(session.batchWeight());
    const scores = runtime.floats(session.batch.score, count).slice();
    return { scores, loss, gradients: session.parameters.gradients() };
  }

  project(model: Model, parameters: Parameters, map: "items" | number, table: FeatureMatrix): Float32Array {
    const { features, columns } = table;
    checkInteger("project: columns", columns, { min: 1 });
    checkFinite("project: features", features, columns);
    const rows = checkInteger("project: rows of features", features.length / columns, { min: 1 });
    const prefix = map === "items" ? NAMES.items : NAMES.prototypeMap(map);
    const size = { rows: 1, features: columns };
    const isOfContexts = (name: string): boolean => /^user_learner\.(projectors|tables)\./.test(name);
    const inContext = model.kind !== "pal-a" && [...parameters.keys()].some(isOfContexts);
    const sizes = { users: 1, items: size, ...(inContext ? { contexts: size } : {}) };
    const specs = model.parameters(sizes).filter(({ name }) => name.startsWith(`${prefix}.`));
    if (specs.length === 0) throw new InputError(`project: ${model.kind} has no map ${show(map)}`);
    const runtime = new Runtime(this.#module);
    const block = new ParameterBlock(runtime, specs);
    block.load(parameters);
    const mlp = new Mlp(runtime, block, { prefix, projector: model.projector, capacity: rows });
    const x = runtime.storeFloats(features);
    return runtime.floats(mlp.forward(x, rows), rows * mlp.outputs).slice();
  }
}
