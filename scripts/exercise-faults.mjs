// What is wrong with the exercises of an executed lesson: nobody has touched them, so none may be right; solutions must be. A learner's copy has none.
import { readFileSync } from "node:fs";

/** @param path of an executed notebook @param isLearners whether it is a copy without solutions */
export function exerciseFaults(path, isLearners = false) {
  const { cells } = JSON.parse(readFileSync(path, "utf8"));
  const of = (tag) =>
    cells.filter((cell) => cell.cell_type === "code" && (cell.metadata.tags ?? []).includes(tag));
  const found = {
    exercise: of("exercise").flatMap(verdictsOf),
    solution: of("solution").flatMap(verdictsOf),
  };
  const faults = [];
  if (found.exercise.length === 0) faults.push("no exercise was checked");
  if (found.exercise.some(({ verdict }) => verdict === "right"))
    faults.push("an untouched exercise is right");
  if (isLearners) {
    if (of("solution").length > 0) faults.push("a learner's copy has a solution");
  } else {
    const wrong = found.solution.filter(({ verdict }) => verdict !== "right");
    faults.push(...wrong.map(({ says }) => `a solution is not right: ${says}`));
    if (found.solution.length !== found.exercise.length)
      faults.push(`${found.exercise.length} exercises were checked, and ${found.solution.length} solutions`);
  }
  return { faults: faults.map((fault) => `${path}: ${fault}`), exercises: found.exercise.length };
}

/** What `lab.exercise` said below a cell. */
function verdictsOf({ outputs }) {
  return outputs.flatMap(({ data = {}, metadata = {} }) => {
    const verdict = metadata["text/html"]?.exercise;
    return verdict === undefined ? [] : [{ verdict, says: [data["text/plain"]].flat().join("") }];
  });
}
