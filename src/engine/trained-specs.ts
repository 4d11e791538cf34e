import type { DataSizes, Model, ParameterSpec } from "../families/index.js";

/** The parameters that training moves: a table of states that a network finds is no part of them. */
export function trainedSpecs(model: Model, sizes: DataSizes): readonly ParameterSpec[] {
  const { found, parameter } = model.user;
  return model.parameters(sizes).filter(({ name }) => found === undefined || name !== parameter);
}
