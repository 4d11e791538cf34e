import ts from "typescript";
import type { Json } from "../../core/index.js";

/** Whether a JSON value fits a type. */
export type TypeTest = (value: Json) => boolean;

const anything: TypeTest = () => true;

/**
 * A test for values of a declared type; `aliases` are the types that the cell names itself. A type that cannot be judged
 * here (an imported name, a generic) lets everything through: the kernel's compiler checks it when the cell runs.
 */
export function declaredTypeTest(node: ts.TypeNode, aliases: ReadonlyMap<string, ts.TypeNode>): TypeTest {
  const test = (child: ts.TypeNode): TypeTest => declaredTypeTest(child, aliases);
  if (ts.isParenthesizedTypeNode(node)) return test(node.type);
  if (ts.isTypeOperatorNode(node)) return test(node.type);
  if (ts.isArrayTypeNode(node)) return listOf(test(node.elementType));
  if (ts.isTupleTypeNode(node)) return tupleOf(node, test);
  if (ts.isLiteralTypeNode(node)) return equals(literalValue(node.literal));
  if (ts.isTypeLiteralNode(node)) return objectOf(node, test);
  if (ts.isUnionTypeNode(node)) {
    const members = node.types.map(test);
    return (value) => members.some((member) => member(value));
  }
  if (ts.isTypeReferenceNode(node)) {
    const name = node.typeName.getText();
    const alias = aliases.get(name);
    if (alias !== undefined) return declaredTypeTest(alias, without(aliases, name));
    const [first, second] = node.typeArguments ?? [];
    if ((name === "Array" || name === "ReadonlyArray") && first !== undefined) return listOf(test(first));
    if (name === "Readonly" && first !== undefined) return test(first);
    if (name === "Record" && second !== undefined) return recordOf(test(second));
    return anything;
  }
  return keywordTest(node.kind);
}

/**
 * The type of a value written in the cell, widened as the compiler widens it: `3` is `number`, `[1, "a"]` is
 * `(number | string)[]`, `{ k: 3 }` is `{ k: number }`; undefined when it cannot be told from the text alone.
 */
export function inferredType(expression: ts.Expression): string | undefined {
  if (ts.isParenthesizedExpression(expression) || ts.isSatisfiesExpression(expression))
    return inferredType(expression.expression);
  if (ts.isAsExpression(expression))
    return expression.type.getText() === "const"
      ? inferredType(expression.expression)
      : expression.type.getText();
  if (ts.isTemplateExpression(expression)) return "string";
  if (ts.isPrefixUnaryExpression(expression))
    return expression.operator === ts.SyntaxKind.ExclamationToken ? "boolean" : "number";
  if (ts.isBinaryExpression(expression)) return arithmeticType(expression);
  if (ts.isArrayLiteralExpression(expression)) return arrayType(expression);
  if (ts.isObjectLiteralExpression(expression)) return objectType(expression);
  const value = literalValue(expression);
  return value === undefined || value === null ? undefined : typeof value;
}

function arithmeticType({ left, operatorToken, right }: ts.BinaryExpression): string | undefined {
  const kinds = [inferredType(left), inferredType(right)];
  const isNumbers = kinds.every((kind) => kind === "number");
  if (isNumbers && /^(\+|-|\*|\/|%|\*\*)$/.test(operatorToken.getText())) return "number";
  return operatorToken.getText() === "+" && kinds.includes("string") ? "string" : undefined;
}

function arrayType({ elements }: ts.ArrayLiteralExpression): string | undefined {
  const kinds = [...new Set(elements.map(inferredType))];
  if (kinds.length === 0 || kinds.includes(undefined)) return undefined;
  const kind = kinds.join(" | ");
  return kind.includes(" ") ? `(${kind})[]` : `${kind}[]`;
}

function objectType({ properties }: ts.ObjectLiteralExpression): string | undefined {
  const members = properties.map((property) => {
    if (!ts.isPropertyAssignment(property) || ts.isComputedPropertyName(property.name)) return undefined;
    const type = inferredType(property.initializer);
    return type === undefined ? undefined : `${property.name.getText()}: ${type}`;
  });
  return members.includes(undefined) ? undefined : `{ ${members.join("; ")} }`;
}

/** The value of a literal (also in arrays and objects); undefined for any other expression. */
export function literalValue(node: ts.Node): Json | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (node.kind === ts.SyntaxKind.NullKeyword) return null;
  if (ts.isAsExpression(node) || ts.isParenthesizedExpression(node) || ts.isSatisfiesExpression(node))
    return literalValue(node.expression);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) {
    const value = literalValue(node.operand);
    return typeof value === "number" ? -value : undefined;
  }
  if (ts.isArrayLiteralExpression(node)) {
    const values = node.elements.map(literalValue);
    return values.some((value) => value === undefined) ? undefined : (values as Json[]);
  }
  return ts.isObjectLiteralExpression(node) ? objectValue(node) : undefined;
}

function objectValue(node: ts.ObjectLiteralExpression): Json | undefined {
  const entries: [string, Json][] = [];
  for (const property of node.properties) {
    if (!ts.isPropertyAssignment(property) || ts.isComputedPropertyName(property.name)) return undefined;
    const value = literalValue(property.initializer);
    if (value === undefined) return undefined;
    const { name } = property;
    entries.push([ts.isStringLiteralLike(name) ? name.text : name.getText(), value]);
  }
  return Object.fromEntries(entries);
}

function keywordTest(kind: ts.SyntaxKind): TypeTest {
  if (kind === ts.SyntaxKind.NumberKeyword) return (value) => typeof value === "number";
  if (kind === ts.SyntaxKind.StringKeyword) return (value) => typeof value === "string";
  if (kind === ts.SyntaxKind.BooleanKeyword) return (value) => typeof value === "boolean";
  if (kind === ts.SyntaxKind.ObjectKeyword) return (value) => typeof value === "object" && value !== null;
  if (kind === ts.SyntaxKind.UndefinedKeyword || kind === ts.SyntaxKind.NeverKeyword) return () => false;
  return anything;
}

function equals(expected: Json | undefined): TypeTest {
  return expected === undefined ? anything : (value) => value === expected;
}

function listOf(element: TypeTest): TypeTest {
  return (value) => Array.isArray(value) && value.every(element);
}

function recordOf(element: TypeTest): TypeTest {
  return (value) =>
    isRecord(value) && Object.values(value).every((child) => child === undefined || element(child));
}

function tupleOf(node: ts.TupleTypeNode, test: (child: ts.TypeNode) => TypeTest): TypeTest {
  const isPlain = !node.elements.some(
    (element) => ts.isRestTypeNode(element) || ts.isOptionalTypeNode(element),
  );
  if (!isPlain) return (value) => Array.isArray(value);
  const tests = node.elements.map((element) => test(ts.isNamedTupleMember(element) ? element.type : element));
  return (value) =>
    Array.isArray(value) && value.length === tests.length && tests.every((fits, i) => fits(value[i] as Json));
}

function objectOf(node: ts.TypeLiteralNode, test: (child: ts.TypeNode) => TypeTest): TypeTest {
  const members = node.members.filter(ts.isPropertySignature).map((member) => ({
    name: ts.isStringLiteralLike(member.name) ? member.name.text : member.name.getText(),
    isOptional: member.questionToken !== undefined,
    fits: member.type === undefined ? anything : test(member.type),
  }));
  return (value) => {
    if (!isRecord(value)) return false;
    return members.every(({ name, isOptional, fits }) => {
      const child = value[name];
      return child === undefined ? isOptional : fits(child);
    });
  };
}

function isRecord(value: Json): value is { readonly [key: string]: Json | undefined } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function without<V>(map: ReadonlyMap<string, V>, name: string): ReadonlyMap<string, V> {
  return new Map([...map].filter(([key]) => key !== name));
}
