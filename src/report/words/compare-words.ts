import { isSureGain, type Comparison, type ComparisonRow } from "../../evaluate/index.js";
import { signed } from "./short-forms.js";

/** What to take from a comparison, in a sentence or two that its numbers make. */
export function takeaway(found: Comparison): string {
  const { rows, given } = found;
  const winners = (answers: number | undefined): ComparisonRow[] =>
    rows.filter((row) => row.answers === answers && isSureGain(row)).sort((a, b) => gainOf(b) - gainOf(a));
  const seen = winners(undefined);
  const first = given.find((answers) => winners(answers).length > 0);
  const most = given.at(-1);
  if (first === undefined) {
    const fresh = most === undefined ? "" : `, not of new users up to ${counted(most)} either`;
    if (seen.length === 0)
      return `Nobody gains from knowing the user: no family is surely better than ${blindName(found)}, which knows no users${fresh}.`;
    return `Of users who trained, ${listed(seen)}. Of new users nobody gains from up to ${counted(most ?? 0)}.`;
  }
  const before = given.filter((answers) => answers < first).at(-1);
  const opening =
    before === undefined
      ? `From ${first === 0 ? "the start" : counted(first)} on, ${listed(winners(first))} for new users`
      : `Nobody gains from knowing a new user before ${counted(first)}; then ${listed(winners(first))}`;
  const last =
    most === undefined || most === first ? "" : ` After ${counted(most)}, ${listed(winners(most))}.`;
  const known =
    seen.length === 0 ? " Of users who trained, nobody gains." : ` Of users who trained, ${listed(seen)}.`;
  return `${opening}.${last}${known}`;
}

/** The families that gain, those named that cannot be told from the best by their intervals. */
function listed(winners: readonly ComparisonRow[]): string {
  if (winners.length === 0) return "nobody gains";
  const [best] = winners;
  const alike = winners.filter((row) => (row.gain?.high ?? 0) >= (best.gain?.low ?? 0));
  const by = `${signed(gainOf(best), 3)} nats an answer`;
  if (winners.length === 1) return `${best.name} alone gains (${by})`;
  const others = winners.length - alike.length;
  const rest =
    others === 0 ? "" : `; ${others} other${others === 1 ? "" : "s"} gain${others === 1 ? "s" : ""} less`;
  if (alike.length === 1) return `${best.name} gains most (${by})${rest}`;
  const names = alike.map(({ name }) => name);
  const shown = names.length > 5 ? [...names.slice(0, 4), `${names.length - 4} more`] : names;
  return `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)} gain, alike within their intervals (the best by ${by})${rest}`;
}

function gainOf({ gain }: ComparisonRow): number {
  return gain?.mean ?? 0;
}

/** The name of the best that knows no users. */
export function blindName({ rows, blind }: Comparison): string {
  return rows.find(({ id }) => id === blind)?.name ?? blind;
}

function counted(answers: number): string {
  return answers === 1 ? "1 answer" : `${answers} answers`;
}

/** How sure this is, in words. */
export function howSure(found: Comparison): string[] {
  const { rows, seeds, users } = found;
  const tested = rows.flatMap(({ gain }) => (gain === undefined ? [] : [gain]));
  const halves = tested.map(({ low, high }) => (high - low) / 2).sort((a, b) => a - b);
  const typical = halves[Math.floor(halves.length / 2)];
  const failed = new Map(rows.filter(({ status }) => status !== "ran").map((row) => [row.id, row]));
  return [
    `${users} users, ${seeds.length} division${seeds.length === 1 ? "" : "s"} of users and answers; ${tested.length} gains are tested at once, so that p is adjusted.`,
    ...(typical === undefined
      ? []
      : [
          `A typical gain is known to ± ${typical.toFixed(3)} nats an answer: much smaller ones cannot be seen here.`,
        ]),
    ...(seeds.length < 3
      ? ["Fewer than three divisions: how much the draw of users matters is hardly known."]
      : []),
    ...(failed.size === 0
      ? []
      : [
          `${failed.size} famil${failed.size === 1 ? "y" : "ies"} could not take part: ${[...failed.values()].map(({ name, status, reason }) => `${name} ${status === "refused" ? "refused" : "diverged"} (${reason ?? ""})`).join("; ")}.`,
        ]),
    "These are three settings a family and short trainings: what a family can do with more care is not what is compared.",
  ];
}
