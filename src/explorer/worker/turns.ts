import type { Surroundings } from "./session.js";

/** Turns by a message channel: timers that follow each other wait 4 ms or more in a browser. */
export function turns(): Pick<Surroundings, "turn" | "wait"> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return {
    turn: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        port2.postMessage(undefined);
      }),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}
