import { describe, expect, test } from "vitest";
import { selectRows, type PreferenceData } from "../data/index.js";
import { randomParameters, smallWorld } from "../families/fixtures/index.js";
import { Dpl, Spl, Vpl, type Model } from "../families/index.js";
import { ENGINES_HERE } from "./fixtures/engines.js";
import { loadEngine } from "./index.js";

const SMALL = { encoderWidth: 5, decoderWidth: 6 };
/** Whose states do not depend on the order of answers, nor on sides. */
const OF_SETS: readonly (readonly [string, Model])[] = [
  ["mean", new Vpl({ ...SMALL, latentDimension: 3 })],
  ["attention, learned prior", new Vpl({ ...SMALL, setEncoder: "attention", prior: "learned" })],
  ["film and flow", new Vpl({ ...SMALL, decoder: "film", flow: "posterior" })],
  ["spl", new Spl({ ...SMALL })],
];
const ALL: typeof OF_SETS = [
  ...OF_SETS,
  ["dpl", new Dpl({ width: 5 })],
  ["dpl, categorical", new Dpl({ width: 5, variant: "categorical", atoms: 4 })],
];

const data = smallWorld({ items: 4, contexts: 2 });
/** Every pair the other way round, with the opposite answer. */
const swapped: PreferenceData = {
  ...data,
  left: data.right,
  right: data.left,
  label: data.label.map((label) => -label),
};
const turned = selectRows(data, Int32Array.from(data.user.keys()).reverse());

function close(got: ArrayLike<number>, want: ArrayLike<number>): void {
  expect(got).toHaveLength(want.length);
  Array.from(want).forEach((value, i) =>
    expect(Math.abs(got[i] - value), `${i}`).toBeLessThan(1e-5 * Math.max(1, Math.abs(value))),
  );
}

describe.each(ENGINES_HERE)("%s engine", (name) => {
  test.each(OF_SETS)(
    "%s: states do not change with the order of answers, nor with sides",
    async (_, model) => {
      const engine = await loadEngine(name);
      const parameters = randomParameters(model, data);
      const states = engine.states(model, parameters, data);
      expect(new Set(states).size).toBeGreaterThan(3);
      close(engine.states(model, parameters, turned), states);
      close(engine.states(model, parameters, swapped), states);
    },
  );

  test.each(ALL)(
    "%s: sides and labels swapped, scores are the opposite, the loss is the same",
    async (_, model) => {
      const engine = await loadEngine(name);
      const parameters = randomParameters(model, data);
      const whole = engine.lossAndGradients(model, parameters, data);
      const other = engine.lossAndGradients(model, parameters, swapped);
      close(
        other.scores.map((score) => -score),
        whole.scores,
      );
      close([other.loss], [whole.loss]);
      for (const [parameter, values] of whole.gradients) close(other.gradients.get(parameter) ?? [], values);
    },
  );

  test("a flat encoder sees order and sides, a classifier sides", async () => {
    const engine = await loadEngine(name);
    const flat = new Vpl({ ...SMALL, setEncoder: "flat" });
    const values = randomParameters(flat, data);
    expect(engine.states(flat, values, turned)).not.toEqual(engine.states(flat, values, data));
    const classifier = new Vpl({ ...SMALL, decoder: "classifier" });
    const own = randomParameters(classifier, data);
    const [one, other] = [data, swapped].map((rows) => engine.lossAndGradients(classifier, own, rows).scores);
    expect(Math.max(...one.map((score, row) => Math.abs(score + other[row])))).toBeGreaterThan(0.01);
  });

  test.each([
    ...OF_SETS,
    ["flat, learned prior", new Vpl({ ...SMALL, setEncoder: "flat", prior: "learned" })] as const,
  ])("%s: without answers a state is the prior", async (_, model) => {
    const engine = await loadEngine(name);
    const parameters = randomParameters(model, data);
    const nobody = selectRows(data, new Int32Array(0));
    const states = engine.states(model, parameters, nobody);
    const width = states.length / 3;
    const d = (model as Model & { readonly latentDimension: number }).latentDimension;
    const prior = parameters.get("prior") ?? new Float32Array(2 * d);
    for (let user = 0; user < 3; user++) close(states.slice(user * width, user * width + 2 * d), prior);
  });

  test("free nats cost what they are, but pull at nothing", async () => {
    const engine = await loadEngine(name);
    const at = (freeNats: number, klWeight = 20) => {
      const model = new Vpl({ ...SMALL, freeNats, klWeight });
      return engine.lossAndGradients(model, randomParameters(model, data), data);
    };
    const [none, some, free, without] = [at(0), at(0.001), at(1e4), at(0, 0)];
    close([some.loss, free.loss], [none.loss, none.loss]);
    expect(none.loss).toBeGreaterThan(without.loss + 0.01);
    const of = (found: typeof none, parameter: string) =>
      found.gradients.get(parameter) ?? new Float32Array();
    for (const parameter of none.gradients.keys()) {
      close(of(some, parameter), of(none, parameter));
      close(of(free, parameter), of(without, parameter));
    }
    expect(of(none, "Encoder.head.weight")).not.toEqual(of(without, "Encoder.head.weight"));
  });

  test("a z of fixed length is as long as a usual one, released only where it is drawn", async () => {
    const engine = await loadEngine(name);
    const d = 3;
    const noise = Float32Array.from({ length: 3 * d }, (_, i) => Math.sin(i));
    const at = (latentLength: "free" | "fixed" | "released", isDrawn: boolean) => {
      const model = new Vpl({ ...SMALL, latentDimension: d, latentLength });
      const parameters = randomParameters(model, data);
      return engine.lossAndGradients(model, parameters, data, isDrawn ? { noise } : {}).scores;
    };
    expect(at("released", true)).toEqual(at("fixed", true));
    expect(at("released", false)).toEqual(at("free", false));
    expect(at("fixed", false)).not.toEqual(at("free", false));
  });

  test("a flow of the prior moves z and no divergence; as it starts it moves nothing", async () => {
    const engine = await loadEngine(name);
    const at = (flow: "none" | "prior" | "posterior", isStart: boolean) => {
      const model = new Vpl({ ...SMALL, flow });
      const parameters = new Map(randomParameters(model, data));
      for (const { name: parameter, init, shape } of model.parameters({
        ...{ users: 3, items: { rows: 5, features: 4 }, contexts: { rows: 3, features: 2 } },
      }))
        if (isStart && parameter.startsWith("Flow.") && init.kind === "constant")
          parameters.set(parameter, new Float32Array(shape[0]).fill(init.value));
      const alone = engine.lossAndGradients(model, parameters, data);
      const logLoss = alone.scores.reduce(
        (sum, s, row) => sum + Math.log1p(Math.exp(-s * data.label[row])) / 11,
        0,
      );
      return { ...alone, added: alone.loss - logLoss };
    };
    const [none, prior, start, posterior] = [
      at("none", true),
      at("prior", false),
      at("prior", true),
      at("posterior", true),
    ];
    close([prior.added], [none.added]);
    expect(prior.scores).not.toEqual(none.scores);
    close(start.scores, none.scores);
    close(posterior.scores, none.scores);
  });
});
