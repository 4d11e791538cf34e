import { parquetWriteBuffer } from "hyparquet-writer";
import { expect, test } from "vitest";
import {
  createProgress,
  DataError,
  InputError,
  randomStream,
  silent,
  type RandomStream,
} from "../../../core/index.js";
import { checkPreferenceData } from "../../preference-data.js";
import { dataFromTable } from "../../tables/data-from-table.js";
import { parseTable } from "../../tables/parse/parse-table.js";
import { readParquet } from "./read-parquet.js";
import { renderSummary } from "../../tables/summary.js";

/** `PAL_LAB_FUZZ=10000 npx vitest run src/data/files/damaged-tables.test.ts` (npm run fuzz) tries so many; the suite fewer. */
const FILES = Number(process.env.PAL_LAB_FUZZ ?? 400);
/** For a Parquet file that makes its reader loop. */
const LIMIT_MS = 4000;
const SEED = Number(process.env.PAL_LAB_FUZZ_SEED ?? 1);

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const users = ["ann", "bob", "ann", "cyd", "bob", "ann", "cyd", "dan"];
const lefts = ["tea", "milk, warm", 'a "cup"', "tea", "two\nlines", "é😀", "tea", "milk, warm"];
const rights = ["coffee", "tea", "coffee", "é😀", "tea", "coffee", 'a "cup"', "coffee"];
const labels = [1, -1, 0, 1, 1, -1, -1, 1];
const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;

function parquet(codec: "UNCOMPRESSED" | "SNAPPY"): Uint8Array {
  const columnData = [
    { name: "user", data: users, type: "STRING" as const },
    { name: "left", data: lefts, type: "STRING" as const },
    { name: "right", data: rights, type: "STRING" as const },
    { name: "label", data: labels, type: "INT32" as const },
    { name: "time", data: labels.map((_, i) => i + 0.5), type: "DOUBLE" as const },
  ];
  return new Uint8Array(parquetWriteBuffer({ columnData, codec }));
}

const lines = (...rows: readonly object[]): string => rows.map((row) => JSON.stringify(row)).join("\n");

/** A small file of every other format that is read. */
const OTHERS = Object.entries({
  "ratings.csv": `user,prompt,item,rating\n${users.map((user, i) => `${user},p,i${i % 3},${i}`).join("\n")}\n`,
  "ranks.csv": "user,item,rank\na,x,1\na,y,2\na,z,2\nb,y,1\nb,x,2\nb,z,3\n",
  "rankings.csv": "user;rank1;rank2;rank3\na;x;y;z\nb;y;x;\n",
  "orders.tsv": "user\torder\na\tx > y = z\nb\tz>y>x\n",
  "choices.csv": "user,option_1,option_2,option_3,choice\na,x,y,z,1\nb,y,z,x,3\na,z,x,y,2\n",
  "graded.csv": "user,video_a,video_b,criteria,score\na,x,y,c,-10\nb,x,y,c,3.5\nb,y,z,c,0\na,z,x,c,10\n",
  "onehot.csv":
    "user,model_a,model_b,winner_model_a,winner_model_b,winner_tie\na,x,y,1,0,0\nb,y,x,0,1,0\nb,y,z,0,0,1\n",
  "matrix.csv":
    "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1\n5,0,0,2,1,1,1,-1\n6,1,0,2,1,1,-1,1\n",
  "chat.jsonl": lines(
    { user: "a", chosen: [{ role: "user", content: "x" }], rejected: [{ role: "user", content: "y" }] },
    { user: "b", chosen: [{ role: "user", content: "y" }], rejected: [{ role: "user", content: "z" }] },
  ),
  "completions.jsonl": lines({
    instruction: "i",
    completions: [
      { model: "m", overall_score: 1 },
      { model: "n", overall_score: 2.5 },
    ],
  }),
  "ballots.soi":
    "# NUMBER ALTERNATIVES: 3\n# NUMBER VOTERS: 3\n# ALTERNATIVE NAME 1: x\n# ALTERNATIVE NAME 2: y\n# ALTERNATIVE NAME 3: z\n2: 1,2,3\n1: 3,1\n",
  "ballots.toc": "# NUMBER ALTERNATIVES: 3\n2: 1,{2,3}\n1: {1,2},3\n",
  "ballots.cat": "# NUMBER ALTERNATIVES: 3\n# NUMBER CATEGORIES: 2\n1: {1},{2,3}\n2: 3,{1,2}\n",
}).map(([name, text]) => ({ name, bytes: encode(text) }));

const FILES_TO_DAMAGE: { name: string; bytes: Uint8Array }[] = [
  {
    name: "comparisons.csv",
    bytes: encode(
      `user,left,right,label\n${users.map((user, i) => [user, quote(lefts[i]), quote(rights[i]), labels[i]].join(",")).join("\r\n")}\n`,
    ),
  },
  {
    name: "votes.tsv",
    bytes: encode(
      `voter\tcomment\tvote\ttimestamp\n${users.map((user, i) => [user, i % 3, labels[i], 1e12 + i].join("\t")).join("\n")}`,
    ),
  },
  {
    name: "features.csv",
    bytes: encode(
      `user;left_0;left_1;right_0;right_1;label\n${users.map((user, i) => [user, i / 7, -i, 1e-3 * i, 2, Math.abs(labels[i])].join(";")).join("\n")}\n`,
    ),
  },
  {
    name: "pairs.jsonl",
    bytes: encode(
      users
        .map((user, i) =>
          JSON.stringify({
            user,
            prompt: i % 2,
            chosen: lefts[i],
            rejected: rights[i],
            country: user[0],
          }),
        )
        .join("\n"),
    ),
  },
  {
    name: "vectors.jsonl",
    bytes: encode(
      users
        .map((user, i) =>
          JSON.stringify({
            user,
            left_features: [i, 1],
            right_features: [1, i],
            label: labels[i] > 0 ? "left" : "right",
          }),
        )
        .join("\n"),
    ),
  },
  ...OTHERS,
  { name: "plain.parquet", bytes: parquet("UNCOMPRESSED") },
  { name: "snappy.parquet", bytes: parquet("SNAPPY") },
];

const SPECIAL = encode("\"',;|\t\n\r{}[]:\\0-1.eE\u00ff");

/** One random injury. */
function damage(bytes: Uint8Array, rng: RandomStream): Uint8Array {
  const place = (): number => rng.integer(Math.max(1, bytes.length));
  const [a, b] = [place(), place()].sort((x, y) => x - y);
  const splice = (start: number, end: number, middle: Uint8Array): Uint8Array =>
    new Uint8Array(Buffer.concat([bytes.subarray(0, start), middle, bytes.subarray(end)]));
  switch (rng.integer(8)) {
    case 0:
      return bytes.slice(0, a); // cut off
    case 1:
      return splice(a, Math.min(b, a + 1 + rng.integer(20)), new Uint8Array()); // a hole
    case 2:
      return splice(
        a,
        a,
        Uint8Array.from({ length: 1 + rng.integer(8) }, () => rng.integer(256)),
      );
    case 3:
      return splice(a, a, bytes.subarray(a, b)); // twice
    case 4:
      return splice(a, a + 1, Uint8Array.of(bytes[a] ^ (1 << rng.integer(8)))); // a bit
    case 5:
      return splice(a, a + 1, Uint8Array.of(rng.integer(256))); // a byte
    case 6:
      return splice(a, a + rng.integer(2), SPECIAL.subarray(rng.integer(SPECIAL.length)).subarray(0, 1));
    default:
      return new Uint8Array(Buffer.concat([bytes.subarray(b), bytes.subarray(0, b)])); // turned round
  }
}

test.each(FILES_TO_DAMAGE.filter(({ name }) => !name.endsWith(".parquet")))(
  "$name is read undamaged",
  ({ name, bytes }) => {
    expect(dataFromTable(parseTable({ name, bytes })).data.label.length).toBeGreaterThan(0);
  },
);

test(
  `${FILES} randomly damaged files each give a result or an error that says what is wrong`,
  async () => {
    const outcomes = { results: 0, InputError: 0, DataError: 0 };
    let slowestMs = 0;
    const progress = FILES > 1000 ? createProgress("damaged files", FILES, process.stderr) : silent;
    for (let i = 0; i < FILES; i++) {
      const rng = randomStream(SEED).split("fuzz").split(i);
      const { name, bytes } = FILES_TO_DAMAGE[rng.integer(FILES_TO_DAMAGE.length)];
      let damaged = bytes;
      for (let times = 1 + rng.integer(3); times > 0; times--) damaged = damage(damaged, rng);
      const before = damaged.slice();
      const start = performance.now();
      try {
        const ties = rng.integer(2) === 0 ? "drop" : "half";
        const table = name.endsWith(".parquet")
          ? await readParquet(name, damaged, LIMIT_MS)
          : parseTable({ name, bytes: damaged });
        const strength = rng.integer(2) === 0 ? "ignore" : "weight";
        const pairs = (["all", "adjacent", "stages"] as const)[rng.integer(3)];
        const { data, summary } = dataFromTable(table, { ties, strength, pairs });
        checkPreferenceData(`file ${i}`, data);
        expect(renderSummary(summary)).not.toMatch(/NaN|undefined|Infinity/);
        outcomes.results++;
      } catch (error) {
        const isOurs =
          (error instanceof DataError || error instanceof InputError) &&
          (error as Error).message.includes(name);
        if (!isOurs) throw new Error(`file ${i} (${name}), seed ${SEED}`, { cause: error });
        outcomes[error.name as "InputError" | "DataError"]++;
      }
      expect(Buffer.compare(damaged, before)).toBe(0);
      slowestMs = Math.max(slowestMs, performance.now() - start);
      progress.advance();
    }
    console.info(`damaged files: ${JSON.stringify(outcomes)}, the slowest took ${slowestMs.toFixed(0)} ms`);
    // for what hangs, not for what is slow
    expect(slowestMs).toBeLessThan(60_000);
    // both ways out are used: the damage is neither always fatal nor always harmless
    expect(Math.min(outcomes.results, outcomes.InputError, outcomes.DataError)).toBeGreaterThan(FILES / 100);
  },
  300_000 + 100 * FILES,
);
