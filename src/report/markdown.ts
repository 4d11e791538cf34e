import MarkdownIt from "markdown-it";
import { escapeMarkup } from "../figures/text/index.js";
import { Html } from "./html.js";

/**
 * Markdown as markup: HTML in it is shown as text, images are links (a page loads nothing), `$…$` and `$$…$$`
 * stay as they are written, heads of tables say that they head columns, tables and code that are wider than the page scroll, by keyboard too, and links
 * to other notebooks lead to their pages, or where `linkOf` says.
 */
export function markdown(
  text: string,
  { linkOf = lessonPage, hasAnchors = false }: MarkdownOptions = {},
): Html {
  const md = createMarkdown(linkOf);
  if (hasAnchors) md.renderer.rules.heading_open = headingWithAnchor;
  return new Html(md.render(text));
}

/** What pages that are more than a cell may ask for. */
export interface MarkdownOptions {
  readonly linkOf?: (href: string) => string;
  /** Whether headings can be linked to, by the names that GitHub gives them. */
  readonly hasAnchors?: boolean;
}

const headingWithAnchor: NonNullable<MarkdownIt["renderer"]["rules"]["heading_open"]> = (
  ...[tokens, i, options, , self]
) => {
  const name = tokens[i + 1].content.toLowerCase().replace(/[^\p{L}\p{N}_ -]/gu, "");
  tokens[i].attrSet("id", name.replaceAll(" ", "-"));
  return self.renderToken(tokens, i, options);
};

type Rule = Parameters<MarkdownIt["inline"]["ruler"]["before"]>[2];

/**
 * Where a link of a lesson leads from its page: to pages of notebooks and guides, to the list of lessons, and to the explorer, all of which lie in
 * the report's folder.
 */
export function lessonPage(href: string): string {
  if (/^README\.md(#.*)?$/.test(href)) return "../index.html";
  if (/^\.\.\/docs\/[^/?#]+\.md(#.*)?$/.test(href)) return href.replace(".md", ".html");
  if (href.startsWith("../out/")) return href.replace("../out/", "../");
  return /^[^:?#]+\.ipynb(#.*)?$/.test(href) ? href.replace(".ipynb", ".html") : href;
}

function createMarkdown(linkOf: (href: string) => string): MarkdownIt {
  const md = new MarkdownIt({ html: false, linkify: false, typographer: false });
  md.disable("image");
  md.inline.ruler.before("escape", "math", mathRule);
  md.renderer.rules.math = (tokens, i) => {
    const { content, block } = tokens[i];
    const tag = `<span class="math">${escapeMarkup(content.trim())}</span>`;
    return block ? `<span class="math-block">${tag}</span>` : tag;
  };
  md.renderer.rules.table_open = () => `<div class="table" tabindex="0"><table>`;
  md.renderer.rules.table_close = () => "</table></div>";
  for (const name of ["fence", "code_block"] as const) {
    const rule = md.renderer.rules[name];
    md.renderer.rules[name] = (...given) => (rule?.(...given) ?? "").replace(/^<pre/, '<pre tabindex="0"');
  }
  md.renderer.rules.th_open = (...[tokens, i, options, , self]) => {
    tokens[i].attrSet("scope", "col");
    return self.renderToken(tokens, i, options);
  };
  md.renderer.rules.link_open = (...[tokens, i, options, , self]) => {
    tokens[i].attrSet("href", linkOf(tokens[i].attrGet("href") ?? ""));
    return self.renderToken(tokens, i, options);
  };
  return md;
}

const mathRule: Rule = (state, quiet) => {
  const rest = state.src.slice(state.pos);
  const found = /^\$\$([^$]+)\$\$/.exec(rest) ?? /^\$([^\s$](?:[^$\n]*[^\s$\\])?)\$(?!\d)/.exec(rest);
  if (found === null) return false;
  if (!quiet) {
    const token = state.push("math", "", 0);
    token.content = found[1];
    token.block = found[0].startsWith("$$");
  }
  state.pos += found[0].length;
  return true;
};
