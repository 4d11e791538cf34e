import { randomStream } from "../../core/index.js";
import { selectRows, type PreferenceData } from "../../data/index.js";
import { averageSums, sumByUser, type UserSums } from "../by-user.js";
import { drawFolds, heldIn, logLikelihoods, trainingWithout } from "../held-out.js";
import type { MethodJob } from "./methods.js";

/** Runs jobs side by side, where there are threads; results in the order of the jobs. */
export type RunJobs = (jobs: readonly MethodJob[]) => Promise<readonly Float64Array[]>;

/** A method with everything chosen. */
export type Candidate = Pick<MethodJob, "method" | "basis" | "k" | "strength">;

/** How candidates are measured: cross-validation within each user, some rows only. */
export interface Validation {
  readonly data: PreferenceData;
  readonly seed: number;
  /** Row indices that take part. */
  readonly rows: Int32Array;
  readonly folds: number;
  readonly repeats: number;
  /** Names the folds and the draws. */
  readonly stream: string;
}

/** Log-likelihood of held-out answers by user, of each candidate; all have the same folds. */
export async function validate(
  candidates: readonly Candidate[],
  validation: Validation & { readonly run: RunJobs },
): Promise<UserSums[]> {
  const { jobs, collect } = planOf(candidates, validation);
  return collect(await validation.run(jobs));
}

/** Jobs, and what their results say. */
export interface Plan {
  readonly jobs: readonly MethodJob[];
  collect(results: readonly Float64Array[]): UserSums[];
}

/** What {@link validate} does, so that several may run together. */
export function planOf(
  candidates: readonly Candidate[],
  { data, seed, rows, folds, repeats, stream }: Validation,
): Plan {
  const known = selectRows(data, rows);
  const drawn = Array.from({ length: repeats }, (_, repeat) =>
    drawFolds(known, data.users.length, folds, randomStream(seed).split(stream).split(repeat)),
  );
  const parts = drawn.flatMap((of, repeat) =>
    Array.from({ length: folds }, (_, fold) => ({
      repeat,
      fold,
      train: trainingWithout(of, fold).map((i) => rows[i]),
      asked: heldIn(of, fold).map((i) => rows[i]),
    })),
  );
  const jobs = candidates.flatMap((candidate) =>
    parts.map(({ repeat, fold, train, asked }): MethodJob => ({
      ...candidate,
      ...{ effort: "quick", seed, stream: `${stream}/${repeat}/${fold}/${candidate.k}`, train, asked },
    })),
  );
  const collect: Plan["collect"] = (results) =>
    candidates.map((_, c) => {
      const own = parts.map(({ repeat, asked }, i) => ({ repeat, asked, p: results[c * parts.length + i] }));
      return averageSums(
        drawn.map((__, repeat) => {
          const [label, users, weight, nats] = [
            [] as number[],
            [] as number[],
            [] as number[],
            [] as number[],
          ];
          for (const { asked, p } of own.filter((each) => each.repeat === repeat)) {
            const labels = Array.from(asked, (row) => data.label[row]);
            nats.push(...logLikelihoods(p, labels));
            label.push(...labels);
            users.push(...Array.from(asked, (row) => data.user[row]));
            weight.push(...Array.from(asked, (row) => data.weight?.[row] ?? 1));
          }
          return sumByUser(nats, { user: Int32Array.from(users), weight }, data.users.length);
        }),
      );
    });
  return { jobs, collect };
}
