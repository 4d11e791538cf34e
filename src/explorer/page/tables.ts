import { html, type TemplateResult } from "lit";
import type { Scene } from "../plane/scene.js";
import type { Frame } from "../worker/protocol.js";

/** Most rows of a table: a page holds no thousands. */
const MOST_ROWS = 60;

/** A table behind a picture, closed at first. @param total how many rows there would be */
export function foldedTable(
  name: string,
  {
    head,
    rows,
    total,
  }: {
    readonly head: readonly string[];
    readonly rows: readonly (readonly string[])[];
    readonly total: number;
  },
): TemplateResult {
  const some = rows.length < total ? `, the first ${rows.length} of ${total}` : "";
  return html`<details class="table">
    <summary>Table: ${name}${some}</summary>
    <div class="scroll" tabindex="0" role="group" aria-label="${name}">
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
    </div>
  </details>`;
}

/** What the plane shows: prototypes, then people. */
export function planeTable({ users, trueUsers, prototypes, truePrototypes }: Scene): TemplateResult {
  const at = (places: Float32Array, i: number): string =>
    2 * i + 1 < places.length ? `${places[2 * i].toFixed(2)}, ${places[2 * i + 1].toFixed(2)}` : "–";
  const row = (name: string, i: number, [model, truth]: readonly [Float32Array, Float32Array]): string[] => [
    `${name} ${i}`,
    at(model, i),
    at(truth, i),
  ];
  const kinds = Math.max(prototypes.length, truePrototypes.length) / 2;
  const count = trueUsers.length / 2;
  const rows = [
    ...Array.from({ length: kinds }, (_, i) => row("prototype", i, [prototypes, truePrototypes])),
    ...Array.from({ length: Math.min(count, MOST_ROWS) }, (_, i) => row("user", i, [users, trueUsers])),
  ];
  return foldedTable("places", {
    head: ["what", "where the model puts it", "where it truly is"],
    rows,
    total: kinds + count,
  });
}

/** The states of people. */
export function statesTable({ states, stateKind }: Frame, users: number): TemplateResult {
  const width = states.length / users;
  const rows = Array.from({ length: Math.min(users, MOST_ROWS) }, (_, user) => [
    `user ${user}`,
    ...Array.from(states.subarray(user * width, (user + 1) * width), (value) => value.toFixed(2)),
  ]);
  const name = stateKind === "weights" ? "prototype" : "coordinate";
  return foldedTable(stateKind === "weights" ? "weights of users" : "states of users", {
    head: ["who", ...Array.from({ length: width }, (_, k) => `${name} ${k}`)],
    rows,
    total: users,
  });
}

/** Loss and accuracy where the accuracy was measured. */
export function passesTable({ losses, accuracies }: Frame): TemplateResult {
  const measured = Array.from({ length: accuracies.length / 2 }, (_, i) => [
    accuracies[2 * i],
    accuracies[2 * i + 1],
  ]);
  const rows = measured
    .slice(-MOST_ROWS)
    .map(([pass, accuracy]) => [
      String(pass),
      pass > 0 ? losses[pass - 1].toFixed(3) : "–",
      accuracy.toFixed(3),
    ]);
  return foldedTable("passes", { head: ["pass", "loss", "accuracy"], rows, total: measured.length });
}
