import type { Engine } from "../engine.js";
import type { TfjsBackend } from "./backends.js";
import { TfjsSelection } from "./select.js";

const selection = new TfjsSelection();

/** The engine on TensorFlow.js: the named backend, or with `"tfjs"` the fastest that passes a self-test. @throws InputError */
export async function loadTfjs(name: "tfjs" | TfjsBackend): Promise<Engine> {
  return selection.load(name);
}
