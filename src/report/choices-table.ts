import { html, type Html } from "./html.js";

/** Every choice that was made, by name. */
export function choicesTable(choices: readonly (readonly [name: string, value: string])[]): Html {
  return html`<div class="scroll words" tabindex="0">
    <table>
      ${choices.map(
        ([name, value]) =>
          html`<tr>
            <th scope="row">${name}</th>
            <td>${value}</td>
          </tr>`,
      )}
    </table>
  </div>`;
}
