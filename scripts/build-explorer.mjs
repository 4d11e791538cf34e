// The explorer: one HTML file with everything inside. esbuild twice, the worker as text, then the page; scripts run by their hashes alone.
// node scripts/build-explorer.mjs [FILE]    (default dist/explorer.html; scripts/build.mjs calls it)
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const explorer = join(root, "src", "explorer");

/** Other engines are loaded on demand by who names them: the page never does. */
const withoutOthers = {
  name: "no other engine",
  setup(builder) {
    builder.onResolve({ filter: /\/tfjs\/index\.js$/ }, ({ path }) => ({ path, namespace: "left-out" }));
    builder.onLoad({ filter: /.*/, namespace: "left-out" }, () => ({ contents: "export {};" }));
  },
};

/** Builds the page and writes it. @returns its size in bytes */
export async function buildExplorer(file) {
  const worker = await bundled("worker/worker.ts");
  const page = await bundled("page/main.ts");
  const style = ["explorer.css", "panels.css"]
    .map((name) => readFileSync(join(explorer, "page", name), "utf8"))
    .join("");
  const plotly = readFileSync(join(root, "node_modules", "plotly.js", "plotly.min.js"), "utf8");
  const html = document({ worker, page, style, plotly });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, html);
  return Buffer.byteLength(html);
}

/** A text that the page keeps packed, and unpacks when it runs it: gzip, in base64. */
function packed(text) {
  return gzipSync(text, { level: 9 }).toString("base64");
}

async function bundled(entry) {
  const { outputFiles } = await build({
    entryPoints: [join(explorer, entry)],
    ...{ bundle: true, write: false, minify: true, legalComments: "none", logLevel: "error" },
    ...{ platform: "browser", format: "iife", target: "es2022", charset: "ascii" },
    plugins: [withoutOthers],
  });
  const { text } = outputFiles[0];
  // what would end a script element, or hide its end
  if (/<\/script|<!--/i.test(text)) throw new Error(`${entry}: the bundle holds "</script" or "<!--"`);
  return text;
}

function document({ worker, page, style, plotly }) {
  const hashes = [worker, plotly, page].map(
    (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`,
  );
  const policy = [
    "default-src 'none'",
    "connect-src 'none'",
    `script-src ${hashes.join(" ")} 'wasm-unsafe-eval'`,
    "worker-src blob: data:",
    "style-src 'unsafe-inline'",
    "img-src data: blob:",
    "frame-src blob: data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>pal-lab explorer</title>
<style>
${style}</style>
</head>
<body>
<pal-explorer></pal-explorer>
<noscript><p>This page computes in your browser, and needs JavaScript for it.</p></noscript>
<script type="text/plain" id="pal-worker">${packed(worker)}</script>
<script type="text/plain" id="pal-plotly">${packed(plotly)}</script>
<script>${page}</script>
</body>
</html>
`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const file = resolve(process.argv[2] ?? join(root, "dist", "explorer.html"));
  const bytes = await buildExplorer(file);
  console.log(`${file}: ${Math.round(bytes / 1000)} kB`);
}
