/**
 * Style of pages in the dark look: what has the class `drawn` is turned round in lightness and keeps its hue, so that its white ground is the
 * page's (#171717), its ink light, and blue stays blue. Files, copies and prints stay as they are. A colour of the theme that has 3 : 1 on white
 * has it there, too, and one that has less has no less.
 */
export const DARK_PICTURE = `@media screen and (prefers-color-scheme: dark) { .drawn { filter: invert(0.91) hue-rotate(180deg); } }`;
