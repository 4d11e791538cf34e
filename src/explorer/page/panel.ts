import { LitElement, type TemplateResult } from "lit";
import type { ExplorerState } from "../state/state.js";
import type { StateEvent } from "../state/reduce.js";
import type { CallName, Calls, Frame, World } from "../worker/protocol.js";

/** What a panel sees of the page, and what it can do. */
export interface PanelContext {
  readonly state: ExplorerState;
  /** Of the order that was given last; absent until the worker has answered. */
  readonly world?: World;
  readonly frame?: Frame;
  /** The frame before, of the same training. */
  readonly before?: Frame;
  /** Changes the state; the page draws itself again. */
  dispatch(event: StateEvent): void;
  /** Asks the worker. @throws an Error whose message is for whoever asked, where it refuses */
  ask<N extends CallName>(
    name: N,
    ask: Calls[N]["ask"],
    onProgress?: (text: string) => void,
  ): Promise<Calls[N]["answer"]>;
  /** Ends what own data and collapse are asked for: the asker gets an Error. */
  stop(): void;
  /** Says something in the live region; with `flipped`, also how many answers flipped, once the worker has said so. */
  announce(text: string, more?: "flipped"): void;
}

/**
 * A part of the page: an element without a shadow root, so that labels and the page's styles reach it. It is drawn again whenever its context is replaced.
 * `static override properties` of a panel that has its own must hold `...Panel.properties`; fields are declared with `declare` and set in the constructor,
 * since a field of a class would hide Lit's.
 */
export abstract class Panel extends LitElement {
  static override properties: { readonly [name: string]: object } = { context: { attribute: false } };
  declare context: PanelContext;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  abstract override render(): TemplateResult;
}
