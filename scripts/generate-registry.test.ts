// The generator: from a folder of providers to the registry, the doors and the table; and what it says when something is wrong.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { OPERATIONS } from '@g4f/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from './source-file.ts';

const run = promisify(execFile);

/** Runs the generator as `npm run generate` does. */
const generate = async (...args: string[]): Promise<{ code: number; said: string }> => {
  const command = [join(root, 'scripts/run.mjs'), 'generate-registry', ...args];
  const { stdout, stderr, code } = await run(process.execPath, command).then(
    (done) => ({ ...done, code: 0 }),
    (failed) => failed,
  );
  return { code, said: `${stdout}${stderr}`.trim() };
};

describe('in another checkout', () => {
  let checkout: string;
  const at = (path: string): string => join(checkout, path);
  const backend = (id: string, file: string, more = ''): Promise<void> =>
    writeFile(
      at(`packages/providers/src/backends/${file}`),
      `// A service. Source: https://${id}.example/docs\n${more}export default ${JSON.stringify({
        ...{ id, name: `The ${id}`, website: `https://${id}.example/docs`, key: 'required' },
        ...{
          env: [`${id.toUpperCase()}_KEY`],
          baseURL: `https://${id}.example/v1`,
          models: { 'a-1': "it's-a" },
          chat: 1,
        },
      })};\n`,
    );
  const generated = async () => ({
    registry: await readFile(at('packages/providers/src/registry/registry.gen.ts'), 'utf8'),
    ids: await readFile(at('packages/providers/src/registry/backend-ids.gen.ts'), 'utf8'),
    manifest: JSON.parse(await readFile(at('packages/providers/package.json'), 'utf8')),
    readme: await readFile(at('README.md'), 'utf8'),
  });

  beforeEach(async () => {
    checkout = await mkdtemp(join(tmpdir(), 'g4f-generate-'));
    await mkdir(at('packages/providers/src/backends'), { recursive: true });
    const exports = { '.': './dist/index.js', './package.json': './package.json' };
    await writeFile(
      at('packages/providers/package.json'),
      JSON.stringify({ exports, publishConfig: { exports } }),
    );
    await writeFile(
      at('README.md'),
      '# Us\n\n<!-- backends:start -->\nold\n<!-- backends:end -->\n\nThe end.\n',
    );
    await backend('beta', 'beta.ts');
    await backend('acme', 'acme.ts');
  });
  afterEach(() => rm(checkout, { recursive: true, force: true }));

  it('writes the registry, the doors and the table, in the order of the ids', async () => {
    expect(await generate('--root', checkout)).toMatchObject({ code: 0 });
    const { registry, ids, manifest, readme } = await generated();
    expect(ids).toContain("[\n  'acme',\n  'beta',\n];\n");
    expect(registry).toContain("'a-1': 'it\\'s-a',");
    expect(registry).toContain("operations: ['chat'],");
    expect(registry).toContain("load: () => import('../backends/acme.ts').then((module) => module.default),");
    expect(registry.indexOf('acme: {')).toBeLessThan(registry.indexOf('beta: {'));
    expect(Object.keys(manifest.exports)).toEqual(['.', './acme', './beta', './package.json']);
    expect(manifest.exports['./acme']['@g4f/source']).toBe('./src/backends/acme.ts');
    expect(manifest.publishConfig.exports['./acme']).toEqual({
      import: { types: './dist/acme.d.ts', default: './dist/acme.js' },
      require: { types: './dist/acme.d.cts', default: './dist/acme.cjs' },
    });
    expect(readme).toMatch(
      /^# Us\n\n<!-- backends:start -->\n\|[\s\S]+\|\n<!-- backends:end -->\n\nThe end\.\n$/,
    );
    expect(readme).toContain('| `acme` | [The acme](https://acme.example/docs) | `ACME_KEY` |');
    expect(readme).not.toContain('old');
  });

  it('changes nothing when asked to check, and says in one line what is stale and what to run', async () => {
    await generate('--root', checkout);
    expect(await generate('--check', '--root', checkout)).toMatchObject({ code: 0 });
    await rm(at('packages/providers/src/backends/beta.ts'));
    const before = await generated();
    expect(await generate('--check', '--root', checkout)).toEqual({
      code: 1,
      said: 'stale: packages/providers/src/registry/registry.gen.ts, packages/providers/src/registry/backend-ids.gen.ts, packages/providers/src/registry/names.gen.ts, packages/providers/package.json, README.md, docs/backends.md. Run: npm run generate',
    });
    expect(await generated()).toEqual(before);

    await generate('--root', checkout);
    const { manifest, registry } = await generated();
    expect(Object.keys(manifest.exports)).toEqual(['.', './acme', './package.json']);
    expect(Object.keys(manifest.publishConfig.exports)).toEqual(['.', './acme', './package.json']);
    expect(registry).not.toContain('beta');
  });

  it('says what is wrong with each file, in one line each, and writes nothing', async () => {
    const before = await readFile(at('README.md'), 'utf8');
    const file = (name: string, text: string) =>
      writeFile(at(`packages/providers/src/backends/${name}`), text);
    await backend('gamma', 'other.ts');
    await backend('delta', 'delta.ts', "import beta from './beta.ts';\n");
    await file('empty.ts', '// Nothing. Source: https://nothing.example\nexport const x = 1;\n');
    await file(
      'broken.ts',
      '// Broken. Source: https://nothing.example\nthrow new Error("no such\\nthing");\n',
    );
    await file('poor.ts', "export default { id: 'poor', key: 'required', models: {} };\n");
    const unsaid =
      "{ id: 'rich', name: 'Rich', website: 'https://a.example', baseURL: 'https://a.example', key: 'none', models: {}, chat: 1 }";
    await file('rich.ts', `// Rich. Source: https://a.example/docs\nexport default ${unsaid};\n`);
    const { code, said } = await generate('--root', checkout);
    expect(code).toBe(1);
    expect(said.split('\n').sort()).toEqual([
      'backends/broken.ts: cannot be loaded: no such',
      'backends/delta.ts: imports the provider beta. Put what they share beside backends/.',
      'backends/empty.ts: has no default export. Export what openaiCompatible or defineProvider returns.',
      'backends/other.ts: its id is "gamma". Name the file after the id, or correct the id.',
      `backends/poor.ts: can do nothing. Give it ${OPERATIONS.join(' or ')}, or leave it out.`,
      'backends/poor.ts: has no env. Name the variable that holds its key.',
      'backends/poor.ts: has no name. Give the name a person knows it by.',
      'backends/poor.ts: has no website. Give the page its facts come from.',
      'backends/poor.ts: names no source. Begin its first comment with what it is, and the page its facts come from.',
      'backends/rich.ts: has no website. Give the page its facts come from.',
    ]);
    expect(await readFile(at('README.md'), 'utf8')).toBe(before);
  });
});
