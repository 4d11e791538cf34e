import type { Cell, Table } from "../table.js";

const COLUMNS = ["annotator", "instruction", "model", "response", "overall_score"] as const;

/**
 * UltraFeedback's rows, an instruction with the completions of several models, as a table with a row for each completion, all rated by one
 * annotator. Any other table is given back as it is.
 */
export function unfolded(table: Table): Table {
  const [instruction, completions] = ["instruction", "completions"].map((name) =>
    table.columns.indexOf(name),
  );
  if (instruction < 0 || completions < 0) return table;
  const rows: { readonly row: number; readonly one: object }[] = [];
  for (let row = 0; row < table.rows; row++) {
    const cell = table.cell(row, completions);
    if (!Array.isArray(cell)) return table;
    for (const one of cell as readonly unknown[]) {
      if (typeof one !== "object" || one === null) return table;
      rows.push({ row, one });
    }
  }
  const user = table.columns.findIndex((name) => ["user", "annotator"].includes(name));
  const of = (one: object, ...names: readonly string[]): Cell => {
    const values = names.map((name) => (one as { readonly [name: string]: Cell | undefined })[name] ?? null);
    return values.find((value) => value !== null) ?? null;
  };
  const cell = (row: number, column: number): Cell => {
    const { row: from, one } = rows[row];
    switch (COLUMNS[column]) {
      case "annotator":
        return user < 0 ? "annotator" : table.cell(from, user);
      case "instruction":
        return table.cell(from, instruction);
      case "overall_score":
        return of(one, "overall_score", "fine-grained_score", "score");
      case "model":
        return of(one, "model", "model_name");
      case "response":
        return of(one, "response", "text");
    }
  };
  return {
    ...table,
    columns: COLUMNS,
    rows: rows.length,
    rowsOfFile: table.rows,
    cell,
    line: (row) => table.line(rows[row].row),
    notes: [
      ...(table.notes ?? []),
      `the ${rows.length} completions of ${table.rows} instructions are read one by one${user < 0 ? "; no column says who rated them: one annotator" : ""}`,
    ],
  };
}
