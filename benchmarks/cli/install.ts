// Packs the command and what it needs, and installs it by npm as a stranger would: node scripts/run.mjs ../benchmarks/cli/install <folder>.
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createPackedProject, WITH_COMMAND_LINE } from '../../scripts/packed-project.ts';

const [folder = '.'] = process.argv.slice(2);
const project = await createPackedProject(WITH_COMMAND_LINE);
await rename(join(project.folder, 'node_modules'), join(folder, 'installed'));
await project.remove();
