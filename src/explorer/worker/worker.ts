// What the page starts as a worker. Where there are no workers the page runs this text as a script: it then waits to be connected.
import type { FromWorker, ToWorker } from "./protocol.js";
import { serve } from "./serve.js";
import { turns } from "./turns.js";

/** What a page without workers connects to. */
export type Connect = (post: (message: FromWorker) => void) => (message: ToWorker) => void;

const scope = globalThis as typeof globalThis & { palLabConnect?: Connect };

if (typeof document === "undefined") {
  const receive = serve({ post: (message) => scope.postMessage(message), ...turns() });
  scope.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => receive(data));
} else scope.palLabConnect = (post) => serve({ post, ...turns() });
