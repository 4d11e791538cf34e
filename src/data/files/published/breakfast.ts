import { DataError } from "../../../core/index.js";

/** The items of Green and Rao (1972), in the order of their numbers. */
const ITEMS = [
  ...["toast pop-up", "buttered toast", "English muffin and margarine", "jelly donut", "cinnamon toast"],
  ...["blueberry muffin and margarine", "hard rolls and butter", "toast and marmalade"],
  ...["buttered toast and jelly", "toast and margarine", "cinnamon bun", "Danish pastry", "glazed donut"],
  ...["coffee cake", "corn muffin and butter"],
];

/**
 * The breakfast data as PrefLib publishes them (a line of files, a line of occasions, a line a respondent: an order of item numbers for each
 * occasion, all separated by semicolons) as a table: respondent, occasion, item, rank, with CRLF.
 * @throws DataError for a line with another number of orders, or an order that is none of all items
 */
export function breakfastTable(file: string, text: string): string {
  const [, header, ...rows] = text.trimEnd().split(/\r?\n/);
  const occasions = (header ?? "").split(";").map((name) => name.charAt(0).toLowerCase() + name.slice(1));
  const lines = rows.flatMap((row, r) => {
    const orders = row.split(";");
    if (orders.length !== occasions.length)
      throw new DataError(
        { file, line: r + 3 },
        `has ${orders.length} orders, but there are ${occasions.length} occasions`,
      );
    return orders.flatMap((order, o) => {
      const items = order.split(",").map((number) => ITEMS[Number(number) - 1]);
      if (new Set(items).size !== ITEMS.length || items.includes(undefined as never))
        throw new DataError({ file, line: r + 3 }, `order ${o + 1} is not one of all ${ITEMS.length} items`);
      return items.map((item, i) => `r${r + 1},${quoted(occasions[o])},${item},${i + 1}`);
    });
  });
  return `${["respondent,occasion,item,rank", ...lines].join("\r\n")}\r\n`;
}

function quoted(text: string): string {
  return text.includes(",") ? `"${text}"` : text;
}
