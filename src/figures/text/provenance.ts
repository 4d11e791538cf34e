import type { FigureRecord } from "../../core/index.js";

/** Where a figure comes from, in a sentence: what its record says of it. */
export function madeWith(record: FigureRecord): string {
  const { profile, engine, seeds = [], versions = {} }: Partial<FigureRecord> = record;
  const made = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const drawn = seeds.length === 0 ? [] : [`seed${seeds.length === 1 ? "" : "s"} ${seeds.join(", ")}`];
  return `${[`Profile ${profile ?? "not said"}`, `engine ${engine ?? "not said"}`, ...drawn, ...made].join(", ")}.`;
}

/** How the figure is cited: what it says, what made it, and the paper whose method it shows. */
export function citationOf(record: FigureRecord): string {
  const { data: used = [] }: Partial<FigureRecord> = record;
  const sources = used.map(({ name, source }) => `${name} (${source})`);
  const data = sources.length === 0 ? "" : ` Data: ${sources.join("; ")}.`;
  return (
    `“${record.claim}”. Figure ${record.id}. ${madeWith(record)}${data} ` +
    "Method: Chen, D., Chen, Y., Rege, A., Vinayak, R. K. (2024). PAL: Pluralistic Alignment Framework for Learning from Heterogeneous Preferences. https://arxiv.org/abs/2406.08469"
  );
}
