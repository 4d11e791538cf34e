import { html, nothing, type TemplateResult } from "lit";
import { messageOf } from "../../core/index.js";
import { Panel } from "../page/panel.js";
import type { OwnDataReport } from "./calls.js";
import { exampleFile } from "./example.js";
import { shortened, tooLarge } from "./limits.js";
import { ReportFrame } from "./report-frame.js";

const ENDINGS = ".csv,.tsv,.txt,.jsonl,.ndjson,.parquet,.soc,.soi,.toc,.toi,.cat";
/** Parquet that is damaged can keep its reader busy for ever. */
const READING_MS = 60_000;

/** What stays while other panels are looked at. */
const kept: { report?: OwnDataReport } = {};

/** "Your own data": files are dropped or chosen, and explored in a worker. */
export class OwnDataPanel extends Panel {
  static override properties = {
    ...Panel.properties,
    report: { state: true },
    doing: { state: true },
    failure: { state: true },
    isOver: { state: true },
  };
  declare report: OwnDataReport | undefined;
  declare doing: string;
  declare failure: string;
  /** Whether something is held over the place to drop it. */
  declare isOver: boolean;
  readonly #frame = new ReportFrame();

  constructor() {
    super();
    this.report = kept.report;
    this.doing = "";
    this.failure = "";
    this.isOver = false;
  }

  override render(): TemplateResult {
    return html`<section class="own-data" aria-labelledby="own-data-title">
      <h2 id="own-data-title">Your own data</h2>
      <p>
        A table of who preferred what: comparisons, votes, ratings, rankings or choices, as CSV, JSONL or
        Parquet; or votes.csv and comments.csv of a Polis export. It is read in this page and never leaves
        your machine: the page's own policy forbids every request.
      </p>
      ${this.#dropzone()}
      <div aria-busy=${this.doing !== ""}>
        ${
          this.doing === ""
            ? nothing
            : html`<p class="doing">
                <progress aria-label="working"></progress> ${this.doing} …
                <button type="button" @click=${() => this.context.stop()}>Stop</button>
              </p>`
        }
        ${this.failure === "" ? nothing : html`<p class="notice" role="alert">${this.failure}</p>`}
        ${this.report === undefined ? nothing : this.#shown(this.report)}
      </div>
    </section>`;
  }

  #dropzone(): TemplateResult {
    const over = (isOver: boolean) => (event: DragEvent) => {
      event.preventDefault();
      this.isOver = isOver;
    };
    return html`<div
      class=${this.isOver ? "drop over" : "drop"}
      @dragover=${over(true)}
      @dragleave=${over(false)}
      @drop=${(event: DragEvent) => {
        event.preventDefault();
        this.isOver = false;
        void this.#take([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <label for="own-files">Drop files here, or choose them</label>
      <input
        id="own-files"
        type="file"
        multiple
        accept=${ENDINGS}
        ?disabled=${this.doing !== ""}
        @change=${(event: Event) => {
          const input = event.target as HTMLInputElement;
          void this.#take([...(input.files ?? [])]);
        }}
      />
      <button type="button" ?disabled=${this.doing !== ""} @click=${() => void this.#take([exampleFile()])}>
        Try an example
      </button>
    </div>`;
  }

  #shown({ name, summary, sample, findings }: OwnDataReport): TemplateResult {
    return html`<h3>${shortened(name)}</h3>
      ${sample === undefined ? nothing : html`<p class="notice">${sample}</p>`}
      <dl class="findings">
        ${findings.map(
          ({ question, answer }) =>
            html`<dt>${question}</dt>
              <dd dir="auto">${answer}</dd>`,
        )}
      </dl>
      <details>
        <summary>What was read</summary>
        <pre dir="auto" tabindex="0">${summary}</pre>
      </details>
      <p>
        <button type="button" @click=${() => this.#frame.save("html")}>Save the report (HTML)</button>
        <button type="button" @click=${() => this.#frame.save("json")}>Save all that was found (JSON)</button>
      </p>
      <div class="report"></div>`;
  }

  override updated(): void {
    const place = this.querySelector<HTMLElement>(".report");
    if (place !== null && this.report !== undefined) this.#frame.show(place, this.report);
  }

  async #take(files: readonly File[]): Promise<void> {
    if (files.length === 0 || this.doing !== "") return;
    this.failure = "";
    const large = tooLarge(files);
    if (large !== undefined) {
      this.#refuse(large);
      return;
    }
    this.doing = "reading";
    const timer = window.setTimeout(() => {
      if (this.doing === "reading") this.context.stop();
    }, READING_MS);
    try {
      const read = await Promise.all(
        files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
      );
      const report = await this.context.ask(
        "own-data/report",
        { files: read },
        (text) => (this.doing = text),
      );
      this.report = kept.report = report;
      this.context.announce(
        `The report on ${shortened(report.name)} is there. ${report.findings[0]?.answer ?? ""}`,
      );
    } catch (thrown) {
      const said = messageOf(thrown);
      const isHung = said === "stopped" && this.doing === "reading";
      this.#refuse(
        isHung
          ? `${shortened(files[0].name)} could not be read: it took too long, and is damaged or was stopped`
          : shortened(said, 600),
      );
    }
    clearTimeout(timer);
    this.doing = "";
  }

  /** What was there before stays. */
  #refuse(message: string): void {
    this.failure = message === "stopped" ? "Stopped: what was there before is kept." : message;
  }
}

customElements.define("pal-own-data", OwnDataPanel);
