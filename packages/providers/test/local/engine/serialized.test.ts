// What is handed to the engine's process as text: it must run there though a build has translated it.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

const source = (name: string): ts.SourceFile => {
  const path = fileURLToPath(new URL(`../../../src/local/engine/${name}.ts`, import.meta.url));
  return ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
};

/** What the build for CommonJS makes calls of helpers of, which the text has not. */
const isTranslated = (node: ts.Node): boolean =>
  node.kind === ts.SyntaxKind.QuestionDotToken ||
  node.kind === ts.SyntaxKind.QuestionQuestionToken ||
  node.kind === ts.SyntaxKind.QuestionQuestionEqualsToken ||
  ts.isClassLike(node);

function* within(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of node.getChildren()) yield* within(child);
}

it.each([
  ['engine-program', 'runEngine'],
  ['watch-parent', 'watchParent'],
])('%s: nothing in %s is translated into a call of something from outside', (file, name) => {
  const found = [...within(source(file))].find(
    (node) =>
      (ts.isVariableDeclaration(node) || ts.isFunctionDeclaration(node)) && node.name?.getText() === name,
  );
  expect(found).toBeDefined();
  const translated = found === undefined ? [] : [...within(found)].filter(isTranslated);
  expect(translated.map((node) => node.parent.getText())).toEqual([]);
});
