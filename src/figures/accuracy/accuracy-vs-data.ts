import type { FigureRecord, RecordRow } from "../../core/index.js";
import { accuracyLines, linesBy, type AccuracyLine } from "./accuracy-lines.js";
import type { Figure } from "../figure.js";
import { prototypeColor } from "../theme/index.js";

const SAMPLES = "training comparisons of each user";
const NEW_SAMPLES = "comparisons that place a new user";

/** Held-out accuracy against the comparisons of each seen user, a line for each K: simulation. */
export function simulationAccuracyVsSamples(record: FigureRecord): Figure {
  return versusSamples(record, {
    title: "More comparisons help; with few of them, extra prototypes hurt",
    alt: "Held-out accuracy rises with the comparisons of each user, a line for each K; at 20 comparisons models with K above K* are worse than K = K*.",
    lowest: 0.75,
  });
}

/** The same for Persona. */
export function personaAccuracyVsSamples(record: FigureRecord): Figure {
  return versusSamples(record, {
    title: "Persona: ten to twenty answers a user are enough",
    alt: "Accuracy on held-out Persona statements rises with the answers of each user and saturates early, a line for each K.",
    lowest: 0.45,
  });
}

/** Accuracy against the dimension of the latent space: Persona. */
export function personaAccuracyVsDimension(record: FigureRecord): Figure {
  const rows = record.rows.filter((row) => row.split === "seen");
  return accuracyLines({
    record,
    title: "Persona: the latent dimension hardly matters once K is right",
    alt: "Accuracy on held-out Persona statements against the latent dimension d: nearly flat lines.",
    panels: [{ title: "", rows }],
    lines: byK(rows),
    x: { value: (row) => row.latentDim, title: "latent dimension d", scale: "log" },
    blind: "all",
  });
}

/** Accuracy of new users against their comparisons: on the left by K, on the right by the way they are placed (K = K*): simulation. */
export function simulationNewUsers(record: FigureRecord): Figure {
  return newUsers(record, {
    title: "New users: twenty comparisons place them nearly as well as seen users",
    alt: "Accuracy of new users against the number of comparisons that place them; left by K, right by method at K = K*; exact adaptation is best at every number.",
    lowest: 0.75,
  });
}

/** The same for Persona. */
export function personaNewUsers(record: FigureRecord): Figure {
  return newUsers(record, {
    title: "Persona: a new user is known after about ten answers",
    alt: "Accuracy of new Persona users against the number of answers that place them, a line for each K.",
    lowest: 0.45,
  });
}

interface Words {
  readonly title: string;
  readonly alt: string;
  readonly lowest: number;
}

function versusSamples(record: FigureRecord, words: Words): Figure {
  const rows = record.rows.filter((row) => row.split === "seen");
  return accuracyLines({
    record,
    ...words,
    panels: [{ title: "", rows }],
    lines: byK(rows),
    x: { value: (row) => row.samplesPerUser, title: SAMPLES, scale: "log" },
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
    return { name: method, color: prototypeColor(5 + 2 * i), has: (row) => row.method === method };
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
    x: { value: (row) => row.newSamplesPerUser, title: NEW_SAMPLES, scale: "log" },
    blind: "none",
  });
}

function byK(rows: readonly RecordRow[], also: (row: RecordRow) => boolean = () => true): AccuracyLine[] {
  const lines = linesBy(rows, (row) => row.k, {
    name: (k) => `K = ${k}`,
    color: (k) => prototypeColor(k - 1),
  });
  return lines.map((line) => ({ ...line, has: (row) => line.has(row) && also(row) }));
}
