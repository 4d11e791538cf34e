// Guides are held to the code: links and anchors lead somewhere, blocks of TypeScript are type-checked and run, and the names, messages and lessons that
// they speak of are there.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import MarkdownIt from "markdown-it";
import ts from "typescript";
import { docExamples, exampleValues } from "./doc-examples.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const guides = ["README.md", "CONTRIBUTING.md", "data/README.md", "bench/README.md"].concat(
  readdirSync(join(root, "docs")).flatMap((name) => (name.endsWith(".md") ? [`docs/${name}`] : [])),
);
const texts = new Map(guides.map((path) => [path, readFileSync(join(root, path), "utf8")]));
const tokensOf = (text) => new MarkdownIt().parse(text, {});
const faults = [];

checkLinks();
checkLessons();
await checkNames();
checkMessages();
await checkBlocks();
if (faults.length > 0) {
  console.error(faults.map((fault) => `check-docs: ${fault}`).join("\n"));
  process.exit(1);
}

function checkLinks() {
  let count = 0;
  for (const [path, text] of texts)
    for (const href of hrefsOf(text)) {
      if (/^[a-z]+:/.test(href)) continue;
      count++;
      const [file, anchor] = href.split("#");
      const target = file === "" ? path : relative(root, join(root, dirname(path), decodeURI(file)));
      const found = texts.get(target) ?? readIfThere(target);
      if (found === undefined) faults.push(`${path}: ${href} leads nowhere`);
      else if (anchor !== undefined && !anchorsOf(found).includes(anchor))
        faults.push(`${path}: ${target} has no heading #${anchor}`);
    }
  console.log(`${guides.length} guides, ${count} links`);
}

function hrefsOf(text) {
  const inline = tokensOf(text).flatMap(({ children }) => children ?? []);
  return inline.flatMap((token) => token.attrGet("href") ?? token.attrGet("src") ?? []);
}

function readIfThere(path) {
  const file = join(root, path);
  if (!existsSync(file)) return undefined;
  return statSync(file).isDirectory() ? "" : readFileSync(file, "utf8");
}

/** As GitHub names headings. */
function anchorsOf(text) {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function checkLessons() {
  for (const name of readdirSync(join(root, "notebooks")).filter((each) => each.endsWith(".ipynb")))
    if (!texts.get("README.md").includes(`\n| [${name.replace(".ipynb", "")}](notebooks/${name}) |`))
      faults.push(`README.md: the lesson ${name} is not in the table`);
}

async function checkNames() {
  const pal = await import("pal-lab");
  const rows = texts
    .get("docs/glossary.md")
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| in "));
  for (const row of rows)
    for (const [, name] of row
      .split(" | ")
      .at(-1)
      .matchAll(/`([\w.]+)`/g))
      if (name.split(".").reduce((at, part) => at?.[part], pal) === undefined)
        faults.push(`docs/glossary.md: there is no ${name}`);
}

function checkMessages() {
  const source = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => readFileSync(join(root, "src", name), "utf8"))
    .join("\n");
  for (const [, said] of texts.get("docs/faq.md").matchAll(/^## “(.*)”$/gm))
    if (!source.includes(said)) faults.push(`docs/faq.md: no message says “${said}”`);
}

async function checkBlocks() {
  const blocks = [...texts].flatMap(([path, text]) =>
    tokensOf(text)
      .filter(({ type, info }) => type === "fence" && info.trim() === "ts")
      .map(({ content, map }) => ({ where: `${path}:${map[0] + 1}`, content })),
  );
  const pal = await import("pal-lab");
  const examples = docExamples(root, Object.keys(pal));
  const programs = [...blocks, ...examples];
  const folder = mkdtempSync(join(tmpdir(), "pal-lab-docs-"));
  const files = programs.map(({ content, before = "" }, i) => {
    const file = join(folder, `block-${i}.ts`);
    writeFileSync(file, `${before}\n${content}\nexport {};\n`);
    return file;
  });
  const program = ts.createProgram(files, {
    ...{ strict: true, noEmit: true, skipLibCheck: true, target: ts.ScriptTarget.ES2022 },
    ...{ module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
    ...{ types: ["node"], typeRoots: [join(root, "node_modules/@types")] },
    paths: { "pal-lab": [join(root, "dist/index.d.ts")], "pal-lab/*": [join(root, "dist/*.d.ts")] },
  });
  for (const { file, messageText } of ts.getPreEmitDiagnostics(program)) {
    const at = files.indexOf(file?.fileName ?? "");
    faults.push(`${programs[at]?.where ?? "a block"}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`);
  }
  await writeSamples(folder);
  process.chdir(folder);
  for (const { where, content } of blocks) await runBlock(where, content);
  const values = { ...pal, ...(await exampleValues()) };
  for (const { where, content } of examples) await runBlock(where, content, values);
  process.chdir(root);
  rmSync(folder, { recursive: true });
  console.log(`${blocks.length} blocks of TypeScript, ${examples.length} examples of comments`);
}

/** The files that blocks read: a small table of each kind. */
async function writeSamples(folder) {
  const people = Array.from({ length: 12 }, (_, u) => `user-${u}`);
  const names = ["tea", "coffee", "water", "juice"];
  const answers = people.flatMap((user, u) =>
    names.flatMap((left, i) =>
      names
        .slice(i + 1)
        .map((right, j) => `${user},${left},${right},${(u + (j % 2)) % 2 === 0 ? "left" : "right"}`),
    ),
  );
  const votes = people.flatMap((user, u) =>
    names.map((name, s) => `${user},more ${name},${(u + s) % 2 === 0 ? "agree" : "disagree"}`),
  );
  writeFileSync(join(folder, "answers.csv"), `user,left,right,label\n${answers.join("\n")}\n`);
  writeFileSync(join(folder, "votes.csv"), `user,statement,vote\n${votes.join("\n")}\n`);
  const { families, fit, loadEngine, simulateIdealPoints } = await import("pal-lab");
  const size = { dimension: 4, prototypes: 2, users: 4, comparisonsPerUser: 10, setting: "mixture", seed: 1 };
  const data = simulateIdealPoints(size);
  const options = { k: 2, latentDimension: 4, architecture: "mlp2-relu-dropout0-residual", userPoint: "f(Pw)", distance: "plain", loss: "hinge" }; // prettier-ignore
  const model = await fit(new families.PalA(options), { ...data, users: ["some user", ...data.users.slice(1)] }, { engine: await loadEngine(), seed: 1, epochs: 1 }); // prettier-ignore
  writeFileSync(join(folder, "model.safetensors"), model.save());
}

/** A block as a program; what it prints is left out, and data that no network brings are no fault. */
async function runBlock(where, content, values = {}) {
  const { UnreachableError } = (await import("pal-lab")).data;
  const { outputText } = ts.transpileModule(content, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } }); // prettier-ignore
  const body = outputText.replaceAll(
    /^import \{([^}]*)\} from "([^"]+)";$/gm,
    (_, named, from) => `const {${named.replaceAll(" as ", ": ")}} = await load("${from}");`,
  );
  const print = console.log;
  console.log = () => {};
  try {
    const run = new (Object.getPrototypeOf(runBlock).constructor)("load", ...Object.keys(values), body);
    await run((from) => import(from), ...Object.values(values));
  } catch (error) {
    if (!(error instanceof UnreachableError)) faults.push(`${where}: ${error.message}`);
  } finally {
    console.log = print;
  }
}
