import { DARK_PICTURE } from "../figures/text/index.js";
import { COPY_STYLE } from "./copies.js";
import { Html, html } from "./html.js";
import { pageScripts, SCRIPT_POLICY } from "./scripts.js";

const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #fff; --ink: #222; --quiet: #595959; --line: #ddd; --tint: #f4f4f4; --link: #00568a; --bad: #a40000;
  --alert: #fdf3f3; --good: #00664a;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #16181b; --ink: #e6e6e6; --quiet: #a8adb3; --line: #3a3f45; --tint: #24282d; --link: #7cc0ee; --bad: #ff9d94;
    --alert: #3a1f1d; --good: #6fd3ae;
  }
}
body { margin: 0; background: var(--ground); color: var(--ink); font: 17px/1.55 Arimo, Arial, Helvetica, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 24px 20px 64px; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0.4em 0; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 2.2em 0 0.5em; }
h3 { font-size: 1.05rem; margin: 1.4em 0 0.4em; }
p, ul, ol, dl, blockquote { max-width: 72ch; }
p, li, figcaption, td, th, dd { overflow-wrap: anywhere; }
th { overflow-wrap: normal; }
a { color: var(--link); }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 0.92rem; }
th, td { text-align: left; padding: 5px 14px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 700; }
.scroll { overflow-x: auto; }
.scroll td { overflow-wrap: normal; }
.scroll table { white-space: nowrap; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 1em 0; }
.facts dt { color: var(--quiet); }
.facts dd { margin: 0; }
.bad { color: var(--bad); font-weight: 700; }
.good { color: var(--good); }
.notice { border-left: 4px solid var(--bad); background: var(--alert); padding: 10px 14px; margin: 1em 0; }
.note { color: var(--quiet); font-size: 0.88rem; }
figure { margin: 0; }
.lead { font-size: 1.12rem; }
.findings li { margin: 0.5em 0; padding-left: 0.3em; }
.more > summary { color: var(--link); }
figcaption { max-width: 80ch; margin: 8px 0; }
img { max-width: 100%; height: auto; background: #fff; }
nav ul, .links { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 0.5em 0; }
details { margin: 0.6em 0; }
summary { cursor: pointer; }
pre { overflow-x: auto; font: 14px/1.45 "DejaVu Sans Mono", Menlo, Consolas, monospace; margin: 0; }
code, .math { font: 0.9em "DejaVu Sans Mono", Menlo, Consolas, monospace; background: var(--tint); padding: 0 3px; }
pre code { font: inherit; background: none; padding: 0; }
section { border-top: 1px solid var(--line); }
article { margin: 0 0 2em; }
/* the picture says its title; the heading stays for whoever hears the page, and where the picture is small */
@media (min-width: 601px) {
  h3.said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); margin: 0; }
}
@media print {
  main { max-width: none; padding: 0; }
  .scroll { overflow: visible; }
  .scroll table { white-space: normal; table-layout: fixed; width: 100%; font-size: 0.7rem; }
  .scroll th, .scroll td { overflow-wrap: anywhere; padding: 2px 3px; }
  pre { white-space: pre-wrap; }
  figure, tr { break-inside: avoid; }
}
@media (max-width: 600px) {
  body { font-size: 16px; }
  main { padding: 12px 14px 48px; }
  h1 { font-size: 1.5rem; }
  .scroll table { white-space: normal; }
}
${COPY_STYLE}${DARK_PICTURE}
`;

/** No script can run but ours, known by their hashes, whatever a text holds; nothing is sent or loaded. */
const POLICY = `script-src ${SCRIPT_POLICY}; object-src 'none'; base-uri 'none'; form-action 'none'; connect-src 'none'`;

/** A whole page. @param style goes after the common style; ours, never data @param isStill leaves out the scripts: for frames in which nothing may run */
export function page(title: string, body: Html, style = "", isStill = false): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <title>${title}</title>
        <style>
          ${new Html(STYLE + style)}
        </style>
      </head>
      <body>
        <main>${body}</main>
        ${isStill ? undefined : pageScripts(body)}
      </body>
    </html> `.markup;
}
