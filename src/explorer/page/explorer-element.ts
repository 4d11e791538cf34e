import { html, LitElement, nothing, type TemplateResult } from "lit";
import { html as literal, unsafeStatic } from "lit/static-html.js";
import { Announcer } from "./announcer.js";
import { Controller } from "./controller.js";
import { knobForm } from "./knob-form.js";
import type { PanelContext } from "./panel.js";
import { packedText } from "./packed-text.js";
import { PANEL_LIST } from "./panels.js";

/** Slow motion: milliseconds from pass to pass. */
const SLOW_MS = 500;

/**
 * The whole page. `address` holds what an address holds behind "#", for an explorer that is a part of another page; without it the page's own address
 * is read, and follows the state.
 */
export class ExplorerElement extends LitElement {
  static override properties = { address: { type: String }, said: { state: true } };
  declare address: string | null;
  declare said: string;
  #controller?: Controller;
  readonly #announcer = new Announcer((text) => (this.said = text));

  constructor() {
    super();
    this.address = null;
    this.said = "";
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#controller !== undefined) return;
    const own = this.address === null;
    this.#controller = new Controller(this.address ?? location.hash, () => this.#changed(), own);
    void this.#controller.start(packedText("pal-worker"));
  }

  #changed(): void {
    const { shown, state } = this.#controller as Controller;
    this.#announcer.see(shown, state.panel === "world");
    this.requestUpdate();
  }

  override render(): TemplateResult {
    const controller = this.#controller as Controller;
    const { state, shown } = controller;
    const panel = PANEL_LIST.find(({ name }) => name === state.panel) ?? PANEL_LIST[0];
    return html`
      <header>
        <h1>People differ: an explorer</h1>
        <p>
          People answer questions of two items; a model learns from their answers what each of them likes.
          Everything is computed in this page: nothing is sent.
        </p>
        ${state.hidden.includes("panel") ? nothing : this.#parts(panel.name)}
      </header>
      <main>
        ${this.#notices()} ${panel.name === "world" ? this.#controls() : nothing}
        <div class=${panel.name === "world" ? "with-knobs" : ""}>
          ${panel.name === "world" ? this.#knobs() : nothing} ${mount(panel.tag, this.#context())}
        </div>
      </main>
      <footer>
        <p class="note">
          The address of this page holds every knob, the seed and what was moved: copy it to share exactly
          this. Answers that you give and data that you open are never in it.
          ${shown.where === undefined ? "" : WHERE[shown.where]}
        </p>
        <p role="status" class="said">${this.said}</p>
      </footer>
    `;
  }

  #parts(shown: string): TemplateResult {
    const controller = this.#controller as Controller;
    return html`<nav aria-label="Parts of the explorer">
      ${PANEL_LIST.map(
        ({ name, title }) =>
          html`<button
            type="button"
            aria-current=${name === shown ? "page" : "false"}
            @click=${() => controller.dispatch({ kind: "turn", knob: "panel", value: name })}
          >
            ${title}
          </button>`,
      )}
    </nav>`;
  }

  #context(): PanelContext {
    const controller = this.#controller as Controller;
    const { world, frame, before } = controller.shown;
    return {
      state: controller.state,
      ...(world === undefined ? {} : { world }),
      ...(frame === undefined ? {} : { frame }),
      ...(before === undefined ? {} : { before }),
      dispatch: (event) => controller.dispatch(event),
      ask: (name, ask, onProgress) => controller.ask(name, ask, onProgress),
      stop: () => controller.stop(),
      announce: (text, more) => this.#announcer.say(text, more),
    };
  }

  #notices(): TemplateResult {
    const { messages, failure, whyNot } = (this.#controller as Controller).shown;
    return html`
      ${
        messages.length === 0
          ? nothing
          : html`<div class="notice" role="status">
              <p>Of the link:</p>
              <ul>
                ${messages.map((message) => html`<li>${message}</li>`)}
              </ul>
            </div>`
      }
      ${failure === undefined ? nothing : html`<p class="notice" role="alert">${failure}</p>`}
      ${
        whyNot === undefined
          ? nothing
          : html`<p class="notice" role="alert">
              Nothing can be trained here: ${whyNot}. The pictures of the worlds are here all the same, and
              can be dragged; a browser of the last years trains.
            </p>`
      }
    `;
  }

  #controls(): TemplateResult {
    const controller = this.#controller as Controller;
    const { state, shown } = controller;
    const { isPlaying, frame } = shown;
    return html`<div class="controls" role="group" aria-label="Training">
      <button
        type="button"
        ?disabled=${frame?.isDone === true}
        @click=${() => controller.control(isPlaying ? "pause" : "play")}
      >
        ${isPlaying ? "Pause" : "Play"}
      </button>
      <button type="button" ?disabled=${frame?.isDone === true} @click=${() => controller.control("step")}>
        One pass
      </button>
      <button type="button" @click=${() => controller.restart()}>Train again</button>
      ${state.hidden.includes("pace") ? nothing : this.#slowSwitch()}
    </div>`;
  }

  #slowSwitch(): TemplateResult {
    const controller = this.#controller as Controller;
    const isSlow = controller.state.pace > 0;
    const isDone = controller.shown.frame?.isDone === true;
    return html`<label
      ><input
        type="checkbox"
        .checked=${isSlow}
        @change=${() => {
          controller.dispatch({ kind: "turn", knob: "pace", value: isSlow ? 0 : SLOW_MS });
          if (!isSlow && isDone) controller.restart();
        }}
      />
      Slow motion</label
    >`;
  }

  #knobs(): TemplateResult {
    const { state, dispatch } = this.#context();
    const isLine = state.population === "didactic";
    return html`<form class="knobs" aria-label="Knobs" @submit=${(event: Event) => event.preventDefault()}>
      ${knobForm("The model", ["family", ...(HAS_K.has(state.family) ? (["k"] as const) : []), "epochs"], state, dispatch)}
      ${knobForm(
        "The world",
        [
          "population",
          ...(state.population === "gaussian" ? [] : (["truePrototypes"] as const)),
          "users",
          "answers",
          ...(isLine ? [] : (["items"] as const)),
          "noise",
          "seed",
        ],
        state,
        dispatch,
      )}
      ${knobForm("The picture", ["chosen", "field", "truth"], state, dispatch)}
    </form>`;
  }
}

/** Families with prototypes, or basis rewards. */
const HAS_K: ReadonlySet<string> = new Set(["pal-a", "pal-b", "lore"]);

const WHERE = {
  blob: "It computes in a worker.",
  data: "It computes in a worker, started from a data address.",
  page: "This browser runs no workers here: it computes on the page, and may stutter.",
};

/** A panel's element by its name, which is ours. */
function mount(tag: string, context: PanelContext): TemplateResult {
  const name = unsafeStatic(tag);
  return literal`<${name} .context=${context}></${name}>` as TemplateResult;
}

customElements.define("pal-explorer", ExplorerElement);
