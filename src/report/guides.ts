import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { writeAtomically } from "../files/index.js";
import { address, html } from "./html.js";
import { lessonPage, markdown } from "./markdown.js";
import { page } from "./page.js";

const STYLE = `.table { overflow-x: auto; }
pre { background: var(--tint); padding: 10px 12px; margin: 1em 0; }
@media print { .table { overflow: visible; } pre { white-space: pre-wrap; } }
`;

/** A guide that was written as a page. */
export interface Guide {
  readonly title: string;
  /** Its page, relative to the report's folder, with "/". */
  readonly page: string;
}

/**
 * The guides (`*.md`) of a folder as pages in `docs` below the report's: links to other guides and to lessons lead to their pages, others to the files
 * themselves. A folder that is not there has none.
 */
export async function writeGuides(from: string, folder: string): Promise<readonly Guide[]> {
  const names = (await readdir(from).catch(() => [])).filter((name) => name.endsWith(".md")).sort();
  return Promise.all(
    names.map(async (name): Promise<Guide> => {
      const text = await readFile(join(from, name), "utf8");
      const title = /^# (.*)$/m.exec(text)?.[1] ?? name;
      const way = `docs/${name.replace(/\.md$/, ".html")}`;
      await writeAtomically(join(folder, way), guidePage(title, text, linksFrom(from, join(folder, "docs"))));
      return { title, page: way };
    }),
  );
}

function guidePage(title: string, text: string, linkOf: (href: string) => string): string {
  const links = html`<p class="links"><a href="../index.html">all results</a></p>`;
  return page(title, html`${links} ${markdown(text, { linkOf, hasAnchors: true })} ${links}`, STYLE);
}

/** Where links of a guide lead from its page. */
function linksFrom(guides: string, pages: string): (href: string) => string {
  return (href) => {
    if (/^[a-z]+:|^#/.test(href)) return href;
    if (/^[^/]+\.md(#.*)?$/.test(href)) return href.replace(".md", ".html");
    if (href.startsWith("../notebooks/")) return lessonPage(href);
    const [path, anchor] = href.split("#");
    const way = relative(pages, join(guides, path)).split(sep).join("/");
    return address(way) + (anchor === undefined ? "" : `#${anchor}`);
  };
}
