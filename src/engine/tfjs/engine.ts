import { checkInteger } from "../../core/index.js";
import {
  checkEveryUserAnswers,
  checkPreferenceData,
  selectRows,
  type Pairs,
  type Population,
  type PreferenceData,
} from "../../data/index.js";
import { dataSizes, type Model, type Parameters, type RowMap } from "../../families/index.js";
import { checkStream, ChunkFeeder } from "../chunk-feeder.js";
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
import {
  allGradients,
  checkJudges,
  checkFoundAt,
  checkStates,
  checkStreamable,
  checkTable,
} from "../requests.js";
import type { SimplexOptima, SimplexProblem } from "../simplex-problem.js";
import { valueOf } from "../start-values.js";
import { givenNoise } from "../state-noise.js";
import { trainedSpecs } from "../trained-specs.js";
import { foundStates } from "./found-states.js";
import { forward, lossSum, parameterInputs, weightsOf, type Batch } from "./score-pass.js";
import { TensorOps } from "./tensor-ops.js";
import { compute, floatsOf, type Tensor, type TensorBackend } from "./tensorflow.js";
import { TfjsTrainer } from "./trainer.js";

/** Comparisons that are computed at once. */
const ROWS = 1024;

/** The same models by automatic differentiation in TensorFlow.js: the readable reference. */
export class TfjsEngine implements Engine {
  readonly name: string;
  readonly #use: TensorBackend;
  readonly #solver: Pick<Engine, "onSimplex">;

  /** @param solver what has no tensors in it is left to */
  constructor(name: string, backend: TensorBackend, solver: Pick<Engine, "onSimplex">) {
    this.name = name;
    this.#use = backend;
    this.#solver = solver;
  }

  createTrainer(model: Model, data: PreferenceData, options: TrainerOptions): Trainer {
    checkPreferenceData("createTrainer", data);
    checkEveryUserAnswers("createTrainer", data);
    checkInteger("createTrainer: batchSize", options.batchSize, { min: 1 });
    const trainer = new TfjsTrainer(
      this.#use,
      model,
      { population: data, capacity: data.user.length },
      options,
    );
    trainer.refill(data);
    return trainer;
  }

  createStreamTrainer(model: Model, population: Population, options: StreamTrainerOptions): StreamTrainer {
    const { chunkSize, batchSize } = options;
    checkStream(population, chunkSize);
    checkStreamable(model);
    checkInteger("createStreamTrainer: batchSize", batchSize, { min: 1 });
    const trainer = new TfjsTrainer(this.#use, model, { population, capacity: chunkSize }, options);
    return new ChunkFeeder(trainer, population, chunkSize);
  }

  scores(model: Model, parameters: Parameters, pairs: Pairs, judges: Judges): Float32Array {
    const users = checkJudges(model, pairs, judges);
    const { parameter } = model.user;
    const sizes = dataSizes(pairs, users);
    const specs = model.parameters(sizes).filter(({ name }) => name !== parameter);
    const { tf } = this.#use;
    const result = new Float32Array(pairs.left.length);
    for (const { from, batch } of chunks({ ...pairs, user: judges.user })) {
      compute(this.#use, () => {
        const pass = { tf, parameters: this.#tensors({ specs, parameters }) };
        const given = tf.tensor2d(judges.states, [users, model.user.width(sizes)]);
        result.set(floatsOf(forward(pass, model, batch, given).score), from);
      });
    }
    return result;
  }

  scoresUnderEach(model: Model, parameters: Parameters, pairs: Pairs, states: Float32Array): Float32Array {
    const k = checkStates(model, pairs, states);
    const count = pairs.left.length;
    const scores = new Float32Array(count * k);
    for (let j = 0; j < k; j++) {
      const judges = { user: new Int32Array(count).fill(j), states };
      this.scores(model, parameters, pairs, judges).forEach((score, row) => (scores[row * k + j] = score));
    }
    return scores;
  }

  onSimplex(problem: SimplexProblem): SimplexOptima {
    return this.#solver.onSimplex(problem);
  }

  lossAndGradients(
    model: Model,
    parameters: Parameters,
    data: PreferenceData,
    at: FoundAt = {},
  ): LossAndGradients {
    checkPreferenceData("lossAndGradients", data);
    const { noise, targets } = at;
    const scored = selectRows(data, checkFoundAt(model, data, at));
    const { found } = model.user;
    const sizes = dataSizes(data, data.users.length);
    const specs = trainedSpecs(model, sizes);
    const sampled =
      noise === undefined || found === undefined ? {} : { noise: givenNoise(noise, found.noise) };
    const how =
      found === undefined
        ? {}
        : {
            evidence: { sets: answersOfUsers(data.user, data.users.length, targets), data, found },
            ...sampled,
          };
    const names = specs.map(({ name }) => name);
    const weight = weightsOf(scored);
    const total = weight.reduce((sum, value) => sum + value, 0);
    const { tf } = this.#use;
    const result = new Float32Array(scored.user.length);
    const gradients = new Map<string, Float32Array>();
    let loss = 0;
    for (const { from, to, batch } of chunks(scored)) {
      const rows = { label: scored.label.subarray(from, to), weight: weight.subarray(from, to) };
      compute(this.#use, () => {
        const gradient = tf.valueAndGrads((...values: Tensor[]) => {
          const pass = { tf, parameters: new Map(names.map((name, i) => [name, values[i]])), ...how };
          const passed = forward(pass, model, batch);
          result.set(floatsOf(passed.score), from);
          return tf.div(lossSum(tf, model, passed, rows), total);
        });
        const { value, grads } = gradient([...this.#tensors({ specs, parameters }).values()]);
        loss += value.dataSync()[0];
        names.forEach((name, i) => gradients.set(name, sum(floatsOf(grads[i]), gradients.get(name))));
      });
    }
    return { scores: result, loss, gradients: allGradients(model.parameters(sizes), gradients) };
  }

  states(model: Model, parameters: Parameters, data: PreferenceData): Float32Array {
    return foundStates(this.#use, model, parameters, data);
  }

  apply(map: RowMap, values: Values, table: FeatureMatrix): Float32Array {
    const { features, columns } = table;
    const rows = checkTable(table);
    const { tf } = this.#use;
    return compute(this.#use, () => {
      const known = new Map(values.specs.map((spec) => [spec.name, spec]));
      const tensors = new Map<string, Tensor>();
      const p = parameterInputs(tf, tensors);
      // what the map does not ask for may be missing
      const get = (name: string): ReturnType<typeof p.get> => {
        const spec = known.get(name);
        if (spec !== undefined && !tensors.has(name))
          tensors.set(name, this.#tensor(spec, values.parameters));
        return p.get(name);
      };
      const x = tf.tensor2d(features, [rows, columns]);
      return floatsOf(
        map(
          new TensorOps(tf),
          { has: (name) => known.has(name), get, columns: (name) => get(name).shape[1] },
          x,
        ),
      );
    });
  }

  /** Parameters as tensors. @throws InputError naming one that is missing or has another shape */
  #tensors({ specs, parameters }: Values): Map<string, Tensor> {
    return new Map(specs.map((spec) => [spec.name, this.#tensor(spec, parameters)]));
  }

  #tensor(spec: Values["specs"][number], parameters: Parameters): Tensor {
    return this.#use.tf.tensor(valueOf(spec, parameters), [...spec.shape]);
  }
}

function* chunks(all: Batch): Generator<{ from: number; to: number; batch: Batch }> {
  for (let from = 0; from < all.left.length; from += ROWS) {
    const to = Math.min(from + ROWS, all.left.length);
    const part = (column: Int32Array): Int32Array => column.subarray(from, to);
    const { left, right, user, context, items, contexts } = all;
    const batch = { items, contexts, left: part(left), right: part(right), user: part(user) };
    yield { from, to, batch: context === undefined ? batch : { ...batch, context: part(context) } };
  }
}

function sum(values: Float32Array, others: Float32Array | undefined): Float32Array {
  return others === undefined ? values : values.map((value, i) => value + others[i]);
}
