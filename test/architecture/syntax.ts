import { posix } from 'node:path';
import { visitorKeys } from 'oxc-parser';

/** A node of the syntax tree, as loosely as the rules need it. */
export interface AstNode {
  type: string;
  start: number;
  end: number;
  [field: string]: unknown;
}

/** One import, type import, dynamic import or re-export. */
export interface Import {
  /** As written: `../people/index.ts`, `kysely`, `node:fs`. */
  specifier: string;
  /** Path in the repository where the specifier is relative, null for a package or a Node module. */
  target: string | null;
  /** Nothing of it is left when the types are stripped. */
  typeOnly: boolean;
  /** What is taken, with the name given on. `*` is everything. */
  names: { imported: string; exported: string | null; typeOnly: boolean }[];
  line: number;
}

export interface Span {
  name: string;
  line: number;
}

type LineAt = (offset: number) => number;

const isNode = (value: unknown): value is AstNode =>
  typeof value === 'object' && value !== null && typeof (value as AstNode).type === 'string';

/** Children of a node in source order, each with the field that holds it. */
function childrenOf(node: AstNode): { field: string; child: AstNode }[] {
  return (visitorKeys[node.type] ?? []).flatMap((field) => {
    const value = node[field];
    const list = Array.isArray(value) ? value : [value];
    return list.filter(isNode).map((child) => ({ field, child }));
  });
}

function walk(node: AstNode, visit: (node: AstNode) => boolean | undefined): void {
  if (visit(node) === false) return;
  for (const { child } of childrenOf(node)) walk(child, visit);
}

const nameOf = (node: unknown): string => (isNode(node) ? String(node.name ?? node.value ?? '') : '');
const nodesOf = (value: unknown): AstNode[] => (Array.isArray(value) ? value.filter(isNode) : []);

/** Every way in which a file names another: static, type and dynamic imports, `import('x').T`, `import = require`, re-exports. */
export function importsIn(root: AstNode, path: string, lineAt: LineAt): Import[] {
  const found: Import[] = [];
  const add = (node: AstNode, source: unknown, typeOnly: boolean, names: Import['names']) => {
    const specifier = isNode(source) && typeof source.value === 'string' ? source.value : '?';
    const target = specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : null;
    found.push({ specifier, target, typeOnly, names, line: lineAt(node.start) });
  };
  const everything = [{ imported: '*', exported: null, typeOnly: false }];
  walk(root, (node) => {
    if (node.type === 'ImportDeclaration') add(node, node.source, ...importedNames(node));
    if (node.type === 'ExportNamedDeclaration' && isNode(node.source)) add(node, node.source, ...exportedNames(node));
    if (node.type === 'ExportAllDeclaration')
      add(node, node.source, node.exportKind === 'type', [{ imported: '*', exported: '*', typeOnly: false }]);
    if (node.type === 'ImportExpression') add(node, node.source, false, everything);
    if (node.type === 'TSImportType') add(node, node.source, true, [{ imported: '*', exported: null, typeOnly: true }]);
    if (node.type === 'TSExternalModuleReference') add(node, node.expression, false, everything);
    return undefined;
  });
  return found;
}

function importedNames(node: AstNode): [boolean, Import['names']] {
  const whole = node.importKind === 'type';
  const names = nodesOf(node.specifiers).map((specifier) => ({
    imported: specifier.type === 'ImportSpecifier' ? nameOf(specifier.imported) : '*',
    exported: null,
    typeOnly: whole || specifier.importKind === 'type',
  }));
  return [whole || (names.length > 0 && names.every((name) => name.typeOnly)), names];
}

function exportedNames(node: AstNode): [boolean, Import['names']] {
  const whole = node.exportKind === 'type';
  const names = nodesOf(node.specifiers).map((specifier) => ({
    imported: nameOf(specifier.local),
    exported: nameOf(specifier.exported),
    typeOnly: whole || specifier.exportKind === 'type',
  }));
  return [whole || (names.length > 0 && names.every((name) => name.typeOnly)), names];
}

/** Names that the file itself gives out, without those it passes on from another file. */
export function exportsIn(root: AstNode): string[] {
  const given: string[] = [];
  walk(root, (node) => {
    if (node.type !== 'ExportNamedDeclaration' || isNode(node.source)) return undefined;
    for (const specifier of nodesOf(node.specifiers)) given.push(nameOf(specifier.exported));
    if (!isNode(node.declaration)) return undefined;
    given.push(nameOf(node.declaration.id));
    for (const variable of nodesOf(node.declaration.declarations)) given.push(nameOf(variable.id));
    return undefined;
  });
  return given;
}

const EXPRESSION_WITH_TYPE = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSInstantiationExpression',
]);

/** Names that are used as values and declared nowhere in the file, with `object.property` for the globals that need it. */
export function usesIn(root: AstNode, lineAt: LineAt): Span[] {
  const declared = declaredIn(root);
  const uses: Span[] = [];
  const visit = (node: AstNode, field: string, parent: AstNode | null): void => {
    if (node.type === 'Identifier' && isReference(field, parent)) {
      const name = nameOf(node);
      if (!declared.has(name) || name === 'Temporal')
        uses.push({ name: dotted(name, parent, field), line: lineAt(node.start) });
    }
    if (node.type === 'ExportNamedDeclaration' && isNode(node.source)) return;
    const onlyExpression = node.type.startsWith('TS');
    if (onlyExpression && !EXPRESSION_WITH_TYPE.has(node.type)) return;
    for (const { field: next, child } of childrenOf(node)) {
      if (!onlyExpression || next === 'expression') visit(child, next, node);
    }
  };
  visit(root, '', null);
  return uses;
}

function dotted(name: string, parent: AstNode | null, field: string): string {
  if (parent?.type !== 'MemberExpression' || field !== 'object') return name;
  const property = nameOf(parent.property);
  return property === '' ? name : `${name}.${property}`;
}

const NAMED_PLACES: Record<string, string[]> = {
  MemberExpression: ['property'],
  Property: ['key'],
  MethodDefinition: ['key'],
  PropertyDefinition: ['key'],
  AccessorProperty: ['key'],
  LabeledStatement: ['label'],
  BreakStatement: ['label'],
  ContinueStatement: ['label'],
  MetaProperty: ['meta', 'property'],
  ImportSpecifier: ['imported', 'local'],
  ImportDefaultSpecifier: ['local'],
  ImportNamespaceSpecifier: ['local'],
  ExportSpecifier: ['exported'],
};

function isReference(field: string, parent: AstNode | null): boolean {
  if (!parent || !NAMED_PLACES[parent.type]?.includes(field)) return true;
  return parent.computed === true;
}

/** Names bound anywhere in the file: imports, variables, parameters, functions, classes, catches. */
function declaredIn(root: AstNode): Set<string> {
  const names = new Set<string>();
  const bind = (pattern: unknown): void => {
    if (!isNode(pattern)) return;
    if (pattern.type === 'Identifier') names.add(nameOf(pattern));
    for (const field of ['elements', 'properties']) for (const part of nodesOf(pattern[field])) bind(part);
    if (pattern.type === 'Property') bind(pattern.value);
    if (pattern.type === 'AssignmentPattern') bind(pattern.left);
    if (pattern.type === 'RestElement') bind(pattern.argument);
  };
  walk(root, (node) => {
    if (node.type.startsWith('Import')) bind(node.local);
    if (node.type === 'VariableDeclarator' || isFunction(node) || node.type.startsWith('Class')) bind(node.id);
    if (node.type === 'CatchClause') bind(node.param);
    if (isFunction(node)) for (const parameter of nodesOf(node.params)) bind(parameter);
    return undefined;
  });
  return names;
}

const isFunction = (node: AstNode): boolean =>
  ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'].includes(node.type);

/** Every function with a body, and how many lines it takes. */
export function functionsIn(root: AstNode, lineAt: LineAt): { line: number; lines: number }[] {
  const found: { line: number; lines: number }[] = [];
  walk(root, (node) => {
    if (isFunction(node)) {
      const line = lineAt(node.start);
      found.push({ line, lines: lineAt(node.end - 1) - line + 1 });
    }
    return undefined;
  });
  return found;
}
