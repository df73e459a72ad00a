/**
 * No plain object is a map for keys from outside: an ID that happens to be called `constructor` or `__proto__` would find what
 * every object has. The compiler knows the type of each key, so there is no list of exceptions to keep.
 */
import { join, relative } from 'node:path';
import { type Node, SyntaxKind } from 'typescript/unstable/ast';
import { isBinaryExpression, isElementAccessExpression } from 'typescript/unstable/ast/is';
import { API, type Checker, type Type, TypeFlags } from 'typescript/unstable/sync';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
/** As the compiler writes paths. */
const sourceFolder = join(root, 'src').replaceAll('\\', '/');

/** Any text at all, and not one of a few that are known. */
const ANY_TEXT = TypeFlags.String | TypeFlags.TemplateLiteral | TypeFlags.StringMapping;

/**
 * What may be looked up in an object by any text. JSON from outside is one of Microsoft's objects, not a map of ours, and
 * the compiler lets nobody use an `unknown` before looking at it. Environment variables are what Node makes of them.
 */
const MAY_BE_LOOKED_UP = ['unknown', 'string | undefined'];

test('what is looked up by a text from outside is looked up in a map', () => {
  const api = new API({ cwd: root });
  try {
    const [project] = api.updateSnapshot({ openProjects: [join(root, 'tsconfig.json')] }).getProjects();
    if (project === undefined) throw new Error('the compiler found no project');
    const { program, checker } = project;
    const names = program.getSourceFileNames().filter((name) => name.startsWith(`${sourceFolder}/`));
    expect(names.length).toBeGreaterThan(300);
    const wrong = names.flatMap((name) => {
      const file = program.getSourceFile(name);
      const found = file === undefined ? [] : nodesIn(file).filter((node) => isUnsafe(node, checker));
      return found.map((node) => `${relative(root, name)}: ${node.getText()}`);
    });
    expect(wrong).toEqual([]);
  } finally {
    api.close();
  }
}, 120_000);

function isUnsafe(node: Node, checker: Checker): boolean {
  if (isElementAccessExpression(node)) {
    if (!isAnyText(checker.getTypeAtLocation(node.argumentExpression))) return false;
    const value = checker.getTypeAtLocation(node);
    return value === undefined || !MAY_BE_LOOKED_UP.includes(checker.typeToString(value));
  }
  const isIn = isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.InKeyword;
  return isIn && isAnyText(checker.getTypeAtLocation(node.left));
}

function isAnyText(type: Type | undefined): boolean {
  return type !== undefined && (type.flags & ANY_TEXT) !== 0;
}

function nodesIn(node: Node): readonly Node[] {
  const nodes: Node[] = [node];
  node.forEachChild((child) => {
    nodes.push(...nodesIn(child));
  });
  return nodes;
}
