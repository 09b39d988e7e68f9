// From the provider files: the registry, the doors of @g4f/providers, and the table in the README. From others: the table of
// limits and the pages of the command line.
// Run by run.mjs, and to its end while it is being imported: Vite's runner is closed after that.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type BackendFacts, readBackends } from './backend-facts.ts';
import { renderBackendsPage } from './backends-page.ts';
import { renderCliPage, renderManPage } from './cli-page.ts';
import { renderLimitsPage } from './limits-page.ts';
import { renderIds, renderManifest, renderNames, renderReadme, renderRegistry } from './registry-output.ts';
import { root } from './source-file.ts';

const OUTPUTS: Readonly<Record<string, (before: string, backends: readonly BackendFacts[]) => string>> = {
  'packages/providers/src/registry/registry.gen.ts': (_, backends) => renderRegistry(backends),
  'packages/providers/src/registry/backend-ids.gen.ts': (_, backends) => renderIds(backends),
  'packages/providers/src/registry/names.gen.ts': (_, backends) => renderNames(backends),
  'packages/providers/package.json': renderManifest,
  'README.md': renderReadme,
  'docs/backends.md': (_, backends) => renderBackendsPage(backends),
  'docs/limits.md': renderLimitsPage,
  'docs/cli.md': renderCliPage,
  'apps/cli/man/g4f.1': renderManPage,
};

const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    root: { type: 'string', default: root },
  },
});
const { backends, mistakes } = await readBackends(join(values.root, 'packages/providers/src/backends'));
if (mistakes.length > 0) fail(mistakes);
else await generate(values.root, values.check);

async function generate(checkout: string, onlyCheck: boolean): Promise<void> {
  const stale: string[] = [];
  for (const [path, render] of Object.entries(OUTPUTS)) {
    const file = join(checkout, path);
    const before = await readFile(file, 'utf8').catch(() => '');
    const after = render(before, backends);
    if (after === before) continue;
    stale.push(path);
    if (onlyCheck) continue;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, after);
  }
  if (stale.length === 0) console.log(`${backends.length} providers; nothing is stale`);
  else if (onlyCheck) fail([`stale: ${stale.join(', ')}. Run: npm run generate`]);
  else console.log(`${backends.length} providers; wrote ${stale.join(', ')}`);
}

function fail(lines: readonly string[]): void {
  for (const line of lines) console.error(line);
  process.exitCode = 1;
}
