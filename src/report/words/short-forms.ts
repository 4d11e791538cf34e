/** A number with its sign, a true minus. */
export function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return Number(text) === 0 ? text : value < 0 ? `−${text}` : `+${text}`;
}

/** How many answers, and, where they were made of something, of how many of what: "1050 comparisons of 10 rankings". */
export function amount(
  answers: number,
  judged: { readonly of: string; readonly count: number } | undefined,
  which = "",
): string {
  if (judged === undefined) return `${grouped(answers)} ${which}${answers === 1 ? "answer" : "answers"}`;
  const of = judged.count === 1 ? judged.of.replace(/s$/, "") : judged.of;
  return `${grouped(answers)} ${which}${answers === 1 ? "comparison" : "comparisons"} of ${grouped(judged.count)} ${of}`;
}

/** A count; one of five digits or more in groups of three, by spaces that do not break. */
export function grouped(count: number): string {
  return count < 10_000 ? String(count) : String(count).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/** A fraction (0-1) as a percentage, with a decimal where it is near an end. */
export function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(fraction > 0.1 && fraction < 0.995 ? 0 : 1)} %`;
}

/** A text on one line, what is beyond `most` letters left out and marked. */
export function short(text: string, most = 160): string {
  const letters = [...text.replace(/\s+/g, " ")];
  return letters.length > most ? `${letters.slice(0, most - 3).join("")}…` : letters.join("");
}

/** A basis in words. */
export function basisWords(basis: string): string {
  const [kind, components] = basis.split("-");
  const of = components === undefined ? "" : ` (${components} principal components)`;
  switch (kind) {
    case "ids":
      return "ids alone";
    case "features":
      return `items' features${of}`;
    case "quadratic":
      return `items' features with squares and products${of}`;
    case "interactions":
      return `features of items and contexts together${of}`;
    default:
      return basis;
  }
}
