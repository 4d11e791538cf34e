import type { FigureRecord } from "../../core/index.js";

/** Where a figure comes from, in a sentence. */
export function madeWith({ profile, engine, seeds, versions }: FigureRecord): string {
  const made = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const drawn = seeds.length === 0 ? [] : [`seed${seeds.length === 1 ? "" : "s"} ${seeds.join(", ")}`];
  return `${[`Profile ${profile}`, `engine ${engine}`, ...drawn, ...made].join(", ")}.`;
}

/** How the figure is cited: what it says, what made it, and the paper whose method it shows. */
export function citationOf(record: FigureRecord): string {
  const sources = record.data.map(({ name, source }) => `${name} (${source})`);
  const data = sources.length === 0 ? "" : ` Data: ${sources.join("; ")}.`;
  return (
    `“${record.claim}”. Figure ${record.id}. ${madeWith(record)}${data} ` +
    "Method: Chen, D., Chen, Y., Rege, A., Vinayak, R. K. (2024). PAL: Pluralistic Alignment Framework for Learning from Heterogeneous Preferences. https://arxiv.org/abs/2406.08469"
  );
}
