// Every row of the fault table, on every wire that has it: what the reader gets is what the table says, to the letter.
// Rows that a deadline ends are the client's to tell; here they end when the call is aborted.
import {
  type ChatCompletion,
  createGrammar,
  fold,
  type G4FError,
  isG4FError,
  type Provider,
} from '@g4f/core';
import { createFaultServer, type Expected, type Fault, type FaultServer, faultsOf } from '@g4f/testing';
import { describe, expect, it } from 'vitest';
import { loadWire, WIRE_NAMES, type WireName } from '../../src/provider/named-wire.ts';
import { overWire } from '../../src/provider/over-wire.ts';
import { contextOf } from '../http/service.ts';

const KEY = 'acme-secret-1';

interface Heard {
  readonly text: string;
  readonly reasoning: string;
  readonly answer: ChatCompletion | undefined;
  readonly error: unknown;
}

interface Asked {
  readonly wire: WireName;
  readonly fault: Fault;
  readonly expected: Expected;
  readonly stream: boolean;
}

const acme = async ({ wire, fault }: Asked, { url }: FaultServer): Promise<Provider> =>
  overWire(await loadWire(wire), { id: 'acme', baseURL: `${url}/${fault.name}`, apiKey: KEY });

/** Waits for something that must happen; the test's own deadline ends it. `expect.poll` knows no tests side by side. */
const until = async (happened: () => boolean): Promise<void> => {
  while (!happened()) await new Promise((resolve) => setTimeout(resolve, 2));
};

/** Asks, and reads to the end; where the answer has none, the reader leaves once the text is there. */
const hear = async (asked: Asked, server: FaultServer): Promise<Heard> => {
  const { fault, expected, stream } = asked;
  const controller = new AbortController();
  const heard = { text: '', reasoning: '' };
  // What a deadline would end, the reader leaves when all that comes has come.
  const waits = expected.phase !== undefined || expected.text === undefined;
  const hasCome = (): boolean =>
    server.counts().activeStreams > 0 &&
    (expected.text === undefined ? heard.text !== '' : heard.text === expected.text);
  if (waits)
    void until(hasCome)
      .finally(() => controller.abort())
      .catch(() => undefined);
  const read = async function* () {
    const grammar = createGrammar('acme');
    const { chat } = await acme(asked, server);
    const messages = [{ role: 'user', content: 'hi' }] as const;
    const request = { model: 'm', messages, stream, max_tokens: 9, ...fault.request };
    const context = contextOf({ signal: controller.signal });
    for await (const batch of chat?.(request, context) ?? []) {
      for (const event of batch) {
        grammar.accept(event);
        if (event.type === 'text-delta') heard.text += event.text;
        if (event.type === 'reasoning-delta') heard.reasoning += event.text;
      }
      yield batch;
    }
    grammar.end();
  };
  try {
    return { answer: await fold(read()), error: undefined, ...heard };
  } catch (error) {
    return { answer: undefined, error, ...heard };
  }
};

const check = ({ text, reasoning, answer, error }: Heard, expected: Expected): void => {
  const { end, phase } = expected;
  if (end === 'complete') expect(error).toBeUndefined();
  else {
    const failure = error as G4FError;
    expect(isG4FError(failure)).toBe(true);
    expect(phase === undefined ? end : ['aborted']).toContain(failure.code);
    expect(failure.message).not.toMatch(/acme-secret-1|\n/);
    if (expected.status !== undefined) expect(failure.status).toBe(expected.status);
    if (expected.requestId !== undefined) expect(failure.requestId).toBe(expected.requestId);
    if (expected.words !== undefined) expect(failure.message).toContain(expected.words);
    const [least = 0, most = 0] = expected.retryAfterMs ?? [];
    if (expected.retryAfterMs !== undefined) {
      expect(failure.retryAfterMs).toBeGreaterThanOrEqual(least);
      expect(failure.retryAfterMs).toBeLessThanOrEqual(most);
    }
  }
  if (expected.text !== undefined) expect(text === expected.text ? expected.text : text).toBe(expected.text);
  else expect(text).not.toBe('');
  if (expected.reasoning !== undefined) expect(reasoning).toBe(expected.reasoning);
  if (expected.usage !== undefined) expect(answer?.usage).toMatchObject(expected.usage);
  if (expected.calls !== undefined) {
    const calls = answer?.choices[0]?.message.tool_calls?.map(({ id, function: fn }) => ({ id, ...fn }));
    expect(calls).toMatchObject(expected.calls);
    expect(calls?.length).toBe(expected.calls.length);
    expect(new Set(calls?.map(({ id }) => id)).size).toBe(expected.calls.length);
    expect(answer?.choices[0]?.finish_reason).toBe('tool_calls');
  }
};

const rows = WIRE_NAMES.flatMap((wire) =>
  faultsOf(wire).map((fault) => [wire, fault.name, fault.does, fault] as const),
);

/** Asks a service of its own, because its counts are looked at: whoever has left, or has all there is, leaves nothing behind. */
const holds = async (asked: Asked): Promise<void> => {
  const server = await createFaultServer();
  try {
    check(await hear(asked, server), asked.expected);
    await until(() => server.counts().activeStreams === 0);
  } finally {
    await server.close();
  }
};

// Side by side, because many rows wait, and some for 10 s.
describe.concurrent('streamed', () => {
  it.each(rows)('%s, %s: the service %s', (wire, _name, _does, fault) =>
    holds({ wire, fault, expected: fault.expected, stream: true }),
  );
});

describe.concurrent('in one piece', () => {
  it.each(rows.filter(([, , , { whole }]) => whole !== undefined))(
    '%s, %s: the service %s',
    (wire, _name, _does, fault) =>
      holds({ wire, fault, expected: fault.whole ?? fault.expected, stream: false }),
  );
});
