import { html, nothing, type TemplateResult } from "lit";
import { messageOf } from "../../core/index.js";
import { Panel } from "../page/panel.js";
import type { CollapseCell } from "./calls.js";
import { ANSWERS, KL_WEIGHTS, NEW_USERS, recordedCell, SEEDS, USERS } from "./recorded.js";
import { cellWords, isCollapsed, mean, reached } from "./words.js";

/** What stays while other panels are looked at. */
const kept: { answers: number; klWeight: number; computed: readonly CollapseCell[] } = {
  answers: 2,
  klWeight: 1,
  computed: [],
};

/** "Collapse": a grid of answers by KL weight; any cell is computed again. */
export class CollapsePanel extends Panel {
  static override properties = {
    ...Panel.properties,
    answers: { state: true },
    klWeight: { state: true },
    seed: { state: true },
    doing: { state: true },
    failure: { state: true },
    computed: { state: true },
  };
  declare answers: number;
  declare klWeight: number;
  declare seed: number;
  declare doing: string;
  declare failure: string;
  declare computed: readonly CollapseCell[];

  constructor() {
    super();
    Object.assign(this, kept);
    this.seed = SEEDS[0];
    this.doing = "";
    this.failure = "";
  }

  override render(): TemplateResult {
    return html`<section class="collapse" aria-labelledby="collapse-title">
      <h2 id="collapse-title">When the latent collapses</h2>
      <p>
        VPL finds a latent z from a user's answers. The weight of the divergence pulls z towards the prior;
        where answers say little, z then says nothing of the user at all. Each cell is ${SEEDS.length} runs of
        lesson 10: ${USERS} people of four kinds on a line train, ${NEW_USERS} new ones are judged.
      </p>
      <div class="scroll" tabindex="0" role="region" aria-label="Answers by weight">${this.#grid()}</div>
      <p class="note">
        The number is the accuracy for new users; the fuller the bar, the more of what the answers can tell is
        used. ○ marks a latent that has collapsed.
      </p>
      ${this.#cell()}
    </section>`;
  }

  #grid(): TemplateResult {
    return html`<table class="grid">
      <caption>
        Accuracy for new users, by the answers of each user and the weight of the divergence
      </caption>
      <thead>
        <tr>
          <th scope="col">answers ╲ weight</th>
          ${KL_WEIGHTS.map((klWeight) => html`<th scope="col">${klWeight}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${ANSWERS.map(
          (answers) =>
            html`<tr>
              <th scope="row">${answers}</th>
              ${KL_WEIGHTS.map((klWeight) => html`<td>${this.#button(answers, klWeight)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  #button(answers: number, klWeight: number): TemplateResult {
    const cell = recordedCell(answers, klWeight);
    const isShown = answers === this.answers && klWeight === this.klWeight;
    const collapsed = isCollapsed(cell);
    const part = Math.max(0, Math.min(1, reached(cell)));
    const accuracy = mean(cell.accuracies).toFixed(3);
    return html`<button
      type="button"
      class="cell"
      aria-pressed=${isShown}
      aria-label="${answers} answers, weight ${klWeight}: accuracy ${accuracy}${collapsed ? ", collapsed" : ""}"
      style="--part: ${(100 * part).toFixed(0)}%"
      @click=${() => {
        kept.answers = this.answers = answers;
        kept.klWeight = this.klWeight = klWeight;
        this.context.announce(cellWords(cell).join(" "));
      }}
    >
      ${accuracy}${collapsed ? " ○" : ""}
    </button>`;
  }

  #cell(): TemplateResult {
    const { answers, klWeight } = this;
    const cell = recordedCell(answers, klWeight);
    const computed = this.computed.filter((each) => each.answers === answers && each.klWeight === klWeight);
    return html`<h3>${answers} ${answers === 1 ? "answer" : "answers"}, weight ${klWeight}</h3>
      ${cellWords(cell).map((sentence) => html`<p>${sentence}</p>`)}
      <div class="controls">
        <label for="collapse-seed">Seed</label>
        <select
          id="collapse-seed"
          @change=${(event: Event) => (this.seed = Number((event.target as HTMLSelectElement).value))}
        >
          ${SEEDS.map((seed) => html`<option value=${seed} ?selected=${seed === this.seed}>${seed}</option>`)}
        </select>
        <button type="button" ?disabled=${this.doing !== ""} @click=${() => void this.#compute()}>
          Compute this cell now
        </button>
        ${this.doing === "" ? nothing : html`<button type="button" @click=${() => this.context.stop()}>Stop</button>`}
      </div>
      ${this.doing === "" ? nothing : html`<p class="note"><progress aria-label="working"></progress> ${this.doing} …</p>`}
      ${this.failure === "" ? nothing : html`<p class="notice" role="alert">${this.failure}</p>`}
      ${
        computed.length === 0
          ? nothing
          : html`<ul>
              ${computed.map((each) => html`<li>${computedWords(each)}</li>`)}
            </ul>`
      }`;
  }

  async #compute(): Promise<void> {
    const { answers, klWeight, seed } = this;
    this.doing = "starting";
    this.failure = "";
    try {
      const cell = await this.context.ask(
        "collapse/cell",
        { answers, klWeight, seed },
        (text) => (this.doing = text),
      );
      kept.computed = this.computed = [...this.computed, cell];
      this.context.announce(computedWords(cell));
    } catch (thrown) {
      const said = messageOf(thrown);
      this.failure = said === "stopped" ? "Stopped: the cell keeps what the record says." : said;
    }
    this.doing = "";
  }
}

/** What was computed beside what the record says of the same seed. */
function computedWords({ answers, klWeight, seed, accuracy, activeUnits }: CollapseCell): string {
  const cell = recordedCell(answers, klWeight);
  const at = SEEDS.indexOf(seed);
  const same = cell.accuracies[at] === accuracy && cell.activeUnits[at] === activeUnits;
  return `Computed here with seed ${seed}: accuracy ${accuracy.toFixed(3)}, ${activeUnits} of 2 coordinates in use; ${same ? "exactly what the record says of this seed" : `the record says ${cell.accuracies[at].toFixed(3)} and ${cell.activeUnits[at]}`}.`;
}

customElements.define("pal-collapse", CollapsePanel);
