import { sha256 } from "../core/index.js";
import { MOVING_SCRIPT } from "../figures/moving/index.js";
import { COPY_SOURCE } from "./copies.js";
import { Html } from "./html.js";
import { MISSING_SOURCE } from "./missing-files.js";

/** The scripts of every page, and that of pages with moving pictures: {@link SCRIPT_POLICY} lets them run, and no other. */
const COMMON = [COPY_SOURCE, MISSING_SOURCE];

/** The scripts that a page needs, as elements. */
export function pageScripts(body: Html): Html {
  const sources = body.markup.includes('class="pal-moving"') ? [...COMMON, MOVING_SCRIPT] : COMMON;
  return new Html(sources.map((source) => `<script>${source}</script>`).join("\n"));
}

/** The sources of scripts that our pages allow: these, by their hashes. */
export const SCRIPT_POLICY: string = [...COMMON, MOVING_SCRIPT].map(sourceOf).join(" ");

function sourceOf(script: string): string {
  const digest = Uint8Array.from(sha256(script).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return `'sha256-${btoa(String.fromCharCode(...digest))}'`;
}
