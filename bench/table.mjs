const COLUMNS = [
  ["case", ({ id }) => id],
  ["engine", ({ engine }) => engine],
  ["median µs", ({ medianMicroseconds }) => microseconds(medianMicroseconds)],
  ["quartiles µs", ({ spread }) => spread.map(microseconds).join(" – ")],
  ["floor µs", ({ floorMicroseconds }) => microseconds(floorMicroseconds)],
  ["of torch", ({ ratioToTorch }) => (ratioToTorch === null ? "–" : ratioText(ratioToTorch))],
];

/** The rows as a Markdown table that also reads well on a terminal, and a line for each engine that is not among them. */
export function formatTable(rows, missing = []) {
  const reasons = missing.map(({ engine, reason }) => `- ${engine} was not measured: ${reason}`);
  return [table(rows), ...(reasons.length === 0 ? [] : ["", ...reasons])].join("\n");
}

function table(rows) {
  const cells = [COLUMNS.map(([title]) => title), ...rows.map((row) => COLUMNS.map(([, text]) => text(row)))];
  const widths = COLUMNS.map((_, column) => Math.max(...cells.map((line) => line[column].length)));
  const isText = (column) => column < 2;
  const lines = cells.map((line) => {
    const padded = line.map((cell, column) =>
      isText(column) ? cell.padEnd(widths[column]) : cell.padStart(widths[column]),
    );
    return `| ${padded.join(" | ")} |`;
  });
  const rule = widths.map((width, column) =>
    isText(column) ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  return [lines[0], `| ${rule.join(" | ")} |`, ...lines.slice(1)].join("\n");
}

function microseconds(value) {
  return value < 100 ? value.toFixed(1) : value.toFixed(0);
}

function ratioText(ratio) {
  return ratio < 0.5 ? `1 / ${(1 / ratio).toFixed(1)}` : ratio.toFixed(2);
}
