import { checkArray, checkInteger, checkNumbers, InputError } from "../../core/index.js";
import type { FeatureTable } from "../preference-data.js";

/**
 * Snippets of states as items: the features of one are those of its states, one behind the other. Their numbers in order are their ids.
 * @param snippets row-major [states, d] each
 * @throws InputError for snippets of different lengths, or that are no rows of so many states
 */
export function snippetItems(snippets: readonly ArrayLike<number>[], states: number): FeatureTable {
  checkArray("snippetItems: snippets", snippets, "a list of snippets");
  checkInteger("snippetItems: states", states, { min: 1 });
  if (snippets.length === 0) throw new InputError("snippetItems: needs at least one snippet, got none");
  const size = snippets[0].length;
  if (size === 0 || size % states !== 0)
    throw new InputError(
      `snippetItems: a snippet must have as many numbers for each of its ${states} states, got ${size} in all`,
    );
  const features = new Float32Array(snippets.length * size);
  snippets.forEach((snippet, i) => {
    checkNumbers(`snippetItems: snippet ${i}`, snippet);
    if (snippet.length !== size)
      throw new InputError(
        `snippetItems: every snippet must have as many numbers as the first, ${size}, got ${snippet.length} in snippet ${i}`,
      );
    features.set(snippet, i * size);
  });
  return { ids: snippets.map((_, i) => `snippet-${i}`), features };
}
