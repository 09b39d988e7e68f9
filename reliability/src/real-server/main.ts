// `npm run real-server`: both clients against a real llama-server, which scripts/real-server.mjs starts.
import type { ClientOptions } from '@g4f/client';
import { readOptions } from '../command-line.ts';
import { type Asker, askers } from './askers.ts';
import { CHATS, type Check, EMBEDS, RESPONSES } from './checks.ts';

const HELP = `npm run real-server: asks a real llama-server with AsyncClient and Client: chats, streams, schemas, tools, completions,
responses, embeddings, errors. node scripts/real-server.mjs --help tells where the program comes from.

  --help   this text

Where the servers are is told by G4F_REAL_SERVER and G4F_REAL_EMBEDDER, whose values end in /v1; embeddings are left out
without the second. Exit code 1 if a check failed.`;

const options = readOptions(HELP, {});
const chats = process.env.G4F_REAL_SERVER;
const embeds = process.env.G4F_REAL_EMBEDDER;
if (!chats) options.refuse('G4F_REAL_SERVER is not set: begin with node scripts/real-server.mjs --');

let failed = 0;
const at = (baseURL: string | undefined, provider: string): ClientOptions => ({
  env: {},
  provider,
  apiKey: 'not-needed',
  maxRetries: 0,
  ...(baseURL !== undefined && { baseURL }),
});

async function run(where: string, clients: readonly Asker[], checks: readonly Check[]): Promise<void> {
  for (const asker of clients) {
    for (const { about, run } of checks) {
      try {
        await run(asker);
        console.log(`ok      ${where}, ${asker.name}: ${about}`);
      } catch (error) {
        failed += 1;
        console.log(
          `FAILED  ${where}, ${asker.name}: ${about}\n        ${String(error).split('\n').join('\n        ')}`,
        );
      }
    }
    asker.close();
  }
}

await run('llamacpp', askers(at(chats, 'llamacpp')), [...CHATS, ...RESPONSES]);
await run('openai-responses', askers(at(chats, 'openai-responses')), RESPONSES);
if (embeds) await run('llamacpp', askers(at(embeds, 'llamacpp')), EMBEDS);
else console.log('G4F_REAL_EMBEDDER is not set: nothing was embedded.');
console.log(failed === 0 ? 'All is as it must be.' : `${failed} checks failed.`);
process.exitCode = failed === 0 ? 0 : 1;
