import { checkIsRecord, type FigureRecord, type RecordRow, valuesIn } from "../../core/index.js";
import { accuracyLines, linesBy, type AccuracyLine } from "./accuracy-lines.js";
import { checkedTitle, meanOf, type SaidTitle } from "../checked-title.js";
import type { Figure } from "../figure.js";
import { groupColor, kColor } from "../theme/index.js";

const SAMPLES = "training comparisons of each user";
const NEW_SAMPLES = "comparisons that place a new user";

/** Held-out accuracy against the comparisons of each seen user, a line for each K: simulation. */
export function simulationAccuracyVsSamples(record: FigureRecord): Figure {
  checkIsRecord("simulationAccuracyVsSamples: record", record);
  return versusSamples(record, {
    ...checkedTitle({
      holds: helps(record) && extraHurts(record),
      title: "More comparisons help; with few of them, extra prototypes hurt",
      alt: "Held-out accuracy rises with the comparisons of each user, a line for each K; at the fewest comparisons models with K above K* are worse than K = K*.",
      otherwise: "Held-out accuracy against the comparisons of each user, a line for each K",
    }),
    lowest: 0.75,
  });
}

/** The same for Persona. */
export function personaAccuracyVsSamples(record: FigureRecord): Figure {
  checkIsRecord("personaAccuracyVsSamples: record", record);
  return versusSamples(record, {
    ...checkedTitle({
      holds: helps(record) && saturates(record, "comparisonsPerUser", 20),
      title: "Persona: ten to twenty answers a user are enough",
      alt: "Accuracy on held-out Persona statements rises with the answers of each user and saturates early, a line for each K.",
      otherwise: "Persona: held-out accuracy against the answers of each user, a line for each K",
    }),
    lowest: 0.45,
  });
}

/** Accuracy against the dimension of the latent space: Persona. */
export function personaAccuracyVsDimension(record: FigureRecord): Figure {
  checkIsRecord("personaAccuracyVsDimension: record", record);
  const rows = record.rows.filter((row) => row.split === "seen");
  return accuracyLines({
    record,
    ...checkedTitle({
      holds: isFlat(record),
      title: "Persona: the latent dimension hardly matters once K is right",
      alt: "Accuracy on held-out Persona statements against the latent dimension d: nearly flat lines.",
      otherwise: "Persona: held-out accuracy against the latent dimension d",
    }),
    panels: [{ title: "", rows }],
    lines: byK(rows),
    x: { value: (row) => row.latentDimension, title: "latent dimension d", scale: "log" },
    blind: "all",
  });
}

/** Accuracy of new users against their comparisons: on the left by K, on the right by the way they are placed (K = K*): simulation. */
export function simulationNewUsers(record: FigureRecord): Figure {
  checkIsRecord("simulationNewUsers: record", record);
  return newUsers(record, {
    ...checkedTitle({
      holds: saturates(record, "newComparisonsPerUser", 20),
      title: "New users: twenty comparisons place them nearly as well as seen users",
      alt: "Accuracy of new users against the number of comparisons that place them; left by K, right by method at K = K*.",
      otherwise: "Accuracy of new users against the comparisons that place them",
    }),
    lowest: 0.75,
  });
}

/** The same for Persona. */
export function personaNewUsers(record: FigureRecord): Figure {
  checkIsRecord("personaNewUsers: record", record);
  return newUsers(record, {
    ...checkedTitle({
      holds: saturates(record, "newComparisonsPerUser", 10),
      title: "Persona: a new user is known after about ten answers",
      alt: "Accuracy of new Persona users against the number of answers that place them, a line for each K.",
      otherwise: "Persona: accuracy of new users against the answers that place them",
    }),
    lowest: 0.45,
  });
}

/** Differences that a reader sees, and those that count as none. */
const LEAST_GAIN = 0.01;
const NEARLY = 0.03;

/** Rows at K = K*, by the exact way where there are several. */
function rightK({ rows }: FigureRecord, split: RecordRow["split"]): RecordRow[] {
  return rows.filter(
    (row) =>
      row.split === split &&
      row.k === (row.kStar ?? row.k) &&
      (row.method === undefined || row.method === "exact"),
  );
}

/** Whether the most comparisons do better than the fewest, at K = K*. */
function helps(record: FigureRecord): boolean {
  const rows = rightK(record, "seen");
  const samples = valuesIn(rows, "comparisonsPerUser");
  const at = (comparisonsPerUser: number): number => meanOf(rows, { comparisonsPerUser });
  return samples.length > 1 && at(samples[samples.length - 1]) > at(samples[0]) + LEAST_GAIN;
}

/** Whether at the fewest comparisons a K above K* does worse than K*. */
function extraHurts(record: FigureRecord): boolean {
  const seen = record.rows.filter((row) => row.split === "seen" && row.kStar !== undefined);
  const [comparisonsPerUser] = valuesIn(seen, "comparisonsPerUser");
  const fewest = seen.filter((row) => row.comparisonsPerUser === comparisonsPerUser);
  return valuesIn(fewest, "kStar").every((kStar) => {
    const own = fewest.filter((row) => row.kStar === kStar);
    const extra = valuesIn(own, "k").filter((k) => k > kStar);
    return extra.length > 0 && extra.every((k) => meanOf(own, { k }) < meanOf(own, { k: kStar }));
  });
}

/** Whether so many comparisons do nearly as well as the most: of new users, as seen users where the record has them. */
function saturates(
  record: FigureRecord,
  key: "comparisonsPerUser" | "newComparisonsPerUser",
  enough: number,
): boolean {
  const rows = rightK(record, key === "comparisonsPerUser" ? "seen" : "unseen");
  const samples = valuesIn(rows, key);
  const first = samples.find((n) => n >= enough);
  const seen = key === "comparisonsPerUser" ? NaN : meanOf(rightK(record, "seen"), {});
  // where nobody has more, nothing shows that these are enough
  if (Number.isNaN(seen) && first === samples.at(-1)) return false;
  const most = Number.isNaN(seen) ? meanOf(rows, { [key]: samples.at(-1) }) : seen;
  return first !== undefined && meanOf(rows, { [key]: first }) >= most - NEARLY;
}

/** Whether at K = K* no dimension does better than another by more than a reader would care for. */
function isFlat(record: FigureRecord): boolean {
  const rows = rightK(record, "seen");
  const means = valuesIn(rows, "latentDimension").map((latentDimension) => meanOf(rows, { latentDimension }));
  return means.length > 1 && Math.max(...means) - Math.min(...means) <= 2 * LEAST_GAIN;
}

interface Words extends SaidTitle {
  readonly lowest: number;
}

function versusSamples(record: FigureRecord, words: Words): Figure {
  const rows = record.rows.filter((row) => row.split === "seen");
  return accuracyLines({
    record,
    ...words,
    panels: [{ title: "", rows }],
    lines: byK(rows),
    x: { value: (row) => row.comparisonsPerUser, title: SAMPLES, scale: "log" },
    blind: "all",
  });
}

function newUsers(record: FigureRecord, words: Words): Figure {
  const rows = record.rows.filter((row) => row.split === "unseen");
  const exact = rows.filter((row) => row.method === undefined || row.method === "exact");
  const others = [...new Set(rows.map((row) => row.method ?? "exact"))].filter(
    (method) => method !== "exact",
  );
  const compared = rows.filter((row) => row.k === row.kStar && others.length > 0);
  const methods = others.map((method, i): AccuracyLine => {
    return { name: method, color: groupColor(i), has: (row) => row.method === method };
  });
  const panels = [
    { title: "exact adaptation, by K", rows: exact },
    { title: "K = K*, by method", rows: compared },
  ];
  return accuracyLines({
    record,
    ...words,
    panels: panels.filter((panel) => panel.rows.length > 0),
    lines: [...byK(exact, (row) => row.method === undefined || row.method === "exact"), ...methods],
    x: { value: (row) => row.newComparisonsPerUser, title: NEW_SAMPLES, scale: "log" },
    blind: "none",
  });
}

function byK(rows: readonly RecordRow[], also: (row: RecordRow) => boolean = () => true): AccuracyLine[] {
  const lines = linesBy(rows, (row) => row.k, {
    name: (k) => `K = ${k}`,
    color: kColor,
  });
  return lines.map((line) => ({ ...line, has: (row) => line.has(row) && also(row) }));
}
