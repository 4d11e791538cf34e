import ts from "typescript";

/** A name that a cell declares at its top. */
export interface DeclaredName {
  /** By `let` or `var`. */
  readonly isVariable: boolean;
  readonly isExported: boolean;
}

/** What a cell declares at its top, imports included. */
export function declaredNames(file: ts.SourceFile): Map<string, DeclaredName> {
  const names = new Map<string, DeclaredName>();
  for (const statement of file.statements) {
    const isExported =
      ts.canHaveModifiers(statement) &&
      (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    const isVariable =
      ts.isVariableStatement(statement) && (statement.declarationList.flags & ts.NodeFlags.Const) === 0;
    for (const name of namesOf(statement)) names.set(name, { isVariable, isExported });
  }
  return names;
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => bindingNames(name));
  if (ts.isImportDeclaration(statement)) {
    const { name, namedBindings } = statement.importClause ?? {};
    const named = namedBindings === undefined ? [] : importedNames(namedBindings);
    return name === undefined ? named : [name.text, ...named];
  }
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isModuleDeclaration(statement) ||
    ts.isImportEqualsDeclaration(statement);
  return isNamed &&
    statement.name !== undefined &&
    ts.isIdentifier(statement.name) &&
    statement.name.text !== "global"
    ? [statement.name.text]
    : [];
}

function importedNames(bindings: ts.NamedImportBindings): string[] {
  return ts.isNamespaceImport(bindings)
    ? [bindings.name.text]
    : bindings.elements.map(({ name }) => name.text);
}

function bindingNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? bindingNames(element.name) : []));
}

/** Every identifier in a file, or in a part of it. */
export function identifiers(file: ts.Node): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}
