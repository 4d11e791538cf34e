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
 * Features and weights keep their bits; the truth of a simulation is not written.
 * @throws InputError for comparisons made of rankings, ratings or choices, or a folder that cannot be written
 */
export async function writeData(data: PreferenceData, folder: string): Promise<void> {
  checkIsData("writeData: data", data);
  checkText("writeData: folder", folder, "the path of a folder");
  checkPreferenceData("writeData", data);
  if (data.judgement !== undefined)
    throw new InputError(
      `writeData: comparisons made of ${data.judged ?? "judgements"} cannot be written, as they would look independent of each other; keep the table that they were read from`,
    );
  const { users, user, groups, items, left, right, contexts, context, label, weight, source } = data;
  const rows = Array.from(label, (value, row) =>
    JSON.stringify({
      user: users[user[row]],
      ...(groups === undefined ? {} : { group: groups[user[row]] }),
      ...(context === undefined ? {} : { context: contexts?.ids[context[row]] }),
      left: items.ids[left[row]],
      right: items.ids[right[row]],
      label: value,
      ...(weight === undefined ? {} : { weight: Number(weight[row].toPrecision(9)) }),
    }),
  );
  const { name, license, url } = source;
  const { subject } = data;
  const files: [string, string][] = [
    ["items.jsonl", linesOf(items)],
    ...(contexts === undefined ? [] : [["contexts.jsonl", linesOf(contexts)] as [string, string]]),
    [
      "source.json",
      `${JSON.stringify({ name, license, url, subject, ...(weight === undefined ? {} : { weight: "weight" }) })}\n`,
    ],
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
