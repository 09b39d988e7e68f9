// Everything that services do wrong, behind the gateway, in every dialect: the reader gets what was said, and never a good end after a bad one.
import { AsyncClient } from '@g4f/client';
import type { G4FError } from '@g4f/core';
import { createFaultServer, type Fault, type FaultServer, faultsOf } from '@g4f/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, serve } from '../src/index.ts';

/** Rows in which a deadline must pass: those before the first content, and after it, stand for all. */
const isSilent = ({ expected }: Fault): boolean => expected.phase !== undefined;
const SILENT: readonly string[] = ['no-content', 'stall'];
/** Rows that wait for what the client waits for, which is no matter of the gateway. */
const SLOW: readonly string[] = ['finish-and-comments', 'finish-and-open'];
const OF_CHAT = faultsOf('openai-chat').filter(({ request }) => request === undefined);
/** Rows that say what comes of them in one piece. */
const WHOLE = OF_CHAT.flatMap((row) =>
  row.whole === undefined ? [] : [{ ...row, expected: row.whole }],
).filter((row) => !isSilent(row) || SILENT.includes(row.name));
/** Rows that never end by themselves say nothing of an end. */
const ROWS = OF_CHAT.filter(
  (row) =>
    row.expected.text !== undefined &&
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

const clientOf = (provider: (typeof READERS)[number][0], baseURL: string) =>
  new AsyncClient({ provider, baseURL, apiKey: 'of-the-caller', maxRetries: 0, env: {} });
const messages = [{ role: 'user' as const, content: 'Hello' }];

/** What is read in a stream, and what it ended with. */
async function read(provider: (typeof READERS)[number][0], baseURL: string, model: string) {
  const client = clientOf(provider, baseURL);
  let text = '';
  let finish: string | null | undefined;
  let error: unknown;
  try {
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

  it.each(WHOLE.map((row) => [row.name, row] as const))('%s, in one piece', async (name, row) => {
    const gateway = isSilent(row) ? impatient : patient;
    const asked = clientOf(provider, gateway.url + path).chat.completions.create({
      model: `fault:${name}`,
      messages,
    });
    const { text, end } = row.expected;
    const answer = await Promise.resolve(asked).catch((error: unknown) => error);
    if (end === 'complete') expect(answer).toMatchObject({ choices: [{ message: { content: text } }] });
    else {
      expect(answer).toMatchObject({ name: 'G4FError' });
      // What only the gateway saw of its provider is 502 or 504, which a reader takes for the server's fault.
      const { code, status } = answer as G4FError;
      if (code === 'server' && !end.includes('server')) expect([502, 504]).toContain(status);
      else expect(end).toContain(code);
      expect(JSON.stringify(answer)).not.toContain('sk-upstream-key');
    }
  });
});
