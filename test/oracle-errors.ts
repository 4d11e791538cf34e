import { expect } from "vitest";
import type { Engine } from "../src/engine/index.js";
import { dataSizes } from "../src/families/index.js";
import { fittedModel, rewardOf, type Fitted } from "../src/train/index.js";
import type { OracleCase } from "./oracle-case.js";

/** How far from a value an engine may be: a part of its size, or an absolute amount where that is more. */
export interface Tolerance {
  readonly relative: number;
  readonly absolute: number;
}

/** Errors as a part of the tolerance: 1 is just allowed. */
export interface OracleError {
  /** Each value by its own size. */
  readonly own: number;
  /** Each value by the size of the largest of its array. */
  readonly largest: number;
}

/**
 * The worst error of each thing that the oracle has, as a part of its tolerance: scores and loss, every gradient, the scores of the fitted
 * model, and the rewards of the two sides.
 */
export function oracleErrors(
  engine: Engine,
  oracle: OracleCase,
  tolerance: Tolerance,
): ReadonlyMap<string, OracleError> {
  const { model, data, parameters, gradients, logits, scores } = oracle;
  const sizes = dataSizes(data, data.users.length);
  const fitted = fittedModel({ model, parameters, engine, users: data.users, sizes });
  const computed = engine.lossAndGradients(model, parameters, data);
  expect([...computed.gradients.keys()].sort()).toEqual([...gradients.keys()].sort());
  const [left, right] = [rewards(fitted, oracle, "left"), rewards(fitted, oracle, "right")];
  // a difference is as exact as what is subtracted
  const larger = right.map((reward, row) => Math.max(Math.abs(reward), Math.abs(left[row])));
  const error = (got: ArrayLike<number>, want: ArrayLike<number>, size = want): OracleError =>
    worst(got, want, { size, tolerance });
  return new Map([
    ["loss", error([computed.loss], [oracle.loss])],
    ["scores", error(computed.scores, scores, logits === undefined ? scores : larger)],
    ["fitted scores", error(fitted.scoresOf(data), scores, logits === undefined ? scores : larger)],
    ...(logits === undefined
      ? [
          [
            "rewards",
            error(
              Array.from(right, (reward, row) => reward - left[row]),
              scores,
              larger,
            ),
          ] as const,
        ]
      : [
          [
            "left logits",
            error(
              left,
              logits.map(([logit]) => logit),
            ),
          ] as const,
          [
            "right logits",
            error(
              right,
              logits.map(([, logit]) => logit),
            ),
          ] as const,
        ]),
    ...[...gradients].map(
      ([name, gradient]) =>
        [`gradient of ${name}`, error(computed.gradients.get(name) ?? [], gradient)] as const,
    ),
  ]);
}

function rewards(
  fitted: Fitted<OracleCase["model"]>,
  { data }: OracleCase,
  side: "left" | "right",
): number[] {
  const { items, contexts } = data;
  const columns = (items.features?.length ?? 0) / items.ids.length;
  return Array.from(data[side], (item, row) => {
    const features = items.features?.subarray(item * columns, (item + 1) * columns);
    const context = contexts === undefined ? undefined : { contexts, index: data.context?.[row] };
    return rewardOf(fitted, data.users[data.user[row]])({ ids: [items.ids[item]], features }, context)[0];
  });
}

function worst(
  got: ArrayLike<number>,
  want: ArrayLike<number>,
  by: { readonly size: ArrayLike<number>; readonly tolerance: Tolerance },
): OracleError {
  expect(got).toHaveLength(want.length);
  const { relative, absolute } = by.tolerance;
  const sizes = Array.from(by.size, Math.abs);
  const largest = Math.max(...sizes);
  const worstBy = (size: (i: number) => number): number => {
    const errors = Array.from(got, (value, i) => {
      const error = Math.abs(value - want[i]) / Math.max(absolute, relative * size(i));
      return Number.isFinite(error) ? error : Infinity;
    });
    return Math.max(...errors);
  };
  return { own: worstBy((i) => sizes[i]), largest: worstBy(() => largest) };
}
