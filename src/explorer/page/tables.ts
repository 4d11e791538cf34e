import type { Scene } from "../plane/scene.js";
import type { Frame } from "../worker/protocol.js";
import type { TableContent } from "./table-element.js";

/** Most rows of a table: a page holds no thousands. */
const MOST_ROWS = 60;

/** What the plane shows: prototypes, then people. */
export function planeTable({ users, trueUsers, prototypes, truePrototypes }: Scene): TableContent {
  const at = (places: Float32Array, i: number): string =>
    2 * i + 1 < places.length ? `${places[2 * i].toFixed(2)}, ${places[2 * i + 1].toFixed(2)}` : "–";
  const kinds = Math.max(prototypes.length, truePrototypes.length) / 2;
  const count = trueUsers.length / 2;
  const rows = [
    ...Array.from({ length: kinds }, (_, i) => [
      `prototype ${i + 1}`,
      at(prototypes, i),
      at(truePrototypes, i),
    ]),
    ...Array.from({ length: Math.min(count, MOST_ROWS) }, (_, i) => [
      `user ${i}`,
      at(users, i),
      at(trueUsers, i),
    ]),
  ];
  return { head: ["what", "where the model puts it", "where it truly is"], rows, total: kinds + count };
}

/** The states of people. */
export function statesTable({ states, stateKind }: Frame, users: number): TableContent {
  const width = states.length / users;
  const rows = Array.from({ length: Math.min(users, MOST_ROWS) }, (_, user) => [
    `user ${user}`,
    ...Array.from(states.subarray(user * width, (user + 1) * width), (value) => value.toFixed(2)),
  ]);
  const name = stateKind === "weights" ? "prototype" : "coordinate";
  return {
    head: ["who", ...Array.from({ length: width }, (_, k) => `${name} ${k + 1}`)],
    rows,
    total: users,
  };
}

/** Loss and accuracy where the accuracy was measured. */
export function passesTable({ losses, accuracies }: Frame): TableContent {
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
  return { head: ["pass", "loss", "accuracy"], rows, total: measured.length };
}
