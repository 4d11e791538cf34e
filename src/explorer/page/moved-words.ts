import type { Moved } from "../state/settings.js";
import type { World } from "../worker/protocol.js";

/** What was moved, and how many answers it has changed. */
export function movedWords(moved: readonly Moved[], { flipped, answers, held }: World): string {
  const counts = (["user", "item", "prototype"] as const)
    .map((what) => [moved.filter((each) => each.what === what).length, what] as const)
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count} ${what}${count === 1 ? "" : "s"}`);
  const all = answers + held;
  const now =
    flipped.now > 0 && flipped.now !== flipped.sinceStart ? `, ${flipped.now} by the last move` : "";
  return `${counts.join(", ")} moved: ${flipped.sinceStart} of ${all} answers flipped${now}; the others stay as they were.`;
}
