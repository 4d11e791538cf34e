import { escapeMarkup } from "../figures/text/index.js";

/** Markup that is ready; every other value put into {@link html} is escaped. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

/** What can stand in a `${…}` of {@link html}. */
export type HtmlPart = Html | string | number | undefined | false | readonly HtmlPart[];

/** Markup from a template: texts and numbers are escaped, {@link Html} and lists of it are taken over. */
export function html(template: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  return new Html(template.map((text, i) => text + (i < parts.length ? written(parts[i]) : "")).join(""));
}

/** A path below the page's own folder as an address: "/" between names, what is special in addresses escaped. */
export function address(relativePath: string): string {
  return relativePath.split(/[\\/]/).map(encodeURIComponent).join("/");
}

function written(part: HtmlPart): string {
  if (part instanceof Html) return part.markup;
  if (part === undefined || part === false) return "";
  if (typeof part === "string" || typeof part === "number") return escapeMarkup(String(part));
  return part.map(written).join("");
}
