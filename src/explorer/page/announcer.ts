import type { Shown } from "./controller.js";

/** Milliseconds in which only the last of many changes is said. */
const QUIET_MS = 700;

/** Says what changed in a live region: the last thing only, once nothing more follows, and when a training has ended. */
export class Announcer {
  #timer = 0;
  #text = "";
  #isFlippedWanted = false;
  #done = -1;
  #shown?: Shown;

  constructor(readonly onSay: (text: string) => void) {}

  /** @param more `flipped`: how many answers the worker found to have flipped is said behind it */
  say(text: string, more?: "flipped"): void {
    this.#text = text;
    this.#isFlippedWanted = more === "flipped";
    this.#soon();
  }

  /** Sees what the page shows: the end of a training is said once, where the world is looked at. */
  see(shown: Shown, isOfWorld: boolean): void {
    this.#shown = shown;
    const { frame } = shown;
    if (frame?.isDone !== true || frame.generation === this.#done) return;
    this.#done = frame.generation;
    if (!isOfWorld) return;
    this.#text = `${this.#text} Training has ended: accuracy ${frame.accuracy.toFixed(2)}.`.trim();
    this.#soon();
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      const flipped = this.#shown?.world?.flipped.sinceStart;
      const more =
        this.#isFlippedWanted && flipped !== undefined
          ? ` ${flipped} answers have flipped since the start.`
          : "";
      this.onSay(this.#text + more);
      this.#text = "";
      this.#isFlippedWanted = false;
    }, QUIET_MS);
  }
}
