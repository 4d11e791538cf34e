import { html, nothing, type TemplateResult } from "lit";
import { tInterval } from "../../core/index.js";
import { FAMILY_TITLES } from "../state/settings.js";
import { sceneOf, type Scene } from "../plane/scene.js";
import type { StatesScene } from "../plane/simplex-element.js";
import type { PlaneEvent } from "../plane/plane-element.js";
import type { Frame, World } from "../worker/protocol.js";
import { curvePicture } from "./curve.js";
import { settingsOf } from "./orders.js";
import { Panel } from "./panel.js";
import { movedWords } from "./moved-words.js";
import { passesTable, planeTable, statesTable } from "./tables.js";
import { fraction, goalWords } from "./words.js";

type Files = readonly { readonly name: string; readonly address: string }[];

/** The world, live: the plane, what people are, and how well the model knows them. */
class WorldPanel extends Panel {
  static override properties = { ...Panel.properties, files: { state: true } };
  /** Of the world that was asked for; another world has none yet. */
  declare files: Files;
  #filesOf?: object;
  #last?: StatesScene;

  constructor() {
    super();
    this.files = [];
  }

  override render(): TemplateResult {
    const { state, world, frame } = this.context;
    if (world === undefined) return html`<p>The world is being made …</p>`;
    const scene = sceneOf(state, world, frame);
    return html`
      <div class="world">
        <section class="picture" aria-labelledby="plane-title">
          <h2 id="plane-title">Where people and items lie</h2>
          <pal-plane
            .scene=${scene}
            @pal-plane=${(event: CustomEvent<PlaneEvent>) => this.#hear(event.detail)}
          ></pal-plane>
          ${legend(scene, frame)} ${this.#moved(world)}
          <pal-table .name=${"places"} .content=${() => planeTable(scene)}></pal-table>
        </section>
        <section class="learned" aria-labelledby="model-title">
          <h2 id="model-title">What ${FAMILY_TITLES[state.family]} has learned</h2>
          ${frame === undefined ? html`<p>It has not begun.</p>` : this.#learned(frame, world)}
          ${this.#goals(frame)} ${this.#downloads(frame?.digest)}
        </section>
      </div>
    `;
  }

  #learned(frame: Frame, world: World): TemplateResult {
    const { state } = this.context;
    const users = world.users.length / 2;
    const { chance, blind, oracle } = world.ceilings;
    const top = Math.max(0.1, ...frame.losses);
    const passesAndLosses = Array.from(frame.losses).flatMap((loss, i) => [i + 1, loss]);
    const isShown = frame.stateKind !== "none" && frame.states.length >= users;
    return html`
      <p class="accuracy" data-training="${frame.generation} ${frame.isDone ? "done" : "on"}">
        <strong>Accuracy ${fraction(frame.accuracy)}</strong>
        <span>pass ${frame.epoch} of ${frame.epochs}</span>
      </p>
      <p class="note">
        On ${world.held} answers that were held out. Guessing reaches ${fraction(chance)}; who knows what most
        people say, and not who answers, ${fraction(blind)}; who knows the truth ${fraction(oracle)}.
        ${rerunWords(frame)}
      </p>
      ${slowWords(frame, state.pace > 0, this.context.before)}
      ${curvePicture({
        ...{
          title: "Accuracy on held-out answers",
          points: frame.accuracies,
          passes: frame.epochs,
          range: [0.4, 1],
        },
        levels: [
          { name: "guessing", value: chance },
          { name: "not knowing who answers", value: blind },
          { name: "knowing the truth", value: oracle },
        ],
      })}
      ${curvePicture({ title: "Loss of the answers that train", points: passesAndLosses, passes: frame.epochs, range: [0, top] })}
      <pal-table .name=${"passes"} .content=${() => passesTable(frame)}></pal-table>
      ${
        isShown
          ? html`<h3>
                ${frame.stateKind === "weights" ? "People as mixtures of the model's prototypes" : "People in the latent space"}
              </h3>
              <pal-simplex .scene=${this.#statesScene(frame, users)}></pal-simplex>
              <pal-table
                .name=${frame.stateKind === "weights" ? "weights of users" : "states of users"}
                .content=${() => statesTable(frame, users)}
              ></pal-table>`
          : html`<p class="note">This family knows no users: to it everybody is the same.</p>`
      }
    `;
  }

  /** The same object for the same people, so that nothing is drawn again. */
  #statesScene({ states, stateKind: kind }: Frame, users: number): StatesScene {
    const chosen = Math.min(this.context.state.chosen, users - 1);
    const last = this.#last;
    if (last?.states !== states || last.chosen !== chosen) this.#last = { states, kind, users, chosen };
    return this.#last as StatesScene;
  }

  #moved(world: World): TemplateResult | typeof nothing {
    const { state } = this.context;
    if (state.moved.length === 0)
      return html`<p class="note">
        Drag a person, an item or a true prototype, or move it by arrow keys: only answers that truly change
        flip.
      </p>`;
    return html`<p class="moved">
      ${movedWords(state.moved, world)}
      <button type="button" @click=${() => this.context.dispatch({ kind: "put back" })}>
        Put everything back
      </button>
    </p>`;
  }

  #goals(frame: Frame | undefined): TemplateResult | typeof nothing {
    const { state } = this.context;
    if (state.goals.length === 0) return nothing;
    return html`<h3>Aims</h3>
      <ul class="goals">
        ${state.goals.map((goal) => {
          const { words, isReached } = goalWords(goal, state, frame?.accuracy);
          return html`<li class=${isReached ? "good" : ""}>
            ${words}: ${isReached ? "reached ✓" : "not yet"}
          </li>`;
        })}
      </ul>`;
  }

  #downloads(digest: string | undefined): TemplateResult {
    const isOfNow = this.#filesOf === this.context.state;
    return html`<h3>Take it with you</h3>
      <p>
        <button type="button" @click=${() => void this.#makeFiles()}>Download this world</button>
        <span class="note">answers, configuration, and a notebook that gets the same bits</span>
      </p>
      ${
        isOfNow && this.files.length > 0
          ? html`<ul class="files">
              ${this.files.map(({ name, address }) => html`<li><a href=${address} download=${name}>${name}</a></li>`)}
            </ul>`
          : nothing
      }
      ${
        digest === undefined || this.context.state.moved.length > 0
          ? nothing
          : html`<p class="note">
              Fingerprint of the model: <code>${digest.slice(0, 16)}</code>. <code>fit</code> in Node gives
              the same.
            </p>`
      }`;
  }

  async #makeFiles(): Promise<void> {
    const { state, ask, announce } = this.context;
    try {
      const { files } = await ask("world/files", { settings: settingsOf(state) });
      for (const { address } of this.files) URL.revokeObjectURL(address);
      this.#filesOf = state;
      this.files = files.map(({ name, text }) => ({ name, address: URL.createObjectURL(new Blob([text])) }));
      announce(`${files.length} files are ready below the button.`);
    } catch (thrown) {
      announce(thrown instanceof Error ? thrown.message : String(thrown));
    }
  }

  #hear(event: PlaneEvent): void {
    const { dispatch, announce } = this.context;
    if (event.kind === "choose") {
      dispatch({ kind: "turn", knob: "chosen", value: event.user });
      announce(`User ${event.user} is looked at.`);
      return;
    }
    dispatch({ kind: "drag", moved: event.moved });
    if (event.kind !== "drop") return;
    const { what, index, x, y } = event.moved;
    const name =
      what === "prototype" ? `True prototype ${index + 1}` : `${what === "user" ? "User" : "Item"} ${index}`;
    announce(`${name} is at ${x.toFixed(2)}, ${y.toFixed(2)}.`, "flipped");
  }
}

function legend(scene: Scene, frame: Frame | undefined): TemplateResult {
  const where =
    frame?.places === "liked"
      ? "amid the five items that the model thinks they like best"
      : "where the model puts them";
  const colors = frame?.stateKind === "weights" ? ", in the mixed colours of their prototypes" : "";
  const hairs = scene.modelItems === undefined ? "" : "; a line leads to where the model puts them";
  return html`<ul class="legend">
    <li><i class="dot"></i> people, ${where}${colors}</li>
    ${scene.prototypes.length === 0 ? nothing : html`<li><i class="big dot"></i> the model's prototypes</li>`}
    <li><i class="square"></i> items${hairs}</li>
    ${scene.isTruthShown ? html`<li><i class="ring"></i> where people truly are; <i>+</i> true prototypes</li>` : nothing}
    <li><i class="dashed ring"></i> what arrow keys move: Tab reaches it</li>
    ${scene.field === undefined ? nothing : html`<li><i class="shade"></i> what user ${scene.chosen} likes, by the model</li>`}
  </ul>`;
}

function rerunWords({ accuracy, reruns }: Frame): string {
  if (reruns.length < 2) return "";
  const { low, high } = tInterval([accuracy, ...reruns]);
  return `From ${reruns.length + 1} starts: ${fraction(Math.max(0, low))} to ${fraction(Math.min(1, high))} (95 % interval of the mean).`;
}

/** Slow motion names what a pass has moved. */
function slowWords(
  frame: Frame,
  isSlow: boolean,
  before: Frame | undefined,
): TemplateResult | typeof nothing {
  if (!isSlow || before === undefined || before.users.length !== frame.users.length) return nothing;
  const far = (a: Float32Array, b: Float32Array): string => {
    let sum = 0;
    for (let i = 0; i < a.length; i += 2) sum += Math.hypot(a[i] - b[i], a[i + 1] - b[i + 1]);
    return fraction((2 * sum) / Math.max(2, a.length));
  };
  const parts = [`people by ${far(frame.users, before.users)}`];
  if (frame.prototypes.length > 0 && frame.prototypes.length === before.prototypes.length)
    parts.unshift(`prototypes by ${far(frame.prototypes, before.prototypes)}`);
  if (frame.places === "latent") parts.push(`items by ${far(frame.items, before.items)}`);
  return html`<p class="slow">
    Pass ${frame.epoch} moved ${parts.join(", ")} on average; the loss is ${frame.losses.at(-1)?.toFixed(3)}.
  </p>`;
}

customElements.define("pal-world", WorldPanel);
