// Takes only the error from the door; run where undici and zod do not exist.
import { createRequire } from 'node:module';
import { G4FError } from '@g4f/client';

const required = createRequire(import.meta.url)('@g4f/client');
console.log(new G4FError('x', { code: 'timeout' }) instanceof required.G4FError);
