// docs/runtimes.md says what the steps are.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runtimesPage } from './runtimes/page.ts';
import { root } from './source-file.ts';

it('docs/runtimes.md is what `npm run runtimes:page` writes', () => {
  expect(readFileSync(join(root, 'docs/runtimes.md'), 'utf8')).toBe(runtimesPage());
});
