import type { PreferenceData } from "../../src/data/index.js";
import { arrayOf, type FamilyCase } from "./family-case.js";

/** Comparisons of users of whom a model reads answers about some vectors, and is scored on another comparison with other vectors. */
export interface AnswersAndTargets {
  readonly data: PreferenceData;
  /** Rows that are scored: one for each user. */
  readonly targets: Int32Array;
}

/** An item's numbers are those that the encoder reads, then those that the decoder reads; what is not read is 0. Right is what was chosen. */
export function answersAndTargets({ config, inputs }: FamilyCase): AnswersAndTargets {
  const [read, scored] = [Number(config["encoder_embed"]), Number(config["decoder_embed"])];
  const of = (name: string): readonly number[] => arrayOf(inputs[name]).data;
  const rows = (name: string, width: number, place: number): number[][] => {
    const values = of(name);
    return Array.from({ length: values.length / width }, (_, i) => [
      ...new Array<number>(place).fill(0),
      ...values.slice(i * width, (i + 1) * width),
      ...new Array<number>(read + scored - place - width).fill(0),
    ]);
  };
  const side = (name: string): number[][] => [
    ...rows(`contexts_embeddings_${name}`, read, 0),
    ...rows(`embeddings_${name}`, scored, read),
  ];
  const bounds = of("seq_start_end");
  const users = bounds.length / 2;
  const answers = bounds[bounds.length - 1];
  const count = answers + users;
  const setOf = (row: number): number => bounds.findIndex((end, i) => i % 2 === 1 && row < end) >> 1;
  const numbers = Int32Array.from({ length: count }, (_, row) => row);
  return {
    targets: numbers.subarray(answers),
    data: {
      users: Array.from({ length: users }, (_, i) => `u${i}`),
      items: {
        ids: Array.from({ length: 2 * count }, (_, i) => `i${i}`),
        features: Float32Array.from([...side("rejected"), ...side("chosen")].flat()),
      },
      user: numbers.map((row) => (row < answers ? setOf(row) : row - answers)),
      left: numbers,
      right: numbers.map((row) => count + row),
      label: new Int8Array(count).fill(1),
      source: { name: "oracle", license: "", sha256: "" },
    },
  };
}

/** Columns from … to - 1 of a matrix, row-major. */
export function columns(data: ArrayLike<number>, width: number, from: number, to: number): number[] {
  return Array.from(data).filter((_, i) => i % width >= from && i % width < to);
}

/** A matrix of `before` columns, then `data`'s, then `after` columns: the others are 0. */
export function widened(data: readonly number[], width: number, before: number, after: number): number[] {
  return Array.from({ length: data.length / width }, (_, i) => [
    ...new Array<number>(before).fill(0),
    ...data.slice(i * width, (i + 1) * width),
    ...new Array<number>(after).fill(0),
  ]).flat();
}
