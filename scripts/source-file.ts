// Reads the repository's TypeScript sources for the house rules: what they import and what they say.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** The repository's root folder. */
export const root: string = join(import.meta.dirname, '..');

/** One import or re-export of a file. */
export interface Import {
  readonly from: string;
  /** `import()` or `require()`: loaded when it is reached. */
  readonly lazy: boolean;
  /** Gone after compilation. */
  readonly typeOnly: boolean;
}

/** A file of the repository; `path` is relative to the root, with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Every file that is, or could be, committed. */
export const listFiles = (): readonly string[] =>
  execFileSync('git', ['ls-files', '-co', '--exclude-standard', '--deduplicate'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((path) => path !== '');

/** A file with its text; undefined when it has been deleted but not yet committed. */
export const readSource = (path: string): SourceFile | undefined => {
  try {
    return { path, text: readFileSync(join(root, path), 'utf8') };
  } catch {
    return undefined;
  }
};

/** The file as a syntax tree. */
export const parse = ({ path, text }: SourceFile): ts.SourceFile =>
  ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);

/** Visits every node of a tree. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of node.getChildren()) yield* nodesOf(child);
}

/** Everything a file imports by a literal name. */
export const importsOf = (file: SourceFile): readonly Import[] => {
  const found: Import[] = [];
  for (const node of nodesOf(parse(file))) {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      const typeOnly = ts.isExportDeclaration(node)
        ? node.isTypeOnly
        : node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
      if (node.moduleSpecifier !== undefined) add(node.moduleSpecifier, false, typeOnly);
    } else if (ts.isCallExpression(node) && isLoad(node.expression)) add(node.arguments[0], true, false);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, false, true);
    }
  }
  return found;

  function add(name: ts.Node | undefined, lazy: boolean, typeOnly: boolean): void {
    if (name !== undefined && ts.isStringLiteralLike(name)) found.push({ from: name.text, lazy, typeOnly });
  }
};

const isLoad = (called: ts.Expression): boolean =>
  called.kind === ts.SyntaxKind.ImportKeyword ||
  /^(require|require\.resolve|import\.meta\.resolve)$/.test(called.getText());
