// Writes docs/runtimes.md: `npm run runtimes:page`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../source-file.ts';
import { runtimesPage } from './page.ts';

writeFileSync(join(root, 'docs/runtimes.md'), runtimesPage());
