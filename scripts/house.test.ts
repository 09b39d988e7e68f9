// The rules of the house, read from the sources: who may import whom, and how a file looks.
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { PACKAGES } from './package-imports.ts';
import {
  type Import,
  importsOf,
  listFiles,
  nodesOf,
  parse,
  readSource,
  root,
  type SourceFile,
} from './source-file.ts';

const files = listFiles();
const read = (paths: readonly string[]): readonly SourceFile[] =>
  paths.map(readSource).filter((file) => file !== undefined);
const code = read(files.filter((path) => /\.(ts|mts|cts)$/.test(path)));
const sources = code.filter(({ path }) => /^(packages|apps)\/[^/]+\/src\//.test(path));
const written = sources.filter(({ path }) => !path.endsWith('.gen.ts'));

/** Rooms of @g4f/providers that may not look into others: [from, into]. */
const CLOSED_DOORS = [
  ['backends', 'backends'],
  ['wires', 'backends'],
  ['http', 'backends'],
  ['http', 'wires'],
] as const;

const isRelative = ({ from }: Import): boolean => from.startsWith('.');
const packageOf = (path: string): string => path.split('/').slice(0, 2).join('/');
/** Every import as `file → what`, that is: what a person needs to find it. */
const uses = sources.flatMap((file) =>
  importsOf(file).map((use) => ({
    use,
    file,
    target: isRelative(use) ? posix.join(dirname(file.path), use.from) : use.from,
    line: `${file.path} → ${use.from}`,
  })),
);

describe('who may import whom', () => {
  it('reads the imports at all', () => {
    expect(uses.length).toBeGreaterThan(50);
    for (const name of Object.keys(PACKAGES)) {
      expect(uses.some(({ file }) => packageOf(file.path) === `packages/${name}`)).toBe(true);
    }
  });

  it.each(Object.entries(PACKAGES))('%s imports only what it may', (name, may) => {
    const own = uses.filter(({ file }) => packageOf(file.path) === `packages/${name}`);
    const itself = `@g4f/${name}/`;
    const wrong = own.filter(
      ({ use, file }) => !isRelative(use) && !use.from.startsWith(itself) && !may(use, file),
    );
    expect(wrong.map(({ line }) => line)).toEqual([]);
  });

  it('has a rule for every package', () => {
    const ofCode = files.filter((p) => /^packages\/[^/]+\/src\//.test(p)).map((p) => p.split('/')[1]);
    expect([...new Set(ofCode)].sort()).toEqual(Object.keys(PACKAGES).sort());
  });

  it.each(CLOSED_DOORS)('in providers, %s never import %s', (from, into) => {
    const room = (name: string) => `packages/providers/src/${name}/`;
    const wrong = uses.filter(
      ({ file, target }) => file.path.startsWith(room(from)) && target.startsWith(room(into)),
    );
    expect(wrong.map(({ line }) => line)).toEqual([]);
  });

  it('reaches into no other package by path, and names files by their own extension', () => {
    const relative = uses.filter(({ use }) => isRelative(use));
    const outside = relative.filter(({ file, target }) => !target.startsWith(`${packageOf(file.path)}/`));
    expect(outside.map(({ line }) => line)).toEqual([]);
    expect(relative.filter(({ target }) => !/\.(ts|json)$/.test(target)).map(({ line }) => line)).toEqual([]);
  });

  // A type that two files need of each other binds them as much as code does. What is loaded when it is needed is no circle of
  // files: a registry loads what imports its types.
  it('has no circle of files, types included', () => {
    const next = new Map<string, string[]>();
    for (const { use, file, target } of uses) {
      if (isRelative(use) && !use.lazy) next.set(file.path, [...(next.get(file.path) ?? []), target]);
    }
    expect(findCircle(next)).toBeUndefined();
  });

  it('has no circle of folders, types included', () => {
    const next = new Map<string, string[]>();
    for (const { use, file, target } of uses) {
      const [from, to] = [dirname(file.path), dirname(target)];
      if (isRelative(use) && from !== to) next.set(from, [...(next.get(from) ?? []), to]);
    }
    expect(findCircle(next)).toBeUndefined();
  });
});

describe('how a file looks', () => {
  it('opens with a comment that says what it is for', () => {
    expect(sources.filter(({ text }) => !/^(\/\/ |\/\*\*? ?)\S*/.test(text)).map(({ path }) => path)).toEqual(
      [],
    );
  });

  it('has at most 300 lines', () => {
    const long = code.filter(({ path, text }) => !path.endsWith('.gen.ts') && text.split('\n').length > 301);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it('has at most 19 others beside it in its folder, unless each is a provider or a maker of models', () => {
    const sizes = new Map<string, number>();
    for (const { path } of sources) sizes.set(dirname(path), (sizes.get(dirname(path)) ?? 0) + 1);
    const full = [...sizes].filter(([folder, size]) => size > 20 && !/\/(backends|makers)$/.test(folder));
    expect(full).toEqual([]);
  });

  it('declares no type whose name another file of the package has for something else', () => {
    const found = sources.flatMap((file) =>
      parse(file)
        .statements.filter(isTypeDeclaration)
        .map((node) => ({ key: `${packageOf(file.path)} ${node.name?.text}`, path: file.path })),
    );
    const places = new Map<string, string[]>();
    for (const { key, path } of found) places.set(key, [...(places.get(key) ?? []), path]);
    const twice = [...places].filter(([, paths]) => paths.length > 1 && !areForms(paths));
    expect(twice).toEqual([]);
  });

  it('is named after the one thing it gives, in kebab-case', () => {
    const stems = files
      .filter((path) => /^(packages|apps|scripts|benchmarks)\//.test(path) && /\.m?ts$/.test(path))
      .map((path) => ({
        path,
        stem: posix.basename(path).replace(/(\.(test|gen|config|base|d|node|browser))?\.m?ts$/, ''),
      }));
    const vague = /(^|-)(utils?|helpers?|common|misc|managers?)(-|$)/;
    const wrong = stems.filter(({ stem }) => vague.test(stem) || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(stem));
    expect(wrong.map(({ path }) => path)).toEqual([]);
    expect(files.filter((path) => path.split('/').some((part) => vague.test(part)))).toEqual([]);
  });

  it('has no `any` and no `!`', () => {
    const found = code.flatMap((file) => {
      const tree = parse(file);
      return [...nodesOf(tree)].filter(isEscape).map((node) => {
        const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
        return `${file.path}:${line + 1} ${node.getText().slice(0, 60)}`;
      });
    });
    expect(found).toEqual([]);
  });

  it('asks by urlOf whether a text is a URL, because URL.canParse of Node 20 errs once it is hot', () => {
    const asking = sources.filter(
      ({ path, text }) => /\.canParse\(/.test(text) && !path.startsWith('scripts/'),
    );
    expect(asking.map(({ path }) => path)).toEqual([]);
  });

  it('says what every public export is for', () => {
    const bare = written.flatMap((file) =>
      parse(file)
        .statements.filter(isBareExport)
        .map((node) => `${file.path}: ${node.getText().slice(0, 60)}`),
    );
    expect(bare).toEqual([]);
  });
});

describe('what must be there, and what must not', () => {
  it('has a README in every package', () => {
    const folders = readdirSync(join(root, 'packages'));
    const missing = folders.filter((name) => !existsSync(join(root, 'packages', name, 'README.md')));
    expect(missing).toEqual([]);
  });

  it('names no path of the machine it was written on, and no host a package was fetched from', () => {
    const places = [`${root}/`, `${homedir()}/`].filter((place) => place.length > 2);
    const machine = /(^|[\s'"`(=:])\/(?:work|(?:home|Users)\/(?!me\b|user\b)\w+)\/\w/m;
    const texts = read(files.filter((path) => !/\.(png|gguf|wasm)$/.test(path)));
    const wrong = texts.filter(
      ({ text }) => machine.test(text) || places.some((place) => text.includes(place)),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
    expect(readSource('pnpm-lock.yaml')?.text).not.toMatch(/tarball:\s*https?:/);
  });
});

const isTypeDeclaration = (
  node: ts.Statement,
): node is ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.ClassDeclaration =>
  ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isClassDeclaration(node);

/** The forms that one thing has on several platforms, or in the small client. */
const areForms = (paths: readonly string[]): boolean =>
  paths.every((path) => /\.(node|browser)\.ts$/.test(path)) || paths.some((path) => path.includes('/mini/'));

function isEscape(node: ts.Node): boolean {
  return (
    node.kind === ts.SyntaxKind.AnyKeyword ||
    ts.isNonNullExpression(node) ||
    ((ts.isPropertyDeclaration(node) || ts.isVariableDeclaration(node)) &&
      node.exclamationToken !== undefined)
  );
}

function isBareExport(node: ts.Statement): boolean {
  const exported = ts.canHaveModifiers(node)
    ? ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    : false;
  return exported === true && ts.getJSDocCommentsAndTags(node).length === 0;
}

function findCircle(next: ReadonlyMap<string, readonly string[]>): string | undefined {
  const done = new Set<string>();
  const walk = (path: string, trail: readonly string[]): string | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path].join(' → ');
    if (done.has(path)) return undefined;
    for (const target of next.get(path) ?? []) {
      const circle = walk(target, [...trail, path]);
      if (circle !== undefined) return circle;
    }
    done.add(path);
    return undefined;
  };
  for (const path of next.keys()) {
    const circle = walk(path, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}
