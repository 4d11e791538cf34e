import { checkNumber, checkOneOf, type RecordRow } from "../../../core/index.js";
import { takePerUser } from "../../../data/index.js";
import { hiddenContext, type HiddenContext } from "../../../data/worlds/index.js";
import { BradleyTerry, Dpl } from "../../../families/index.js";
import { fit, utilitiesOf, type FittedModel } from "../../../train/index.js";
import { CHANCE } from "../../ceilings.js";
import { pearson } from "../latent-user/curves.js";
import type { Experiment, RunConfig, RunContext, RunResult } from "../parts/experiment.js";
import { simulatedReference } from "../parts/references.js";
import { checkCounts, resolveConfig } from "../parts/resolve.js";
import { sliceOf, squareOf, trueDeviation, type Toy } from "./places.js";

const MODELS = ["Bradley-Terry", "DPL mean-variance", "DPL categorical"] as const;

interface ToyConfig {
  readonly toy: Toy;
  readonly model: (typeof MODELS)[number];
  readonly comparisons: number;
  readonly heldOut: number;
  readonly epochs: number;
  readonly width: number;
  readonly rate: number;
}

const TOYS = ["1-D", "2-D"] as const;

/** DPL's two toys: what one reward, and a distribution of utilities, make of alternatives whose worth depends on something that nobody records. */
export const dplToysExperiment: Experiment = {
  defaults: {
    toy: "1-D",
    model: "DPL mean-variance",
    comparisons: 20_000,
    heldOut: 5000,
    epochs: 20,
    width: 64,
    rate: 2e-3,
  },

  resolve(config: RunConfig): RunConfig {
    const resolved = resolveConfig("dpl-toys", dplToysExperiment.defaults, config);
    checkCounts("dpl-toys", resolved, ["comparisons", "heldOut", "epochs", "width"], 1);
    checkNumber("dpl-toys: rate", resolved.rate as number, { above: 0 });
    checkOneOf("dpl-toys: toy", resolved.toy as string, TOYS);
    checkOneOf("dpl-toys: model", resolved.model as string, MODELS);
    return resolved;
  },

  identify: (config) => Promise.resolve({ config, data: [] }),

  async run(raw: RunConfig, seed: number, { engine }: RunContext): Promise<RunResult> {
    const config = dplToysExperiment.resolve(raw) as unknown as ToyConfig;
    const { toy, comparisons, heldOut, epochs, rate } = config;
    const dimension = toy === "1-D" ? 1 : 2;
    const world = hiddenContext({ users: 1, comparisonsPerUser: comparisons + heldOut, seed, dimension });
    const { taken, rest } = takePerUser(world.data, comparisons);
    const fitted = (await fit(modelOf(config), taken, {
      ...{ engine, seed, epochs, schedule: "linear" },
      learningRates: { projector: { rate } },
    })) as FittedModel;
    const scores = fitted.scores(rest, { weights: fitted.allWeights });
    const accuracy = scores.filter((score, row) => score > 0 === rest.label[row] > 0).length / scores.length;
    return {
      rows: [{ ...measured(fitted, world, config), seed, accuracy }],
      data: [simulatedReference(world.data.source)],
    };
  },
};

function modelOf({ model, width }: ToyConfig): BradleyTerry | Dpl {
  const architecture = "mlp2-relu-dropout0";
  if (model === "Bradley-Terry") return new BradleyTerry({ architecture, latentDimension: width });
  const variant = model === "DPL categorical" ? "categorical" : "mean-variance";
  // where an alternative wins evenly against all, the best Gaussian is infinitely wide
  return new Dpl({ variant, architecture, width, largestDeviation: 1 });
}

function measured(
  fitted: FittedModel,
  world: HiddenContext,
  { toy, model }: ToyConfig,
): Omit<RecordRow, "seed" | "accuracy"> {
  const [slice, square] = [sliceOf(toy), squareOf(toy)];
  const [drawn, all] = [slice, square].map((places) => learnedAt(fitted, places));
  const [borda, expected] = [world.bordaCount, world.expectedUtility].map(
    (of) => (at: readonly number[]) => of(...at),
  );
  const tidy = (values: Iterable<number>): number[] => Array.from(values, (x) => Number(x.toPrecision(5)));
  return {
    ...{ split: "seen", method: model, settings: { toy } },
    measures: {
      borda: pearson([...all.mean], square.map(borda)),
      expected: pearson([...all.mean], square.map(expected)),
      ...(all.deviation === undefined
        ? {}
        : {
            deviation: pearson(
              [...all.deviation],
              square.map((at) => trueDeviation(toy, at)),
            ),
          }),
    },
    series: {
      learned: tidy(drawn.mean),
      ...(drawn.deviation === undefined ? {} : { deviation: tidy(drawn.deviation) }),
      ...{ borda: tidy(slice.map(borda)), expected: tidy(slice.map(expected)) },
    },
    ceilings: { chance: CHANCE },
  };
}

/** Learned utilities at some places: of Bradley-Terry its reward, which has no deviation. */
function learnedAt(
  fitted: FittedModel,
  places: readonly (readonly number[])[],
): { readonly mean: Float64Array; readonly deviation?: Float64Array } {
  const items = { ids: places.map((_, i) => `place-${i}`), features: Float32Array.from(places.flat()) };
  if (fitted.model instanceof Dpl) {
    const { mean, variance } = utilitiesOf(fitted, items);
    return { mean, deviation: variance.map(Math.sqrt) };
  }
  const along = { items, left: new Int32Array(places.length), right: Int32Array.from(places.keys()) };
  return { mean: Float64Array.from(fitted.scores(along, { weights: fitted.allWeights })) };
}
