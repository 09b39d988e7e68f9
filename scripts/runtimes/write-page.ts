// Writes docs/runtimes.md: `pnpm runtimes:page`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../source-file.ts';
import { runtimesPage } from './page.ts';

writeFileSync(join(root, 'docs/runtimes.md'), runtimesPage());
