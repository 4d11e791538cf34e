import { checkIsData } from "../../check-data.js";
import { join } from "node:path";
import { checkText, InputError, messageOf } from "../../../core/index.js";
import { writeAtomically } from "../../../files/index.js";
import {
  checkPreferenceData,
  featureDimension,
  type FeatureTable,
  type PreferenceData,
} from "../../preference-data.js";

/**
 * Writes data as a folder that `loadData` reads: comparisons.jsonl, items.jsonl, contexts.jsonl (where there are contexts) and source.json.
 * Features keep their bits; the truth of a simulation is not written.
 * @throws InputError for data with weights, or a folder that cannot be written
 */
export async function writeData(data: PreferenceData, folder: string): Promise<void> {
  checkIsData("writeData: data", data);
  checkText("writeData: folder", folder, "the path of a folder");
  checkPreferenceData("writeData", data);
  if (data.weight !== undefined)
    throw new InputError("writeData: comparisons with weights cannot be written");
  const { users, user, groups, items, left, right, contexts, context, label, source } = data;
  const rows = Array.from(label, (value, row) =>
    JSON.stringify({
      user: users[user[row]],
      ...(groups === undefined ? {} : { group: groups[user[row]] }),
      ...(context === undefined ? {} : { context: contexts?.ids[context[row]] }),
      left: items.ids[left[row]],
      right: items.ids[right[row]],
      label: value,
    }),
  );
  const { name, license, url } = source;
  const { subject } = data;
  const files: [string, string][] = [
    ["items.jsonl", linesOf(items)],
    ...(contexts === undefined ? [] : [["contexts.jsonl", linesOf(contexts)] as [string, string]]),
    ["source.json", `${JSON.stringify({ name, license, url, subject })}\n`],
    ["comparisons.jsonl", `${rows.join("\n")}\n`],
  ];
  for (const [file, text] of files) {
    await writeAtomically(join(folder, file), text).catch((cause: unknown) => {
      throw new InputError(`cannot write ${join(folder, file)} (${messageOf(cause)})`, { cause });
    });
  }
}

function linesOf(table: FeatureTable): string {
  const { ids, text, features } = table;
  const width = featureDimension(table);
  const lines = ids.map((id, row) =>
    JSON.stringify({
      id,
      ...(text === undefined ? {} : { text: text[row] }),
      // nine digits tell every float32
      ...(features === undefined
        ? {}
        : {
            features: Array.from(features.subarray(row * width, (row + 1) * width), (value) =>
              Number(value.toPrecision(9)),
            ),
          }),
    }),
  );
  return `${lines.join("\n")}\n`;
}
