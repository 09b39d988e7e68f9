// Events cross to the caller as records and arrive as they were, in their compact form where they have one.
import { createProjector, type Fields, type StreamEvent } from '@g4f/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EventDecoder, EventEncoder, Kind } from '../../src/sync/event-codec.ts';

/** Kinds and arriving events of one stream. */
function cross(events: readonly StreamEvent[]): { kinds: number[]; arrived: StreamEvent[] } {
  const encoder = new EventEncoder();
  const decoder = new EventDecoder();
  const kinds: number[] = [];
  const arrived = events.map((event) => {
    encoder.encode(event);
    kinds.push(encoder.kind);
    // The ring carries UTF-8.
    return decoder.decode(encoder.kind, Buffer.from(encoder.text).toString('utf8'));
  });
  return { kinds, arrived };
}

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);
const json = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)));
const fields: fc.Arbitrary<Fields> = fc.dictionary(fc.string(), json, { noNullPrototype: true });
const extra = fc.record({ chunk: fields, choice: fields, delta: fields }, { requiredKeys: [] });
const said = {
  choice: fc.nat({ max: 2 }),
  extra: fc.oneof(extra, fc.constant({ chunk: { system_fingerprint: 'f' } })),
};

const anyEvent: fc.Arbitrary<StreamEvent> = fc.oneof(
  fc.record(
    { type: fc.constant('text-delta' as const), text: anyText, ...said },
    { requiredKeys: ['type', 'text'] },
  ),
  fc.record(
    { type: fc.constant('reasoning-delta' as const), text: anyText, ...said },
    { requiredKeys: ['type', 'text'] },
  ),
  fc.record(
    {
      type: fc.constant('tool-call-delta' as const),
      key: anyText,
      id: fc.string(),
      arguments: anyText,
      ...said,
    },
    { requiredKeys: ['type', 'key'] },
  ),
  fc.record(
    { type: fc.constant('source' as const), url: anyText, title: anyText, ...said },
    { requiredKeys: ['type', 'url'] },
  ),
  fc.record(
    { type: fc.constant('aside' as const), extra, choice: fc.nat({ max: 2 }) },
    { requiredKeys: ['type', 'extra'] },
  ),
  fc.constant<StreamEvent>({ type: 'finish', reason: 'stop', rawReason: 'end' }),
);

/** A compact record leaves out that the choice is the first: it is so without being said. */
const unsaid = (event: StreamEvent): StreamEvent => {
  if (event.choice !== 0) return event;
  const { choice: _first, ...rest } = event;
  return rest;
};

it('carries any sequence of events', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
      expect(cross(events).arrived.map(unsaid)).toEqual(events.map(unsaid));
    }),
    { numRuns: 500 },
  );
});

it('carries text, reasoning and text with an unchanging extra without JSON', () => {
  const stamp = (): { chunk: Fields } => ({ chunk: { system_fingerprint: 'f', service_tier: 'default' } });
  const { kinds } = cross([
    { type: 'text-delta', text: 'a' },
    { type: 'text-delta', text: 'ä 👋', choice: 0 },
    { type: 'reasoning-delta', text: 'hm' },
    { type: 'text-delta', text: 'b', extra: stamp() },
    { type: 'text-delta', text: 'c', extra: stamp() },
    { type: 'text-delta', text: 'd', extra: { chunk: { system_fingerprint: 'g' } } },
    { type: 'text-delta', text: 'e', choice: 1 },
    { type: 'text-delta', text: 'f', choice: 1 },
    { type: 'text-delta', text: '\ud800' },
  ]);
  const { Text, Reasoning, SameText, Event } = Kind;
  expect(kinds).toEqual([Text, Text, Reasoning, Event, SameText, Event, Event, SameText, Event]);
});

it('keeps apart choices that come by turns with the same extra', () => {
  const extra = { chunk: { system_fingerprint: 'f' } };
  const events: StreamEvent[] = [1, 2, 2, 1].flatMap((choice) => [
    { type: 'text-delta', text: `said by ${choice}`, choice, extra },
    { type: 'text-delta', text: 'said by the first', extra },
  ]);
  expect(cross(events).arrived).toEqual(events);
  expect(cross(events).kinds).toEqual(events.map(() => Kind.Event));
});

it('makes the same chunks on this side as on the other', () => {
  const start: StreamEvent = { type: 'answer-start', id: 'a', model: 'm', provider: 'p', created: 1 };
  fc.assert(
    fc.property(fc.array(anyEvent.filter(({ type }) => type !== 'tool-call-delta')), (events) => {
      const all = [start, ...events];
      expect(cross(all).arrived.map(createProjector())).toEqual(all.map(createProjector()));
    }),
  );
});
