import {
  fixed,
  type EvidenceInputs,
  type Extent,
  type Node,
  type Ops,
  type Place,
} from "../../../graph/index.js";
import type { FoundStates } from "../../../families/index.js";
import type { LoadedPairs } from "../loaded-data.js";
import { gathered, sourceNode, tableNode } from "./pair-inputs.js";

/** Row counts of the answers that states are found from. */
export interface EvidenceExtents {
  /** States that are found at once. */
  readonly users: Extent;
  /** Answers of all of them. */
  readonly answers: Extent;
}

/** The answers as a graph sees them: names of what a feed fills. */
export function evidenceInputs(
  ops: Ops<Node, Place>,
  pairs: LoadedPairs,
  { users, answers }: EvidenceExtents,
  found: FoundStates,
): EvidenceInputs<Node, Place> {
  const place = (name: string): Place => ({
    buffer: fixed(`evidence.${name}`, answers.capacity),
    rows: answers,
  });
  const side = (name: string): EvidenceInputs<Node, Place>["chosen"] => {
    const rows = place(name);
    return { features: gathered(ops, tableNode("items.table", pairs.items), rows), rows };
  };
  const asked = place("contexts");
  return {
    chosen: side("chosen"),
    rejected: side("rejected"),
    contexts:
      pairs.contexts === undefined
        ? undefined
        : { features: gathered(ops, tableNode("contexts.table", pairs.contexts), asked), rows: asked },
    of: place("of"),
    flat: flatNode(pairs, users, found),
    from: { buffer: fixed("evidence.from", users.capacity + 1), rows: users },
  };
}

/** Numbers of an answer in a row of answers one behind the other; 0 where a table has no features. */
export function flatWidth({ items, contexts }: LoadedPairs): number {
  if (items.columns === 0 || contexts?.columns === 0) return 0;
  return 2 * items.columns + (contexts?.columns ?? 0) + 1;
}

function flatNode(pairs: LoadedPairs, users: Extent, { isOrdered, context }: FoundStates): Node | undefined {
  const columns = context * flatWidth(pairs);
  if (isOrdered !== true || columns === 0) return undefined;
  return sourceNode(fixed("evidence.flat", users.capacity * columns), users, columns);
}
