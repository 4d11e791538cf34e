import { fromAddress, toAddress } from "../state/address.js";
import { reduce, type StateEvent } from "../state/reduce.js";
import type { ExplorerState } from "../state/state.js";
import type { CallName, Calls, Frame, Order, World } from "../worker/protocol.js";
import { Client, type Said } from "./client.js";
import { ordersFor } from "./orders.js";
import type { Where } from "./start-worker.js";

/** What the page shows beside its state. */
export interface Shown {
  readonly world?: World;
  readonly frame?: Frame;
  /** The frame before, of the same training: what a pass has moved. */
  readonly before?: Frame;
  readonly failure?: string;
  /** What of the address was not understood. */
  readonly messages: readonly string[];
  readonly isPlaying: boolean;
  readonly where?: Where;
  /** Why nothing can be computed. */
  readonly whyNot?: string;
}

/** Calls that may take a minute. */
const TAKES_LONG = /^(own-data|collapse)\//;

/** Milliseconds after the last change until the address says it: browsers refuse many changes in a row. */
const ADDRESS_MS = 250;

/** Holds the one state of the page, and keeps worker and address in step with it. */
export class Controller {
  state: ExplorerState;
  shown: Shown;
  readonly #client = new Client((message) => this.#take(message));
  /** A worker of its own for what takes long, and can be stopped: started when it is first needed. */
  #long?: Client;
  #text = "";
  readonly #isReduced = matchMedia("(prefers-reduced-motion: reduce)");
  #generation = 0;
  #isDrawn = true;
  #timer = 0;

  /**
   * @param address the part of an address behind "#"
   * @param onChange called once a picture, when something is to be drawn
   * @param keepAddress whether the page's own address follows the state
   */
  constructor(
    address: string,
    readonly onChange: () => void,
    readonly keepAddress: boolean,
  ) {
    const { state, messages } = fromAddress(address);
    this.state = state;
    this.shown = { messages, isPlaying: true };
    if (keepAddress) addEventListener("hashchange", () => this.#follow());
  }

  /** Starts the worker from its text, once that is there, and gives it the first orders. */
  async start(text: Promise<string>): Promise<void> {
    this.#order(undefined);
    try {
      this.#text = await text;
      this.#show({ where: await this.#client.start(this.#text) });
    } catch (thrown) {
      this.#show({ whyNot: thrown instanceof Error ? thrown.message : String(thrown) });
    }
  }

  dispatch(event: StateEvent): void {
    const before = this.state;
    const after = reduce(before, event);
    if (after === before) return;
    this.state = after;
    this.#order(before);
    this.#writeAddress();
    this.#show({});
  }

  control(kind: "play" | "pause" | "step"): void {
    this.#client.order({ kind });
    this.#show({ isPlaying: kind === "play" });
  }

  /** Trains the same world again from the start. */
  restart(): void {
    this.#order(undefined);
    this.control("play");
  }

  ask<N extends CallName>(
    name: N,
    ask: Calls[N]["ask"],
    onProgress?: (text: string) => void,
  ): Promise<Calls[N]["answer"]> {
    return (TAKES_LONG.test(name) ? this.#second() : this.#client).ask(name, ask, onProgress);
  }

  /** Ends what takes long: whoever asked gets an Error. */
  stop(): void {
    this.#long?.stop();
    this.#long = undefined;
  }

  #second(): Client {
    // without workers there is but the page: one of them is enough
    if (this.shown.where === "page") return this.#client;
    if (this.#long === undefined) {
      this.#long = new Client(() => undefined);
      void this.#long.start(this.#text);
    }
    return this.#long;
  }

  #order(before: ExplorerState | undefined): void {
    const orders: readonly Order[] = ordersFor(before, this.state, this.#generation + 1);
    const isNew = orders.some(({ kind }) => kind === "train" || kind === "move");
    if (isNew) this.#generation++;
    for (const order of orders) this.#client.order(order);
    if (isNew) this.#show({ failure: undefined });
  }

  #take(message: Said): void {
    if (message.kind === "ready") {
      if (message.why !== undefined) this.#show({ whyNot: message.why });
      return;
    }
    // what was computed for a state before is still the best there is while something is dragged
    if (message.kind === "failed") {
      if (message.generation === this.#generation) this.#show({ failure: message.message });
    } else if (message.kind === "world") this.#show({ world: message, frame: this.#ofWorld(message) });
    else if (this.#isWorthShowing(message)) this.#show({ frame: message, before: this.#before(message) });
  }

  /** The last frame, where the world has as many people and items: else it does not belong to it. */
  #ofWorld(world: World): Frame | undefined {
    const { frame } = this.shown;
    const fits = frame?.users.length === world.users.length && frame.items.length === world.items.length;
    return fits ? frame : undefined;
  }

  #before(frame: Frame): Frame | undefined {
    const { frame: last, before } = this.shown;
    if (last?.generation !== frame.generation) return undefined;
    return last.epoch < frame.epoch ? last : before;
  }

  /** Who wants less motion gets every tenth pass. */
  #isWorthShowing(frame: Frame): boolean {
    return !this.#isReduced.matches || frame.isDone || frame.epoch % 10 === 0 || !this.shown.isPlaying;
  }

  #show(change: { -readonly [Name in keyof Shown]?: Shown[Name] | undefined }): void {
    this.shown = { ...this.shown, ...change } as Shown;
    if (!this.#isDrawn) return;
    this.#isDrawn = false;
    requestAnimationFrame(() => {
      this.#isDrawn = true;
      this.onChange();
    });
  }

  #writeAddress(): void {
    if (!this.keepAddress) return;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      try {
        history.replaceState(null, "", `#${toAddress(this.state)}`);
      } catch {
        // a frame without an address of its own keeps none
      }
    }, ADDRESS_MS);
  }

  /** The address was changed by hand, or by "back". */
  #follow(): void {
    const { state, messages } = fromAddress(location.hash);
    if (toAddress(state) !== toAddress(this.state)) this.dispatch({ kind: "replace", state });
    this.#show({ messages });
  }
}
