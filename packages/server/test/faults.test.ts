// Everything that services do wrong, behind the gateway, in every dialect: the reader gets what was said, and never a good end after a bad one.
import { AsyncClient } from '@g4f/client';
import { createFaultServer, type Fault, type FaultServer, faultsOf } from '@g4f/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, serve } from '../src/index.ts';

/** Rows in which a deadline must pass: those before the first content, and after it, stand for all. */
const isSilent = ({ expected }: Fault): boolean => expected.phase !== undefined;
const SILENT: readonly string[] = ['no-content', 'stall'];
/** Rows that wait for what the client waits for, which is no matter of the gateway. */
const SLOW: readonly string[] = ['finish-and-comments', 'finish-and-open'];
/** Rows that never end by themselves say nothing of an end. */
const ROWS = faultsOf('openai-chat').filter(
  (row) =>
    row.expected.text !== undefined &&
    row.request === undefined &&
    !SLOW.includes(row.name) &&
    (!isSilent(row) || SILENT.includes(row.name)),
);

let faults: FaultServer;
let patient: RunningServer;
let impatient: RunningServer;

beforeAll(async () => {
  faults = await createFaultServer();
  const client = {
    provider: 'openai',
    baseURL: `${faults.url}/v1`,
    apiKey: 'sk-upstream-key-1234567890',
    maxRetries: 0,
  } as const;
  patient = await serve({ port: 0, client });
  impatient = await serve({
    port: 0,
    client: { ...client, timeout: { headers: 1000, firstContent: 1000, idle: 1000 } },
  });
});
afterAll(async () => {
  await Promise.all([patient.close(0), impatient.close(0)]);
  await faults.close();
});

/** Our own wires, and where each finds its API at the gateway. */
const READERS = [
  ['openai', '/v1'],
  ['anthropic', '/v1'],
  ['gemini', '/v1beta'],
  ['ollama', ''],
] as const;

/** What is read in a stream, and what it ended with. */
async function read(provider: (typeof READERS)[number][0], baseURL: string, model: string) {
  const client = new AsyncClient({ provider, baseURL, apiKey: 'of-the-caller', maxRetries: 0, env: {} });
  let text = '';
  let finish: string | null | undefined;
  let error: unknown;
  try {
    const messages = [{ role: 'user' as const, content: 'Hello' }];
    for await (const chunk of client.chat.completions.create({ model, messages, stream: true })) {
      text += chunk.choices[0]?.delta.content ?? '';
      finish = chunk.choices[0]?.finish_reason ?? finish;
    }
  } catch (thrown) {
    error = thrown;
  }
  return { text, finish, error };
}

describe.each(READERS)('read as %s', (provider, path) => {
  it.each(ROWS.map((row) => [row.name, row] as const))('%s', async (name, row) => {
    const gateway = isSilent(row) ? impatient : patient;
    const { text, finish, error } = await read(provider, gateway.url + path, `fault:${name}`);
    expect(text).toBe(row.expected.text);
    if (row.expected.end === 'complete') {
      expect(error).toBeUndefined();
      expect(finish).toBeTypeOf('string');
    } else {
      expect(error).toMatchObject({ name: 'G4FError' });
      expect(JSON.stringify(error)).not.toContain('sk-upstream-key');
    }
  });
});
