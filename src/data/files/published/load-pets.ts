import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DataError, messageOf, show } from "../../../core/index.js";
import { ANIMALS, type Animal, type PetSentences } from "../../worlds/index.js";
import { embed, type EmbedOptions } from "../embedding/embed.js";
import { statementsFolder } from "../folders.js";

/**
 * The toolkit's 240 sentences about birds, cats, dogs and rabbits, 60 each (CC0), with sentence embeddings as features.
 * @throws DataError when the file is damaged; as {@link embed}
 */
export async function loadPets(options: EmbedOptions = {}): Promise<PetSentences> {
  const path = join(statementsFolder(), "pets.jsonl");
  const rows = (await readFile(path, "utf8"))
    .trimEnd()
    .split("\n")
    .map((line, i) => petOf(path, line, i + 1));
  const text = rows.map((row) => row.text);
  const features = await embed(text, options);
  return {
    items: {
      ids: rows.map(({ animal }, i) => `${animal} ${Math.floor(i / ANIMALS.length) + 1}`),
      text,
      features,
    },
    animals: rows.map((row) => row.animal),
  };
}

function petOf(
  file: string,
  line: string,
  number: number,
): { readonly animal: Animal; readonly text: string } {
  try {
    const { animal, statement } = JSON.parse(line) as {
      readonly animal?: unknown;
      readonly statement?: unknown;
    };
    const known = ANIMALS.find((name) => name === animal);
    if (known !== undefined && typeof statement === "string") return { animal: known, text: statement };
  } catch (cause) {
    throw new DataError({ file, line: number }, `is not JSON: ${messageOf(cause)}`, { cause });
  }
  throw new DataError({ file, line: number }, `must have a known animal and a statement, got ${show(line)}`);
}
