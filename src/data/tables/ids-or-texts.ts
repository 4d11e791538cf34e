import { list } from "../../core/index.js";
import type { FeatureTable } from "../preference-data.js";

/** A label has at most so many characters and words; what is longer is a text. */
const LONGEST = { characters: 60, words: 6 };
/** A label is used so often on average, at least. */
const LEAST_USED = 2;

/** Items, and in words whether they are ids or texts, and why. */
export interface NamedItems {
  readonly items: FeatureTable;
  readonly notes: readonly string[];
}

/**
 * Items from what stands in their columns. Texts can be embedded, ids are learned: with a space in one of them they are texts, but short labels
 * that repeat ("Carbon tax") are ids.
 * @param uses how often all together stand in the table
 * @param texts what the caller says they are
 */
export function idsOrTexts(ids: readonly string[], uses: number, texts: boolean | undefined): NamedItems {
  if (texts !== undefined) return { items: texts ? { ids, text: ids } : { ids }, notes: [] };
  const spaced = ids.filter((id) => /\s/.test(id));
  if (spaced.length === 0) return { items: { ids }, notes: [] };
  const isLabel = (id: string): boolean =>
    id.length <= LONGEST.characters && id.split(/\s+/).length <= LONGEST.words;
  const each = (uses / ids.length).toFixed(1);
  if (ids.every(isLabel) && uses >= LEAST_USED * ids.length)
    return {
      items: { ids },
      notes: [
        `items such as ${list(spaced.slice(0, 2))} are ids, as they are short labels that repeat (${each} times on average); --texts (texts: true) makes them texts`,
      ],
    };
  return {
    items: { ids, text: ids },
    notes: [
      `items are texts, as they hold spaces and are long or hardly repeat (${each} times on average); --ids (texts: false) makes them ids`,
    ],
  };
}
