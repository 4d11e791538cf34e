import { InputError, randomStream } from "../../core/index.js";
import type { Engine } from "../../engine/index.js";
import type { Answers, AnswerTools, Trained } from "../worker/answers.js";
import type { PersonCalls } from "./calls.js";
import { drawPool } from "./draw-pool.js";
import { answer, begin, type Subject } from "./interview.js";
import { statementWorld, type StatementWorld } from "./statement-world.js";
import { believedOf, viewOf, type Shown, type Told } from "./view.js";

/** Pairs that may be asked. */
const POOL = 120;

/** What a worker keeps between two questions: the interview, and the model of statements, which is trained once. */
interface Kept {
  told?: Told;
  statements?: Promise<StatementWorld>;
}

const KEPT = new WeakMap<Engine, Kept>();

/** Answers to what "be the user" asks. */
export const personAnswers: Answers<keyof PersonCalls> = {
  async "person/begin"({ questions, seed }, tools) {
    const kept = keptFor(tools.engine);
    const { subject, shown } =
      questions === "statements" ? await ofStatements(tools, seed) : ofPoints(await tools.trained(), seed);
    const interview = begin(subject);
    kept.told = { interview, shown, start: believedOf(interview).region };
    return viewOf(kept.told);
  },
  "person/answer"({ label }, { engine }) {
    const kept = keptFor(engine);
    if (kept.told === undefined) throw new InputError("nothing was asked yet: begin first");
    kept.told = { ...kept.told, interview: answer(kept.told.interview, label) };
    return viewOf(kept.told);
  },
};

function keptFor(engine: Engine): Kept {
  const kept = KEPT.get(engine) ?? {};
  KEPT.set(engine, kept);
  return kept;
}

interface Asking {
  readonly subject: Subject;
  readonly shown: Shown;
}

/** Pairs of statements, by the model that learned from simulated people. */
async function ofStatements({ engine, progress }: AnswerTools, seed: number): Promise<Asking> {
  const kept = keptFor(engine);
  kept.statements ??= statementWorld(engine, (epoch, of) =>
    progress(`learning from simulated people which statements go together: pass ${epoch} of ${of}`),
  );
  const { fitted, data, names, interests } = await kept.statements;
  const rows = Int32Array.from(data.items.ids.keys());
  const mayAsk = (left: number, right: number): boolean => interests[left] !== interests[right];
  const pool = drawPool(data.items, { count: POOL, rows, mayAsk }, randomStream(seed).split("pool"));
  return {
    subject: { fitted, pool, source: data.source, seed },
    shown: { text: (row) => data.items.text?.[row] ?? data.items.ids[row], names },
  };
}

/** Pairs of the plane's points, by the model that is trained at the moment. */
function ofPoints(trained: Trained | undefined, seed: number): Asking {
  if (trained === undefined)
    throw new InputError("no model is trained yet: open “A world, live” and let it train, then come back");
  const { fitted, world } = trained;
  const { train, shown, items } = world;
  const pool = drawPool(train.items, { count: POOL, rows: shown }, randomStream(seed).split("pool"));
  const { contexts } = train;
  const isOnSimplex = fitted.model.user.kind === "simplex";
  return {
    subject: {
      ...{ fitted, source: train.source, seed },
      pool: {
        ...pool,
        ...(contexts === undefined ? {} : { contexts, context: new Int32Array(pool.left.length) }),
      },
    },
    shown: {
      text: (row) => pointText(items, shown.indexOf(row)),
      drawn: { places: items, rows: shown },
      names: isOnSimplex ? Array.from({ length: fitted.k }, (_, j) => `prototype ${j + 1}`) : ["z1", "z2"],
    },
  };
}

function pointText(places: Float32Array, at: number): string {
  const fixed = (value: number): string => value.toFixed(1).replace("-", "−");
  return `the point at (${fixed(places[2 * at])}, ${fixed(places[2 * at + 1])})`;
}
