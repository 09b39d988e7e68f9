// What `npm start` runs: the demo, with the embedded model as the stand-in of a newcomer who has no key, and the
// successor of the example's model, which its maker has ended.
import { registry } from '@g4f/providers';

const keys = Object.values(registry)
  .filter(({ models }) => 'gpt-4' in models)
  .flatMap(({ env = [] }) => env);
if (!keys.some((name) => process.env[name])) process.env.G4F_FALLBACK ??= 'local';

process.env.G4F_RETIRED ??= 'successor';

await import('./main.ts');
