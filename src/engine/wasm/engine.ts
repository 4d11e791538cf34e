import { InputError } from "../../core/index.js";
import { checkPreferenceData, type Pairs, type Population, type PreferenceData } from "../../data/index.js";
import { dataSizes, type Model, type Parameters, type RowMap } from "../../families/index.js";
import type {
  Engine,
  FeatureMatrix,
  Judges,
  LossAndGradients,
  StreamTrainer,
  StreamTrainerOptions,
  Trainer,
  TrainerOptions,
  Values,
} from "../engine.js";
import { checkJudges, checkTable } from "../requests.js";
import { applyMap } from "./apply-map.js";
import { loadColumns, loadPairs } from "./loaded-data.js";
import { compileKernels, isSupported, Runtime, type Build } from "./runtime.js";
import { Session } from "./session.js";
import { createStreamTrainer, createTrainer } from "./trainer.js";

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
    return createTrainer(this.#module, model, data, options);
  }

  createStreamTrainer(model: Model, population: Population, options: StreamTrainerOptions): StreamTrainer {
    return createStreamTrainer(this.#module, model, population, options);
  }

  scores(model: Model, parameters: Parameters, pairs: Pairs, judges: Judges): Float32Array {
    const users = checkJudges(model, pairs, judges);
    const count = pairs.left.length;
    if (count === 0) return new Float32Array(0);
    const runtime = new Runtime(this.#module);
    const columns = loadColumns(runtime, { user: judges.user, label: new Int8Array(count) });
    const source = { ...loadPairs(runtime, pairs), ...columns };
    const capacity = Math.min(SCORE_ROWS, count);
    const { states } = judges;
    const sizes = dataSizes(pairs, users);
    const session = new Session(runtime, { model, sizes, source, capacity, states, trainable: "none" });
    session.parameters.load(parameters);
    const order = runtime.storeIntegers(Int32Array.from({ length: count }, (_, i) => i));
    const scores = new Float32Array(count);
    for (let start = 0; start < count; start += capacity) {
      const rows = Math.min(capacity, count - start);
      session.forward(order + 4 * start, rows);
      scores.set(runtime.floats(session.score, rows), start);
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
    session.forward(order, count);
    const loss = session.backward(session.batchWeight());
    const scores = runtime.floats(session.score, count).slice();
    return { scores, loss, gradients: session.parameters.gradients() };
  }

  apply(map: RowMap, values: Values, table: FeatureMatrix): Float32Array {
    const rows = checkTable(table);
    return applyMap(new Runtime(this.#module), map, { values, table, rows });
  }
}
