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
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadWire, WIRE_NAMES, type WireName } from '../../src/provider/named-wire.ts';
import { overWire } from '../../src/provider/over-wire.ts';
import { contextOf, until } from '../http/service.ts';

const KEY = 'acme-secret-1';
let server: FaultServer;
beforeAll(async () => {
  server = await createFaultServer();
});
afterAll(() => server.close());

interface Heard {
  readonly text: string;
  readonly reasoning: string;
  readonly answer: ChatCompletion | undefined;
  readonly error: unknown;
}

const acme = async (wire: WireName, fault: Fault): Promise<Provider> =>
  overWire(await loadWire(wire), { id: 'acme', baseURL: `${server.url}/${fault.name}`, apiKey: KEY });

/** Asks, and reads to the end; where the answer has none, the reader leaves once the text is there. */
const hear = async (wire: WireName, fault: Fault, expected: Expected, stream: boolean): Promise<Heard> => {
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
    const { chat } = await acme(wire, fault);
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

describe('streamed', () => {
  it.each(rows)('%s, %s: the service %s', async (wire, _name, _does, fault) => {
    check(await hear(wire, fault, fault.expected, true), fault.expected);
    // Whoever has left, or has all there is, leaves nothing behind.
    await until(() => server.counts().activeStreams === 0);
  });
});

describe('in one piece', () => {
  it.each(rows.filter(([, , , { whole }]) => whole !== undefined))(
    '%s, %s: the service %s',
    async (wire, _name, _does, fault) => {
      const expected = fault.whole ?? fault.expected;
      check(await hear(wire, fault, expected, false), expected);
      await until(() => server.counts().activeStreams === 0);
    },
  );
});
