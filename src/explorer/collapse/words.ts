import type { RecordedCell } from "./recorded.js";

/** The share of what answers can tell that a model makes of them: 0 as good as not to know the user, 1 as good as can be. */
export function reached({ accuracies, blind, bayes }: RecordedCell): number {
  return (mean(accuracies) - blind) / (bayes - blind);
}

/** Whether the latent says nothing of the user, in most runs. */
export function isCollapsed({ activeUnits }: RecordedCell): boolean {
  return mean(activeUnits) < 0.5;
}

/** What a cell shows, in sentences. */
export function cellWords(cell: RecordedCell): readonly string[] {
  const { answers, klWeight, accuracies, activeUnits, blind, bayes } = cell;
  const from = `from ${answers} ${answers === 1 ? "answer" : "answers"}, with weight ${klWeight}`;
  const units = `${mean(activeUnits).toFixed(1)} of 2 coordinates of z are in use (mean of ${activeUnits.length} runs)`;
  const range = `${Math.min(...accuracies).toFixed(3)} to ${Math.max(...accuracies).toFixed(3)}`;
  const verdict = isCollapsed(cell)
    ? "The latent has collapsed: the model answers as if everybody were alike."
    : reached(cell) > 0.8
      ? "The latent is in use, and most of what the answers can tell is used."
      : "The latent is in use, but the answers could tell more.";
  return [
    `${capital(from)}: accuracy ${mean(accuracies).toFixed(3)} for new users (runs from ${range}); ${units}.`,
    `Who does not know the user reaches ${blind.toFixed(3)} at best, who reads these answers ${bayes.toFixed(3)}.`,
    verdict,
  ];
}

/** The mean of numbers. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
