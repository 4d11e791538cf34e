import type { Buffer } from "./buffer.js";
import { compile, type Beside, type Program, type Target } from "./compile.js";
import type { Node } from "./node.js";
import { differenceOfLayers, quadraticForm, type Alternative } from "./rewrites/index.js";

/** A compiled graph; where it has an alternative, that runs instead in steps in which `when` holds. */
export interface Plan extends Program {
  readonly alternative?: Program & { readonly when: Alternative["when"] };
}

/**
 * Compiles the scores of a batch, rewritten to need less work.
 * @param penalty what is added to the loss of each comparison
 */
export function planScores(score: Node, to: Target, penalty?: Beside): Plan {
  const rewritten = quadraticForm(score);
  const alternative = differenceOfLayers(rewritten);
  const plan = compile(rewritten, to, penalty);
  if (alternative === undefined) return plan;
  const other = compile(alternative.score, to, penalty);
  return { ...clearing(plan, other), alternative: { ...clearing(other, plan), when: alternative.when } };
}

/** `program`, which also zeroes the trained sources' gradients that only the other one writes: they hold those of an earlier step. */
function clearing(program: Program, other: Program): Program {
  const own = new Set(gradients(program).map(({ name }) => name));
  const left = new Map(
    gradients(other)
      .filter(({ name }) => !own.has(name))
      .map((buffer) => [buffer.name, buffer]),
  );
  const zero = [...left.values()].map((buffer) => {
    return { name: "zero", rows: [1], at: [buffer], numbers: [buffer.size] } as const;
  });
  return { ...program, backward: [...zero, ...program.backward] };
}

function gradients({ backward }: Program): Buffer[] {
  return backward.flatMap(({ at }) => at.filter(({ name, fixed }) => fixed && name.startsWith("gradient ")));
}
