import { InputError } from "../../core/index.js";
import { checkPreferenceData, type Pairs, type Population, type PreferenceData } from "../../data/index.js";
import { dataSizes, type Model, type Parameters, type RowMap } from "../../families/index.js";
import type {
  Engine,
  FeatureMatrix,
  FoundAt,
  Judges,
  LossAndGradients,
  StreamTrainer,
  StreamTrainerOptions,
  Trainer,
  TrainerOptions,
  Values,
} from "../engine.js";
import { answersOfUsers } from "../evidence-sets.js";
import { allGradients, checkFoundAt, checkJudges, checkStates, checkTable } from "../requests.js";
import { givenNoise } from "../state-noise.js";
import { checkSimplexProblem, type SimplexOptima, type SimplexProblem } from "../simplex-problem.js";
import { applyMap } from "./apply-map.js";
import { foundStates } from "./found-states.js";
import { loadColumns, loadPairs } from "./loaded-data.js";
import { placeOnSimplex } from "./place-on-simplex.js";
import { compileKernels, isSupported, Runtime, type Build } from "./runtime.js";
import { Session, type SessionUse } from "./session.js";
import { createStreamTrainer, createTrainer } from "./trainer.js";

const SCORE_ROWS = 1024;
/** Memory that is kept from one call to the next, 64 MB. */
const MOST_SPARE_BYTES = 2 ** 26;

/** Our own SIMD kernels, in one thread: the default engine everywhere. */
export class WasmEngine implements Engine {
  readonly name: string;
  readonly #module: WebAssembly.Module;
  /** Memory of calls that have answered, for the next one. */
  #spare?: Runtime;

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
    return this.#borrow((runtime) => {
      const columns = loadColumns(runtime, { user: judges.user, label: new Int8Array(count) });
      const source = { ...loadPairs(runtime, pairs, true), ...columns };
      const use = { model, sizes: dataSizes(pairs, users), source, states: judges.states };
      return scoreRows(runtime, parameters, { ...use, each: 1 });
    });
  }

  scoresUnderEach(model: Model, parameters: Parameters, pairs: Pairs, states: Float32Array): Float32Array {
    const each = checkStates(model, pairs, states);
    const count = pairs.left.length;
    if (count === 0) return new Float32Array(0);
    return this.#borrow((runtime) => {
      const columns = loadColumns(runtime, { user: new Int32Array(count), label: new Int8Array(count) });
      const source = { ...loadPairs(runtime, pairs, true), ...columns };
      return scoreRows(runtime, parameters, { model, sizes: dataSizes(pairs, each), source, states, each });
    });
  }

  onSimplex(problem: SimplexProblem): SimplexOptima {
    checkSimplexProblem(problem);
    return this.#borrow((runtime) => placeOnSimplex(runtime, problem));
  }

  lossAndGradients(
    model: Model,
    parameters: Parameters,
    data: PreferenceData,
    at: FoundAt = {},
  ): LossAndGradients {
    checkPreferenceData("lossAndGradients", data);
    const { noise, targets } = at;
    const scored = checkFoundAt(model, data, at);
    const runtime = new Runtime(this.#module);
    const count = data.user.length;
    const source = { ...loadPairs(runtime, data), ...loadColumns(runtime, data) };
    const sizes = dataSizes(data, data.users.length);
    const { found } = model.user;
    const session = new Session(runtime, {
      ...{ model, sizes, source, capacity: count, isSampled: noise !== undefined },
      ...(found === undefined ? {} : { evidence: { states: data.users.length, answers: count } }),
    });
    session.parameters.load(parameters);
    if (found !== undefined)
      session.findFrom(
        answersOfUsers(data.user, data.users.length, targets),
        noise === undefined ? undefined : givenNoise(noise, found.noise),
      );
    session.forward(runtime.storeIntegers(scored), scored.length);
    const loss = session.backward(session.batchWeight());
    const scores = runtime.floats(session.score, scored.length).slice();
    return { scores, loss, gradients: allGradients(model.parameters(sizes), session.parameters.gradients()) };
  }

  states(model: Model, parameters: Parameters, data: PreferenceData): Float32Array {
    return this.#borrow((runtime) => foundStates(runtime, model, parameters, data));
  }

  apply(map: RowMap, values: Values, table: FeatureMatrix): Float32Array {
    const rows = checkTable(table);
    return this.#borrow((runtime) => applyMap(runtime, map, { values, table, rows }));
  }

  /** Runs `work` in memory that is cleared, and kept for the next call unless it has grown large. */
  #borrow<T>(work: (runtime: Runtime) => T): T {
    const runtime = this.#spare ?? new Runtime(this.#module);
    this.#spare = undefined;
    runtime.clear();
    const result = work(runtime);
    if (runtime.bytes <= MOST_SPARE_BYTES) this.#spare = runtime;
    return result;
  }
}

interface ScoreUse extends Pick<SessionUse, "model" | "sizes" | "source"> {
  readonly states: Float32Array;
  /** How many states judge each pair, one after the other; with 1 the data says who does. */
  readonly each: number;
}

/** The score of each pair under each state that judges it, row-major [N, each]: a pair lies so many times in a row that its items are computed once. */
function scoreRows(runtime: Runtime, parameters: Parameters, { each, ...use }: ScoreUse): Float32Array {
  const { count } = use.source;
  const pairs = Math.max(1, Math.floor(Math.min(SCORE_ROWS, count * each) / each));
  const session = new Session(runtime, { ...use, capacity: pairs * each, trainable: "none" });
  session.parameters.load(parameters);
  const order = runtime.allocate(count * each);
  const rowsInTurn = runtime.integers(order, count * each);
  for (let i = 0; i < count; i++) rowsInTurn.fill(i, i * each, (i + 1) * each);
  if (each > 1) session.judgeInTurn(each);
  const scores = new Float32Array(count * each);
  for (let start = 0; start < count; start += pairs) {
    const rows = Math.min(pairs, count - start) * each;
    session.forward(order + 4 * start * each, rows);
    scores.set(runtime.floats(session.score, rows), start * each);
  }
  return scores;
}
