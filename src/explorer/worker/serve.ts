import { messageOf } from "../../core/index.js";
import { loadEngine, type Engine } from "../../engine/index.js";
import { ANSWERS } from "./all-answers.js";
import type { AnswerTools } from "./answers.js";
import type { ToWorker } from "./protocol.js";
import { Session, type Surroundings } from "./session.js";

/**
 * Serves a page: says "ready", then takes its messages. The same in a worker, on the main thread where there are no workers, and in Node for tests.
 * @returns what takes messages; those that come before the engine is ready wait for it
 */
export function serve(around: Surroundings): (message: ToWorker) => void {
  const ready = start(around);
  return (message) => {
    void ready.then(({ engine, session }) => {
      if (message.kind !== "call") session.order(message);
      else void answer(message, { engine, session, around });
    });
  };
}

interface Served {
  readonly engine: Engine | undefined;
  readonly session: Session;
}

async function start(around: Surroundings): Promise<Served> {
  try {
    const engine = await loadEngine();
    around.post({ kind: "ready", engine: engine.name });
    return { engine, session: new Session(engine, around) };
  } catch (thrown) {
    around.post({ kind: "ready", engine: "none", why: messageOf(thrown) });
    return { engine: undefined, session: new Session(undefined, around) };
  }
}

async function answer(
  { id, name, ask }: Extract<ToWorker, { kind: "call" }>,
  { engine, session, around }: Served & { readonly around: Surroundings },
): Promise<void> {
  try {
    const own = ANSWERS[name] as ((ask: unknown, tools: AnswerTools) => unknown) | undefined;
    if (own === undefined) throw new Error(`internal: nobody answers ${name}`);
    if (engine === undefined)
      throw new Error("nothing can be computed here: this browser has no WebAssembly with SIMD");
    const tools: AnswerTools = {
      engine,
      trained: () => session.settled(),
      progress: (text) => around.post({ kind: "progress", id, text }),
      turn: () => around.turn(),
    };
    around.post({ kind: "answer", id, answer: await own(ask, tools) });
  } catch (thrown) {
    around.post({ kind: "refused", id, message: messageOf(thrown) });
  }
}
