import { InputError } from "../../core/index.js";
import type { Comparisons, Population } from "../../data/index.js";
import { dataSizes, type Model, type Parameters } from "../../families/index.js";
import { answersOfUsers } from "../evidence-sets.js";
import { valueOf } from "../start-values.js";
import { trainedSpecs } from "../trained-specs.js";
import { evidenceInputs } from "./evidence.js";
import { parameterInputs } from "./score-pass.js";
import { TensorOps } from "./tensor-ops.js";
import { compute, floatsOf, type TensorBackend } from "./tensorflow.js";

/** The states of users from all of their answers, row-major [U, S]. @throws InputError for a parameter that is missing */
export function foundStates(
  use: TensorBackend,
  model: Model,
  parameters: Parameters,
  data: Population & Comparisons,
): Float32Array {
  const { tf } = use;
  const { found } = model.user;
  if (found === undefined)
    throw new InputError(`${model.family.name}: no network finds the states of its users`);
  const count = data.users.length;
  const specs = trainedSpecs(model, dataSizes(data, count));
  const sets = answersOfUsers(data.user, count);
  const everybody = Int32Array.from({ length: count }, (_, user) => user);
  return compute(use, () => {
    const tensors = specs.map(
      (spec) => [spec.name, tf.tensor(valueOf(spec, parameters), [...spec.shape])] as const,
    );
    const evidence = evidenceInputs(tf, { sets, data, found }, everybody);
    const p = parameterInputs(tf, new Map(tensors));
    return floatsOf(model.state({ ops: new TensorOps(tf), p, evidence }));
  });
}
