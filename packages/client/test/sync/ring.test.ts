// A ring carries any records, whatever their length, wherever it bends and whenever the reader looks.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRing, FIRST_KIND_OF_BYTES, giveBackRing, takeRing } from '../../src/sync/ring.ts';
import { RingReader } from '../../src/sync/ring-reader.ts';
import { RingWriter } from '../../src/sync/ring-writer.ts';

type Entry = readonly [kind: number, held: string | Uint8Array];

const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'binary-ascii', maxLength: 30 }),
  fc.string({ unit: 'grapheme', minLength: 50, maxLength: 700 }),
);
const texts = fc.tuple(fc.integer({ min: 0, max: FIRST_KIND_OF_BYTES - 1 }), words);
const bytes = fc.tuple(fc.integer({ min: FIRST_KIND_OF_BYTES, max: 255 }), fc.uint8Array({ maxLength: 200 }));
const entries = fc.array(fc.oneof(texts, bytes), { maxLength: 40 });

/** Sends all through the ring; the reader looks again and again, and lets the writer go on after every few records. */
async function carry(
  ring: SharedArrayBuffer,
  sent: readonly Entry[],
  publishEvery = 1,
  readsPerTurn = 9,
): Promise<Entry[]> {
  const writer = new RingWriter(ring);
  const reader = new RingReader(ring);
  const received: Entry[] = [];
  const write = async (): Promise<void> => {
    for (const [at, [kind, held]] of sent.entries()) {
      if (typeof held !== 'string') await writer.writeBytes(kind, held);
      else if (!writer.tryWrite(kind, held)) await writer.write(kind, held);
      if (at % publishEvery === 0) writer.publish();
    }
    writer.publish();
  };
  void write();
  while (received.length < sent.length) {
    const kind = reader.tryRead();
    if (kind !== undefined)
      received.push([kind, kind < FIRST_KIND_OF_BYTES ? reader.text : Uint8Array.from(reader.bytes)]);
    if (kind === undefined || received.length % readsPerTurn === 0) await new Promise(setImmediate);
  }
  reader.giveBack();
  return received;
}

it('carries any records through a ring of any size, also when each is longer than the ring', async () => {
  const few = fc.integer({ min: 1, max: 9 });
  const sizes = fc.constantFrom(16, 64, 1024, 4096);
  await fc.assert(
    fc.asyncProperty(entries, sizes, few, few, async (sent, bytes, publishEvery, readsPerTurn) => {
      expect(await carry(createRing(bytes), sent, publishEvery, readsPerTurn)).toEqual(sent);
    }),
    { numRuns: 150 },
  );
});

it('carries on where the last call ended when a ring is used again', async () => {
  const ring = createRing(64);
  for (let round = 0; round < 50; round++) {
    const sent: Entry[] = [
      [1, `round ${round}`],
      [2, 'x'.repeat(round)],
    ];
    expect(await carry(ring, sent)).toEqual(sent);
  }
});

it('carries a record of 8 MiB', async () => {
  const text = 'é'.repeat(4 * 1024 * 1024);
  const [record] = await carry(takeRing(), [[4, text]]);
  expect(record?.[1] === text).toBe(true);
});

it('counts on past 4 GiB', async () => {
  const ring = createRing(64);
  new Int32Array(ring).fill(-10, 0, 33);
  new Int32Array(ring)[16] = 0;
  const sent: Entry[] = Array.from({ length: 20 }, (_, at) => [at, `record ${at}`]);
  expect(await carry(ring, sent)).toEqual(sent);
});

it('shows nothing before it is published, and then all of it', () => {
  const ring = createRing(1024);
  const writer = new RingWriter(ring);
  const reader = new RingReader(ring);
  expect(writer.tryWrite(1, 'one') && writer.tryWrite(1, 'two')).toBe(true);
  expect(reader.tryRead()).toBeUndefined();
  writer.publish();
  expect([reader.tryRead(), reader.text, reader.tryRead(), reader.text]).toEqual([1, 'one', 1, 'two']);
});

it('stops a writer that waits for room when nobody reads any more', async () => {
  const writer = new RingWriter(createRing(64));
  const writing = writer.write(1, 'x'.repeat(1000));
  const state = await Promise.race([
    writing.then(() => 'written'),
    new Promise((turn) => setImmediate(turn, 'waits')),
  ]);
  expect(state).toBe('waits');
  writer.close();
  await writing;
});

it('keeps rings that come back for the next call', () => {
  const ring = takeRing();
  giveBackRing(ring);
  expect(takeRing()).toBe(ring);
});
