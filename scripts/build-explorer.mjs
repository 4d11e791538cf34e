// The explorer's page without Plotly: esbuild twice, the worker as text, then the page; scripts run by their hashes alone. `pal-lab explorer` puts
// the installed Plotly and its hash where {{plotly}} and {{plotly-hash}} stand: the package would otherwise hold it once more.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
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

/** Builds the page and writes it. @returns the files that went into it */
export async function buildExplorer(file) {
  const worker = await bundled("worker/worker.ts");
  const page = await bundled("page/main.ts");
  const style = ["explorer.css", "panels.css"]
    .map((name) => readFileSync(join(explorer, "page", name), "utf8"))
    .join("");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, document({ worker: worker.text, page: page.text, style }));
  return [...worker.inputs, ...page.inputs];
}

/** A text that the page keeps packed, and unpacks when it runs it: gzip, in base64. */
function packed(text) {
  return gzipSync(text, { level: 9 }).toString("base64");
}

async function bundled(entry) {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(explorer, entry)],
    ...{ bundle: true, write: false, metafile: true, minify: true, legalComments: "none", logLevel: "error" },
    ...{ platform: "browser", format: "iife", target: "es2022", charset: "ascii" },
    plugins: [withoutOthers],
  });
  const { text } = outputFiles[0];
  // what would end a script element, or hide its end
  if (/<\/script|<!--/i.test(text)) throw new Error(`${entry}: the bundle holds "</script" or "<!--"`);
  return { text, inputs: Object.keys(metafile.inputs) };
}

function document({ worker, page, style }) {
  const hashOf = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const hashes = [hashOf(worker), "{{plotly-hash}}", hashOf(page)];
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
<script type="text/plain" id="pal-plotly">{{plotly}}</script>
<script>${page}</script>
</body>
</html>
`;
}
