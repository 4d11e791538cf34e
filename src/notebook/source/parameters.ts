import ts from "typescript";
import { InputError, list, show } from "../../core/index.js";
import type { Json } from "../../core/index.js";
import { hasTag, joinText, splitText } from "../../formats/index.js";
import type { Cell, CodeCell, Notebook } from "../../formats/index.js";
import { declaredTypeTest, inferredType, literalValue } from "./parameter-type.js";
import type { TypeTest } from "./parameter-type.js";

/** A constant of the cell tagged `parameters`. */
export interface Parameter {
  readonly name: string;
  /** The declared type as written, else the inferred one; undefined when neither is known (any value fits). */
  readonly type: string | undefined;
  /** The value as written. */
  readonly defaultText: string;
  /** The value, when it is a literal. */
  readonly defaultValue: Json | undefined;
  /** The comment behind it on its line, else the one above it; empty when there is none. */
  readonly comment: string;
  readonly keyword: "const" | "let";
  /** The names that its value is computed from. */
  readonly uses: ReadonlySet<string>;
  /** Whether a value may be put in its place. */
  readonly fits: TypeTest;
}

/** A parameter that was given does not exist or has the wrong type; `cellIndex` is the parameters cell, if there is one. */
export class ParameterError extends InputError {
  override readonly name: string = "ParameterError";
  readonly cellIndex: number | undefined;

  constructor(message: string, cellIndex: number | undefined) {
    super(message);
    this.cellIndex = cellIndex;
  }
}

/**
 * The parameters of a notebook; none when no cell is tagged `parameters`.
 * @throws ParameterError when two cells are
 */
export function notebookParameters(notebook: Notebook): Parameter[] {
  const index = parametersIndex(notebook);
  return index < 0 ? [] : parseParameters(joinText(notebook.cells[index]?.source ?? ""));
}

/** The top-level `const` and `let` declarations of a parameters cell. */
export function parseParameters(source: string): Parameter[] {
  const file = ts.createSourceFile("parameters.ts", source, ts.ScriptTarget.Latest, true);
  const aliases = new Map<string, ts.TypeNode>();
  for (const statement of file.statements)
    if (ts.isTypeAliasDeclaration(statement)) aliases.set(statement.name.text, statement.type);
  return file.statements.filter(ts.isVariableStatement).flatMap((statement) => {
    const comment = commentOf(source, statement);
    const keyword = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0 ? "const" : "let";
    return statement.declarationList.declarations.flatMap((declaration): Parameter[] => {
      const { name, initializer } = declaration;
      if (!ts.isIdentifier(name)) return [];
      const inferred = initializer === undefined ? undefined : inferredType(initializer);
      const node = declaration.type ?? parseType(inferred);
      return [
        {
          uses: namesIn(initializer),
          ...{ name: name.text, comment, keyword, type: declaration.type?.getText() ?? inferred },
          defaultText: initializer?.getText() ?? "undefined",
          defaultValue: initializer === undefined ? undefined : literalValue(initializer),
          fits: node === undefined ? () => true : declaredTypeTest(node, aliases),
        },
      ];
    });
  });
}

/**
 * A copy of the notebook with a cell, tagged `injected-parameters`, behind the parameters cell that declares the given
 * values anew, and after them those that are computed from them; it replaces one from an earlier run. Without values the notebook stays as it is.
 * @throws ParameterError naming a parameter the notebook does not have, or one whose value does not fit its type
 */
export function injectParameters(notebook: Notebook, values: Readonly<Record<string, Json>>): Notebook {
  const index = parametersIndex(notebook);
  const names = Object.keys(values);
  if (names.length === 0) return notebook;
  const known = notebookParameters(notebook);
  const cellIndex = index < 0 ? undefined : index;
  const lines = names.map((name) => {
    const parameter = known.find((candidate) => candidate.name === name);
    if (parameter === undefined)
      throw new ParameterError(unknownParameter(name, known, cellIndex), cellIndex);
    return declarationOf(parameter, values[name] ?? null, cellIndex);
  });
  const derived = derivedFrom(known, names);
  const again = derived.map(
    ({ name, keyword, type, defaultText }) => `${keyword} ${name}${typed(type)} = ${defaultText};`,
  );
  const source = splitText(["// Injected parameters", ...lines, ...again].join("\n"));
  const isInjected = (cell: Cell): boolean => hasTag(cell, "injected-parameters");
  const id = notebook.nbformat_minor >= 5 ? { id: freshId(notebook, isInjected) } : {};
  const injected: CodeCell = {
    ...{ cell_type: "code", ...id, source, execution_count: null, outputs: [] },
    metadata: { tags: ["injected-parameters"] },
  };
  const parametersCell = notebook.cells[index];
  const cells = notebook.cells
    .filter((cell) => !isInjected(cell))
    .flatMap((cell) => (cell === parametersCell ? [cell, injected] : [cell]));
  return { ...notebook, cells };
}

/** Parameters that are computed from given ones, in their order: they are computed again. */
function derivedFrom(known: readonly Parameter[], given: readonly string[]): readonly Parameter[] {
  const changed = new Set(given);
  return known.filter(({ name, uses }) => {
    if (changed.has(name) || ![...uses].some((used) => changed.has(used))) return false;
    changed.add(name);
    return true;
  });
}

/** An id that no other cell has. */
function freshId(notebook: Notebook, isReplaced: (cell: Cell) => boolean): string {
  const taken = new Set(notebook.cells.filter((cell) => !isReplaced(cell)).map(({ id }) => id));
  let id = "injected-parameters";
  for (let i = 2; taken.has(id); i++) id = `injected-parameters-${i}`;
  return id;
}

function namesIn(node: ts.Node | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (child: ts.Node): void => {
    if (ts.isIdentifier(child)) names.add(child.text);
    ts.forEachChild(child, visit);
  };
  if (node !== undefined) visit(node);
  return names;
}

function typed(type: string | undefined): string {
  return type === undefined ? "" : `: ${type}`;
}

function declarationOf(parameter: Parameter, value: Json, cellIndex: number | undefined): string {
  const { name, type, keyword, fits } = parameter;
  const text = JSON.stringify(value);
  if (!fits(value)) {
    const kind = Array.isArray(value) ? "array" : value === null ? "null" : typeof value;
    throw new ParameterError(
      `parameter ${show(name)} must be ${type ?? "of its declared type"}, got ${short(text)} (${kind})`,
      cellIndex,
    );
  }
  return `${keyword} ${name}${typed(type)} = ${text};`;
}

function unknownParameter(name: string, known: readonly Parameter[], cellIndex: number | undefined): string {
  const names = known.map((parameter) => parameter.name);
  if (cellIndex === undefined)
    return `unknown parameter ${show(name)}: the notebook has no cell tagged "parameters"`;
  return `unknown parameter ${show(name)}; the notebook has ${names.length === 0 ? "none" : list(names)}`;
}

function short(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function parametersIndex(notebook: Notebook): number {
  const tagged = notebook.cells.flatMap((cell, index) =>
    cell.cell_type === "code" && hasTag(cell, "parameters") ? [index] : [],
  );
  if (tagged.length > 1) {
    const places = tagged.map((index) => index + 1).join(" and ");
    throw new ParameterError(`only one cell may be tagged "parameters", but cells ${places} are`, tagged[1]);
  }
  return tagged[0] ?? -1;
}

function parseType(text: string | undefined): ts.TypeNode | undefined {
  if (text === undefined) return undefined;
  const file = ts.createSourceFile("type.ts", `type T = ${text};`, ts.ScriptTarget.Latest, true);
  const [statement] = file.statements;
  return statement !== undefined && ts.isTypeAliasDeclaration(statement) ? statement.type : undefined;
}

function commentOf(source: string, statement: ts.Statement): string {
  const behind = ts.getTrailingCommentRanges(source, statement.getEnd()) ?? [];
  const ranges =
    behind.length > 0 ? behind : (ts.getLeadingCommentRanges(source, statement.getFullStart()) ?? []);
  return ranges
    .map(({ pos, end }) => source.slice(pos, end).replace(/^\/\/\s*|^\/\*+\s*|\s*\*\/$/g, ""))
    .join(" ")
    .trim();
}
