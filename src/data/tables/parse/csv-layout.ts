import Papa from "papaparse";

/** Between the fields of a line. */
const DELIMITERS = [",", "\t", ";", "|"] as const;

/** So many lines are looked at to tell the delimiter. */
const LOOKED_AT = 200;

type Fields = readonly string[];

/** Whether no field of a record has a visible character. */
export function isEmptyRecord(fields: Fields): boolean {
  return fields.every((field) => field.trim() === "");
}

/**
 * The delimiter that makes the most of the first lines equally long, of several the one with more fields: a header whose names hold commas, or
 * numbers with a decimal comma, do not decide alone.
 */
export function delimiterOf(text: string): string {
  let best: { readonly delimiter: string; readonly agree: number; readonly fields: number } = {
    delimiter: DELIMITERS[0],
    agree: 0,
    fields: 1,
  };
  for (const delimiter of DELIMITERS) {
    const { data } = Papa.parse<string[]>(text, { delimiter, newline: "\n", preview: LOOKED_AT });
    const { fields, agree } = usualLength(data.filter((record) => !isEmptyRecord(record)));
    if (agree > best.agree || (agree === best.agree && fields > best.fields))
      best = { delimiter, agree, fields };
  }
  return best.delimiter;
}

/** The most frequent number of fields above 1 (of several the first that occurs), and how many records have it. */
function usualLength(records: readonly Fields[]): { readonly fields: number; readonly agree: number } {
  const counts = new Map<number, number>();
  for (const { length } of records) if (length > 1) counts.set(length, (counts.get(length) ?? 0) + 1);
  let [fields, agree] = [1, 0];
  for (const [length, count] of counts) if (count > agree) [fields, agree] = [length, count];
  return { fields, agree };
}

/** Which record names the columns: the first, or below lines of plain text the first with as many fields as the rows have. */
export function headerOf(records: readonly Fields[]): number {
  const { fields, agree } = usualLength(records);
  if (agree < 2) return 0;
  const at = records.findIndex((record) => record.length === fields);
  const isText = (record: Fields): boolean => isEmptyRecord(record.slice(1));
  return records.slice(0, at).every(isText) ? at : 0;
}

/** Whether the two rows below the header are Qualtrics's: the questions' texts, and {"ImportId": …}. */
export function isSurveyTool(rows: readonly Fields[]): boolean {
  return rows.length === 2 && rows[1].every((field) => /^\{\s*"ImportId"\s*:/.test(field.trim()));
}
