import { html, LitElement, nothing, type TemplateResult } from "lit";

/** What a table says. */
export interface TableContent {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** How many rows there would be, where not all are shown. */
  readonly total: number;
}

/** A table behind a picture, closed at first; its rows are made while it is open only, since pictures change many times a second. */
export class TableElement extends LitElement {
  static override properties = {
    name: { attribute: false },
    content: { attribute: false },
    isOpen: { state: true },
  };
  declare name: string;
  declare content: () => TableContent;
  declare isOpen: boolean;

  constructor() {
    super();
    this.isOpen = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override render(): TemplateResult {
    return html`<details
      @toggle=${(event: Event) => (this.isOpen = (event.target as HTMLDetailsElement).open)}
    >
      <summary>Table: ${this.name}</summary>
      ${this.isOpen ? this.#table(this.content()) : nothing}
    </details>`;
  }

  #table({ head, rows, total }: TableContent): TemplateResult {
    const some =
      rows.length < total ? html`<p class="note">The first ${rows.length} of ${total}.</p>` : nothing;
    return html`${some}
      <div class="scroll" tabindex="0" role="group" aria-label=${this.name}>
        <table>
          <thead>
            <tr>
              ${head.map((each) => html`<th scope="col">${each}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              ([first, ...rest]) =>
                html`<tr>
                  <th scope="row">${first}</th>
                  ${rest.map((cell) => html`<td>${cell}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
  }
}

customElements.define("pal-table", TableElement);
