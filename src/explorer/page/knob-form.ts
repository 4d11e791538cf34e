import { html, nothing, type TemplateResult } from "lit";
import { KNOBS } from "../state/knobs.js";
import type { StateEvent } from "../state/reduce.js";
import type { ExplorerState } from "../state/state.js";
import { CHOICE_WORDS } from "./words.js";

type KnobName = keyof typeof KNOBS;

/** Native inputs for some knobs, those left out that the state hides. */
export function knobForm(
  title: string,
  names: readonly KnobName[],
  state: ExplorerState,
  dispatch: (event: StateEvent) => void,
): TemplateResult | typeof nothing {
  const shown = names.filter((name) => !state.hidden.includes(name));
  if (shown.length === 0) return nothing;
  return html`<fieldset>
    <legend>${title}</legend>
    ${shown.map((name) => knobInput(name, state, (value) => dispatch({ kind: "turn", knob: name, value })))}
  </fieldset>`;
}

function knobInput(
  name: KnobName,
  state: ExplorerState,
  turn: (value: string | number | boolean) => void,
): TemplateResult {
  const knob = KNOBS[name];
  const id = `knob-${knob.key}`;
  const value = state[name];
  const help = html`<span class="note" id="${id}-help">${knob.help}</span>`;
  const on = (read: (input: HTMLInputElement) => string | number | boolean) => (event: Event) =>
    turn(read(event.target as HTMLInputElement));
  if (knob.kind === "switch")
    return html`<div class="knob switch">
      <label
        ><input
          type="checkbox"
          id=${id}
          .checked=${value as boolean}
          aria-describedby="${id}-help"
          @change=${on((input) => input.checked)}
        />
        ${knob.label}</label
      >
      ${help}
    </div>`;
  if (knob.kind === "choice")
    return html`<div class="knob">
      <label for=${id}>${knob.label}</label>
      <select id=${id} aria-describedby="${id}-help" @change=${on((input) => input.value)}>
        ${knob.values.map((each) => html`<option value=${each} ?selected=${each === value}>${CHOICE_WORDS[each] ?? each}</option>`)}
      </select>
      ${help}
    </div>`;
  const isSeed = name === "seed";
  return html`<div class="knob">
    <label for=${id}>${knob.label}</label>
    ${isSeed ? nothing : html`<output for=${id}>${value}</output>`}
    <input
      type=${isSeed ? "number" : "range"}
      id=${id}
      min=${knob.min}
      max=${knob.max}
      step=${knob.step}
      .value=${String(value)}
      aria-describedby="${id}-help"
      @input=${on((input) => (input.value === "" ? Number.NaN : input.valueAsNumber))}
    />
    ${help}
  </div>`;
}
