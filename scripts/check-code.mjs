// Types and lint over one program: apart (npm run check:types, npm run lint) each reads every file and resolves its types again.
import ts from "typescript";
import { ESLint } from "eslint";

const CONFIG = "tsconfig.test.json";
const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (found) => fail([found]) };
const { fileNames, options, errors } = ts.getParsedCommandLineOfConfigFile(CONFIG, { noEmit: true }, host);
if (errors.length > 0) fail(errors);
// rules go from a node to its parent
const program = ts.createProgram(fileNames, options, ts.createCompilerHost(options, true));
const found = ts.getPreEmitDiagnostics(program);
report(found);

const eslint = new ESLint({
  overrideConfig: [
    {
      files: ["**/*.ts"],
      languageOptions: { parserOptions: { project: null, programs: [program] } },
    },
  ],
});
const results = await eslint.lintFiles(["."]);
const text = await (await eslint.loadFormatter("stylish")).format(results);
process.stdout.write(text);
const isClean = results.every(({ errorCount, warningCount }) => errorCount + warningCount === 0);
process.exitCode = found.length === 0 && isClean ? 0 : 1;

function report(diagnostics) {
  if (diagnostics.length === 0) return;
  process.stdout.write(
    ts.formatDiagnostics(diagnostics, {
      getCurrentDirectory: () => process.cwd(),
      getCanonicalFileName: (name) => name,
      getNewLine: () => "\n",
    }),
  );
}

function fail(diagnostics) {
  report(diagnostics);
  process.exit(1);
}
