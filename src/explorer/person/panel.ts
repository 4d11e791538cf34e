import { html, nothing, type TemplateResult } from "lit";
import { messageOf, randomStream } from "../../core/index.js";
import { knobForm } from "../page/knob-form.js";
import { Panel } from "../page/panel.js";
import { beliefCaption, beliefPicture, beliefTable } from "./belief-picture.js";
import type { PersonView } from "./calls.js";
import { pointsPicture } from "./points-picture.js";

/** Questions of one round. */
const ROUND = 10;

/** What stays while other panels are looked at. */
const kept: { view?: PersonView; until: number } = { until: ROUND };

/** "Be the user": answers questions, and shows what the model makes of them. */
export class PersonPanel extends Panel {
  static override properties = {
    ...Panel.properties,
    view: { state: true },
    busy: { state: true },
    failure: { state: true },
  };
  declare view: PersonView | undefined;
  declare busy: string;
  declare failure: string;
  /** Of the round under way. */
  #until = ROUND;
  /** Which coin: another after every beginning. */
  #rounds = 0;
  #coins = 0;
  /** The side that was taken last: the keyboard stays there. */
  #last: -1 | 1 = -1;

  constructor() {
    super();
    this.view = kept.view;
    this.#until = kept.until;
    this.busy = "";
    this.failure = "";
  }

  override render(): TemplateResult {
    const { state, dispatch } = this.context;
    return html`<section class="person" aria-labelledby="person-title">
      <h2 id="person-title">Be the user</h2>
      <p>
        The model asks you ten questions and learns where you stand. It knows nothing of you but your answers,
        which stay in this page and are in no link.
      </p>
      ${knobForm("Questions", ["questions"], state, (event) => {
        dispatch(event);
        this.view = undefined;
      })}
      <p class="note">${introduction(state.questions)}</p>
      <p>
        <button type="button" class="main" ?disabled=${this.busy !== ""} @click=${() => void this.#begin()}>
          ${this.view === undefined ? "Begin" : "Begin anew"}
        </button>
      </p>
      ${this.busy === "" ? nothing : html`<p class="note">${this.busy} …</p>`}
      ${this.failure === "" ? nothing : html`<p class="notice" role="alert">${this.failure}</p>`}
      ${this.view === undefined ? nothing : this.#interview(this.view)}
    </section>`;
  }

  #interview(view: PersonView): TemplateResult {
    return html`${this.#isOver(view) ? this.#ended(view) : this.#asked(view)}
      <div class="beside">
        ${pointsPicture(view, this.#isOver(view) ? undefined : view.question)}
        <figure>
          ${beliefPicture(view.posterior)}
          <figcaption class="note">${beliefCaption(view.posterior)}</figcaption>
        </figure>
      </div>
      <details>
        <summary>The numbers</summary>
        <div class="scroll" tabindex="0" role="region" aria-label="What is believed of you">
          ${beliefTable(view.posterior)}
        </div>
      </details>
      ${view.answers === 0 ? nothing : said(view)}`;
  }

  #isOver({ question, answers }: PersonView): boolean {
    return question === undefined || answers >= this.#until;
  }

  #asked(view: PersonView): TemplateResult {
    const { question } = view;
    if (question === undefined) return html``;
    const isPoints = question.left.place !== undefined;
    const side = (label: -1 | 1, letter: string, text: string): TemplateResult =>
      html`<button type="button" class="choice" @click=${() => void this.#answer(label)}>
        <strong>${letter}</strong> ${text}
      </button>`;
    return html`<fieldset
      class="question"
      ?disabled=${this.busy !== ""}
      @keydown=${(event: KeyboardEvent) => this.#key(event)}
    >
      <legend>
        Question ${view.answers + 1} of ${this.#until}:
        ${isPoints ? "which of the two lies nearer to your place?" : "which of the two would you rather say?"}
      </legend>
      <div class="sides">${side(-1, "A", question.left.text)} ${side(1, "B", question.right.text)}</div>
      <p>
        <button type="button" @click=${() => void this.#coin(1)}>Answer by coin</button>
        <button type="button" @click=${() => void this.#coin(this.#until - view.answers)}>
          Answer all that are left by coin
        </button>
      </p>
      <p class="note">${question.why}</p>
    </fieldset>`;
  }

  #ended(view: PersonView): TemplateResult {
    return html`<p class="lead">
      ${view.answers} questions are answered.
      ${
        view.question === undefined
          ? nothing
          : html`<button type="button" @click=${() => this.#goOn(view)}>Ten more</button>`
      }
    </p>`;
  }

  #goOn(view: PersonView): void {
    this.#until = view.answers + ROUND;
    this.requestUpdate();
    void this.updateComplete.then(() => this.#focusQuestion());
  }

  /** A and B answer, as the buttons do. */
  #key(event: KeyboardEvent): void {
    const label = ({ a: -1, b: 1 } as const)[event.key.toLowerCase() as "a" | "b"];
    if (label === undefined || event.ctrlKey || event.metaKey || event.altKey || this.busy !== "") return;
    event.preventDefault();
    void this.#answer(label);
  }

  async #begin(): Promise<void> {
    this.#until = ROUND;
    this.#rounds++;
    this.#coins = 0;
    const { questions, seed } = this.context.state;
    await this.#ask("looking for the first question", () =>
      this.context.ask("person/begin", { questions, seed }, (text) => (this.busy = text)),
    );
    await this.updateComplete;
    this.#focusQuestion();
  }

  async #answer(label: -1 | 1): Promise<void> {
    this.#last = label;
    await this.#ask("weighing the answer", () => this.context.ask("person/answer", { label }));
    await this.updateComplete;
    this.#focusQuestion();
  }

  async #coin(times: number): Promise<void> {
    for (let i = 0; i < times && this.failure === ""; i++) {
      const rng = randomStream(this.context.state.seed)
        .split("coin")
        .split(this.#rounds)
        .split(this.#coins++);
      await this.#answer(rng.uniform() < 0.5 ? -1 : 1);
    }
  }

  async #ask(doing: string, ask: () => Promise<PersonView>): Promise<void> {
    this.busy = doing;
    this.failure = "";
    try {
      kept.view = this.view = await ask();
      kept.until = this.#until;
      this.context.announce(announcement(this.view, this.#until));
    } catch (thrown) {
      this.failure = messageOf(thrown);
    }
    this.busy = "";
  }

  /** After an answer the keyboard stands at the next question, or at what comes after the last. */
  #focusQuestion(): void {
    const held = this.contains(document.activeElement) || document.activeElement === document.body;
    if (!held) return;
    const choices = this.querySelectorAll<HTMLElement>(".question .choice");
    const next =
      choices[this.#last === 1 ? 1 : 0] ??
      this.querySelector<HTMLElement>(".lead button") ??
      this.querySelector<HTMLElement>("button.main");
    next?.focus();
  }
}

function introduction(questions: "statements" | "points"): string {
  return questions === "points"
    ? "Think of a place in the plane and keep it to yourself. You are asked about points of the world that is trained in the first panel, by the model that is trained there."
    : "Pairs of statements of ours about art, science and sports. The model learned from simulated people which statements go together; what they are about it was not told.";
}

function said({ words }: PersonView): TemplateResult {
  return html`<section class="said" aria-labelledby="person-said">
    <h3 id="person-said">What the model believes</h3>
    ${words.map((sentence) => html`<p>${sentence}</p>`)}
  </section>`;
}

function announcement({ answers, question, words }: PersonView, until: number): string {
  if (question !== undefined && answers < until)
    return `${answers === 0 ? "" : `${words[0]} `}Question ${answers + 1} of ${until}. A: ${question.left.text}. B: ${question.right.text}.`;
  return `All are answered. ${words.join(" ")}`;
}

customElements.define("pal-person", PersonPanel);
