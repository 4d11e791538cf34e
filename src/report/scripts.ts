import { sha256 } from "../core/index.js";
import { MOVING_SCRIPT } from "../figures/moving/index.js";
import { COPY_SOURCE } from "./copies.js";
import { Html } from "./html.js";
import { MISSING_SOURCE } from "./missing-files.js";

/** The script of every page, and those of pages that have what they are for: {@link SCRIPT_POLICY} lets them run, and no other. */
const SCRIPTS: readonly (readonly [source: string, isNeeded: (markup: string) => boolean])[] = [
  [COPY_SOURCE, () => true],
  [MISSING_SOURCE, (markup) => /<img[^>]* src="(?!data:)/.test(markup)],
  [MOVING_SCRIPT, (markup) => markup.includes('class="pal-moving"')],
];

/** The scripts that a page needs, as elements. */
export function pageScripts({ markup }: Html): Html {
  const needed = SCRIPTS.filter(([, isNeeded]) => isNeeded(markup));
  return new Html(needed.map(([source]) => `<script>${source}</script>`).join("\n"));
}

/** The sources of scripts that our pages allow: these, by their hashes. */
export const SCRIPT_POLICY: string = SCRIPTS.map(([source]) => sourceOf(source)).join(" ");

function sourceOf(script: string): string {
  const digest = Uint8Array.from(sha256(script).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return `'sha256-${btoa(String.fromCharCode(...digest))}'`;
}
