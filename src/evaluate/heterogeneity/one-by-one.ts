/** The results of jobs, each begun when the one before has ended. */
export async function oneByOne<Job, Result>(
  jobs: readonly Job[],
  run: (job: Job) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const job of jobs) results.push(await run(job));
  return results;
}
