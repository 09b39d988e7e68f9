// Every row of the fault table, on every wire: what the reader gets is what the table says. Rows that a deadline ends are
// the client's to tell; here they end when the call is aborted.
import { createGrammar, isG4FError } from '@g4f/core';
import { createFaultServer, FAULT_TEXT, FAULTS, type Fault, type FaultServer } from '@g4f/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overWire } from '../../src/service.ts';
import { loadWire, WIRE_NAMES, type WireName } from '../../src/wires/named-wire.ts';
import { contextOf, within } from '../http/service.ts';

let server: FaultServer;
beforeAll(async () => {
  server = await createFaultServer();
});
afterAll(() => server.close());

const WHOLE = FAULT_TEXT.join('');

const hear = async (wire: WireName, fault: Fault, stream: boolean) => {
  const controller = new AbortController();
  const service = overWire(await loadWire(wire), {
    id: 'acme',
    baseURL: `${server.url}/${fault.name}`,
    apiKey: 'k',
  });
  const context = contextOf({ signal: controller.signal });
  const grammar = createGrammar('acme');
  const waits = fault.expected.phase !== undefined || fault.name === 'endless';
  let text = '';
  if (waits) setTimeout(() => controller.abort(), 300);
  try {
    const request = {
      model: 'm',
      messages: [{ role: 'user', content: 'hi' }],
      stream,
      max_tokens: 9,
    } as const;
    for await (const batch of service.chat(request, context)) {
      for (const event of batch) {
        grammar.accept(event);
        if (event.type === 'text-delta') text += event.text;
      }
    }
    grammar.end();
    return { text, end: 'complete' };
  } catch (error) {
    return { text, end: isG4FError(error) ? error.code : String(error) };
  }
};

const rows = WIRE_NAMES.flatMap((wire) =>
  FAULTS.filter(({ except }) => !except?.includes(wire)).map((fault) => [wire, fault.does, fault] as const),
);

describe('streamed', () => {
  it.each(rows)('%s: the service %s', async (wire, _does, fault) => {
    const { end, phase, text: much } = fault.expected;
    const heard = await hear(wire, fault, true);
    if (end === 'complete') expect(heard.end).toBe('complete');
    else expect(phase === undefined ? end : ['aborted']).toContain(heard.end);
    if (much === 'all') expect(heard.text).toBe(WHOLE);
    if (much === 'none') expect(heard.text).toBe('');
    if (much === 'part') expect(heard.text).not.toBe('');
    await within(2000, () => server.counts().activeStreams === 0);
  });
});

describe('in one piece', () => {
  const whole = FAULTS.filter(({ name }) =>
    /^(none|bom|pieces|gzip|br|html|empty|json-error|status-)/.test(name),
  );
  it.each(WIRE_NAMES.flatMap((wire) => whole.map((fault) => [wire, fault.does, fault] as const)))(
    '%s: the service %s',
    async (wire, _does, fault) => {
      const heard = await hear(wire, fault, false);
      if (fault.expected.end === 'complete') expect(heard).toEqual({ text: WHOLE, end: 'complete' });
      else expect(fault.expected.end).toContain(heard.end);
    },
  );
});
