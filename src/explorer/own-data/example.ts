import { exp, randomStream } from "../../core/index.js";

const STATEMENTS = [
  "More benches in the park",
  "Longer opening hours of the library",
  "A car-free old town",
  "Cheaper buses",
  "More parking spaces",
  "A new swimming pool",
  "Wider cycle lanes",
  "Later closing of bars",
  "More trees along streets",
  "Lower fees for shops",
];
/** What the two kinds of people who answer make of each statement. */
const TASTES = [
  [1.5, 1.5, 2, 2, -2, 0.5, 2.5, -0.5, 1.5, -1],
  [1.5, 1, -2, 0.5, 2.5, 0.5, -2, 1, 1, 2],
];
const USERS = 60;

/** Votes of simulated people of two kinds on a town's plans, as a file that somebody could have. */
export function exampleFile(): File {
  const rng = randomStream(1).split("example");
  const rows = Array.from({ length: USERS }, (_, user) => {
    const taste = TASTES[user % 2];
    return STATEMENTS.map((statement, i) => {
      const vote = rng.uniform() < 1 / (1 + exp(-1.5 * taste[i])) ? "agree" : "disagree";
      return `person ${user + 1},${statement},${vote}\n`;
    }).join("");
  });
  return new File([`user,statement,vote\n${rows.join("")}`], "town-example.csv", { type: "text/csv" });
}
