/** What is written beside a figure's picture: its numbers as a table, how it is cited, texts that are no markup. A browser runs it. */
export { DARK_PICTURE } from "./dark-picture.js";
export { figureTable, plain } from "./figure-table.js";
export type { KeyNumbers } from "./key-numbers.js";
export { escapeMarkup, scriptJson, scriptSource } from "./markup.js";
export { citationOf, madeWith } from "./provenance.js";
