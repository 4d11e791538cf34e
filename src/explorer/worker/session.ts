import { messageOf } from "../../core/index.js";
import type { Engine } from "../../engine/index.js";
import type { Settings } from "../state/settings.js";
import { countFlipped, WorldBuilder } from "../world/build-world.js";
import type { BuiltWorld } from "../world/built-world.js";
import { LiveRun } from "../world/live-run.js";
import type { Trained } from "./answers.js";
import type { FromWorker, Order } from "./protocol.js";

/** How a session reaches the page, and lets others have their turn. */
export interface Surroundings {
  post(message: FromWorker): void;
  /** Lets messages in: by no timer, which browsers make wait. */
  turn(): Promise<void>;
  wait(ms: number): Promise<void>;
}

/** Milliseconds of training from one frame to the next: so many, or so many times what a frame costs. */
const FRAME_MS = 25;
const FRAME_SHARE = 3;
/** Milliseconds from one look to the next whether a training has ended. */
const LOOK_MS = 20;

/** The world that is shown and the model that trains on it. The order that was given last counts: what belongs to one before is dropped. */
export class Session {
  readonly #builder = new WorldBuilder();
  #generation = 0;
  #world?: BuiltWorld;
  /** Labels of the world in which nothing was moved. */
  #unmoved = new Int8Array(0);
  #run?: LiveRun;
  #isPlaying = true;
  #isStep = false;
  #paceMs = 0;
  #look = { user: 0, isField: true };
  #frameMs = 0;
  #isAwake = false;
  #waiting?: Extract<Order, { kind: "train" | "move" }>;

  /** @param engine absent where the browser has none: worlds are shown, and nothing is trained */
  constructor(
    readonly engine: Engine | undefined,
    readonly around: Surroundings,
  ) {}

  /** What calls are answered with. */
  trained(): Trained | undefined {
    const run = this.#run;
    return run && { settings: run.settings, world: run.world, fitted: run.fitted() };
  }

  /** The same, once what was ordered is there and trained, or paused. */
  async settled(): Promise<Trained | undefined> {
    while (this.#waiting !== undefined || (this.#isPlaying && this.#run?.isDone === false)) {
      await this.around.wait(LOOK_MS);
      await this.around.turn();
    }
    return this.trained();
  }

  /** Takes an order; what it begins is done in turns. */
  order(order: Order): void {
    switch (order.kind) {
      case "train":
      case "move":
        // a training that was not begun stays one
        this.#waiting = this.#waiting?.kind === "train" ? { ...order, kind: "train" } : order;
        break;
      case "pace":
        this.#paceMs = order.waitMs;
        break;
      case "look":
        this.#look = { user: order.user, isField: order.isField };
        if (this.#waiting === undefined) this.#show();
        break;
      case "step":
        this.#isStep = true;
        this.#isPlaying = false;
        break;
      case "play":
      case "pause":
        this.#isPlaying = order.kind === "play";
    }
    void this.#wake();
  }

  /** One loop for all orders: it goes on while something is to be done. */
  async #wake(): Promise<void> {
    if (this.#isAwake) return;
    this.#isAwake = true;
    let isBusy = true;
    while (isBusy) {
      // lets in all orders that wait: the last counts
      await this.around.turn();
      try {
        isBusy = await this.#work();
      } catch (thrown) {
        this.#drop();
        this.around.post({ kind: "failed", generation: this.#generation, message: messageOf(thrown) });
      }
    }
    this.#isAwake = false;
  }

  /** @returns whether there is more to do */
  async #work(): Promise<boolean> {
    if (this.#waiting !== undefined) {
      const order = this.#waiting;
      this.#waiting = undefined;
      this.#begin(order);
      return true;
    }
    const run = this.#run;
    if (run === undefined || run.isOver || (!this.#isPlaying && !this.#isStep)) return false;
    if (run.isDone) {
      if (run.rerun(FRAME_MS)) this.#show();
      return true;
    }
    const isOnePass = this.#isStep || this.#paceMs > 0;
    run.train(isOnePass ? 0 : Math.max(FRAME_MS, FRAME_SHARE * this.#frameMs));
    this.#isStep = false;
    this.#show();
    if (this.#paceMs > 0 && this.#isPlaying) await this.around.wait(this.#paceMs);
    return true;
  }

  #begin({ kind, generation, settings }: Extract<Order, { kind: "train" | "move" }>): void {
    this.#generation = generation;
    const before = kind === "move" ? this.#world?.labels : undefined;
    const initial = kind === "move" ? this.#run?.snapshot() : undefined;
    this.#drop();
    const world = this.#builder.build(settings);
    this.#world = world;
    if (kind === "train") this.#unmoved = this.#labelsUnmoved(settings, world);
    this.around.post({
      ...{ kind: "world", generation, dimension: world.dimension, ceilings: world.ceilings },
      ...{ items: world.items, users: world.users, prototypes: world.prototypes },
      ...{ answers: world.train.label.length, held: world.test.label.length },
      flipped: {
        sinceStart: countFlipped(world.labels, this.#unmoved),
        now: before === undefined ? 0 : countFlipped(world.labels, before),
      },
    });
    if (this.engine === undefined) return;
    this.#run = new LiveRun(this.engine, settings, world, initial);
    this.#show();
  }

  #labelsUnmoved(settings: Settings, world: BuiltWorld): Int8Array<ArrayBuffer> {
    if (settings.moved.length === 0) return world.labels.slice();
    return this.#builder.build({ ...settings, moved: [] }).labels.slice();
  }

  #show(): void {
    if (this.#run === undefined) return;
    const begin = performance.now();
    this.around.post(this.#run.frame(this.#generation, this.#look));
    this.#frameMs = performance.now() - begin;
  }

  #drop(): void {
    this.#run?.dispose();
    this.#run = undefined;
  }
}
