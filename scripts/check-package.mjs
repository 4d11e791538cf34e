// Packs the project, installs it in an empty folder, imports from it, runs a notebook there, and writes the explorer.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What an install may take; a larger package fails. */
const MOST_MB = { packed: 3, unpacked: 8 };
const folder = mkdtempSync(join(tmpdir(), "pal-lab-package-"));
const run = (command, args, options = {}) => {
  return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], ...options });
};
try {
  const [{ filename, size, unpackedSize }] = JSON.parse(
    run("npm", ["pack", "--json", "--loglevel=error", "--pack-destination", folder]),
  );
  const megabytes = (bytes) => (bytes / 1e6).toFixed(2);
  console.log(
    `package: ${megabytes(size)} MB packed (at most ${MOST_MB.packed}), ${megabytes(unpackedSize)} MB unpacked (at most ${MOST_MB.unpacked})`,
  );
  if (size > MOST_MB.packed * 1e6 || unpackedSize > MOST_MB.unpacked * 1e6)
    throw new Error("the package is larger than that: npm pack --dry-run lists its files");
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "empty", private: true }));
  run(
    "npm",
    ["install", "--no-audit", "--no-fund", "--loglevel=error", "--prefer-offline", `./${filename}`],
    { cwd: folder },
  );
  const program =
    'import { VERSION, loadEngine } from "pal-lab"; console.log(VERSION, (await loadEngine()).name);';
  console.log(
    "import:",
    run(process.execPath, ["--input-type=module", "-e", program], { cwd: folder }).trim(),
  );
  writeFileSync(join(folder, "hello.ipynb"), JSON.stringify(hello()));
  run("npx", ["pal-lab", "notebook", "run", "hello.ipynb"], { cwd: folder });
  const [cell] = JSON.parse(readFileSync(join(folder, "hello.ipynb"), "utf8")).cells;
  const printed = cell.outputs.flatMap((output) => output.text ?? []).join("");
  if (!printed.includes("20 users")) throw new Error(`the notebook printed ${JSON.stringify(printed)}`);
  console.log("notebook:", printed.trim());
  run("npx", ["pal-lab", "explorer", "--out", "explorer.html"], { cwd: folder });
  const page = readFileSync(join(folder, "explorer.html"), "utf8");
  if (!page.includes("<pal-explorer>")) throw new Error("the explorer's page is not in the package");
  if (page.includes("{{plotly")) throw new Error("the explorer's page has no Plotly in it");
  console.log(`explorer: ${Math.round(page.length / 1000)} kB`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function hello() {
  const source = [
    'import { simulateIdealPoints } from "pal-lab";\n',
    "const data = simulateIdealPoints({\n",
    '  dimension: 2, prototypes: 2, users: 20, comparisonsPerUser: 5, setting: "mixture", seed: 1,\n',
    "});\n",
    "console.log(`${data.users.length} users`);",
  ];
  const cell = { cell_type: "code", id: "hello", metadata: {}, execution_count: null, outputs: [], source };
  const kernelspec = { display_name: "TypeScript", language: "typescript", name: "tslab" };
  return {
    cells: [cell],
    metadata: { kernelspec, language_info: { name: "typescript" } },
    nbformat: 4,
    nbformat_minor: 5,
  };
}
