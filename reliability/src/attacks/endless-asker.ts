// Asks for endless answers, one after the other, in a process of its own with a small heap, and prints what became of each.
import { AsyncClient, isG4FError } from '@g4f/client';

const [baseURL = '', way, ...kinds] = process.argv.slice(2);
/** A stream of text has no limit: its reader leaves after so many chunks. */
const MOST_CHUNKS = 100_000;

const { completions } = new AsyncClient({ baseURL, env: {}, maxRetries: 0 }).chat;

async function read(model: string): Promise<string> {
  if (way === 'whole') {
    await completions.create({ model, messages: 'hi', stream: false });
    return 'complete';
  }
  let chunks = 0;
  for await (const _ of completions.create({ model, messages: 'hi', stream: true })) {
    chunks += 1;
    if (chunks === MOST_CHUNKS) return 'went on';
  }
  return 'complete';
}

async function askAll(): Promise<void> {
  for (const kind of kinds) {
    const end = await read(kind).catch((error: unknown) =>
      isG4FError(error) ? error.code : `no G4FError: ${String(error)}`,
    );
    process.stdout.write(`${kind}\t${end}\n`);
  }
}

void askAll();
