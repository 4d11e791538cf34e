import type { FromWorker, ToWorker } from "../worker/protocol.js";
import type { Connect } from "../worker/worker.js";

/** Where the computing is done: in a worker started from an address of its text, or in slices between what the page does. */
export type Where = "blob" | "data" | "page";

/** A started computation. */
export interface Started {
  readonly where: Where;
  send(message: ToWorker): void;
  /** Ends it, whatever it is at; on the page itself nothing can be ended. */
  stop?(): void;
}

/** Milliseconds in which a worker must say that it is there. */
const PATIENCE_MS = 15_000;

/**
 * Starts what computes from its text: as a worker from a blob's address, else from a data address (frames without an origin refuse blobs), else on the
 * page itself.
 */
export async function startWorker(text: string, receive: (message: FromWorker) => void): Promise<Started> {
  const addresses: readonly [Where, () => string][] = [
    ["blob", () => URL.createObjectURL(new Blob([text], { type: "text/javascript" }))],
    ["data", () => `data:text/javascript;charset=utf-8,${encodeURIComponent(text)}`],
  ];
  for (const [where, address] of addresses) {
    const worker = await tried(address, receive);
    if (worker !== undefined)
      return { where, send: (message) => worker.postMessage(message), stop: () => worker.terminate() };
  }
  return { where: "page", send: onPage(text, receive) };
}

async function tried(
  address: () => string,
  receive: (message: FromWorker) => void,
): Promise<Worker | undefined> {
  let worker: Worker;
  try {
    worker = new Worker(address());
  } catch {
    return undefined;
  }
  const isThere = await new Promise<boolean>((resolve) => {
    worker.onerror = (event) => {
      event.preventDefault();
      resolve(false);
    };
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      receive(data);
      resolve(true);
    };
    setTimeout(resolve, PATIENCE_MS, false);
  });
  if (isThere) return worker;
  worker.terminate();
  return undefined;
}

/** The same text as a script of the page: the policy knows its hash. */
function onPage(text: string, receive: (message: FromWorker) => void): (message: ToWorker) => void {
  const script = document.createElement("script");
  script.textContent = text;
  document.head.append(script);
  const { palLabConnect } = globalThis as { palLabConnect?: Connect };
  if (palLabConnect === undefined)
    throw new Error(
      "nothing can be computed here: the browser runs no worker, and not this page's own script either",
    );
  return palLabConnect(receive);
}
