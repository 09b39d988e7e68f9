// Attacks by sizes: many pieces of one kind, and eight times as many. The time for each of them must not grow.
import { type ChatRequest, type Context, fold, isG4FError, type Provider } from '@g4f/core';
import type { WireName } from '@g4f/providers';
import { loadWire, overWire } from '@g4f/providers';
import type { Attack, Random } from './attack.ts';
import { checkGrowth } from './bounded-time.ts';
import { BODIES, type Body, REFUSALS } from './sizes-bodies.ts';

const PROMISE = 'Twice as many pieces of whatever kind take twice the time, and no more.';

const request: ChatRequest = {
  model: 'm',
  messages: [{ role: 'user', content: 'hi' }],
  stream: true,
  tools: [{ type: 'function', function: { name: 'f' } }],
};

/** A context in which the service answers with this body, all at once or in reads of so many bytes. */
const contextOf = (body: Buffer, status: number, read: number): Context => ({
  signal: new AbortController().signal,
  env: {},
  enter: () => undefined,
  warn: () => undefined,
  send: async () => ({
    status,
    headers: { 'content-type': 'text/plain' },
    release: () => undefined,
    body: (async function* () {
      for (let at = 0; at < body.length; at += read) yield body.subarray(at, at + read);
    })(),
  }),
});

/** Hears the answer to its end. What is too much may be refused, by an error of ours. */
async function hear(provider: Provider, body: Buffer, status: number, read: number): Promise<void> {
  const { chat } = provider;
  if (chat === undefined) throw new Error('the wire has no chat');
  try {
    await fold(chat(request, contextOf(body, status, read)));
  } catch (error) {
    if (!isG4FError(error)) throw error;
    if (error.message.length > 2000) throw new Error(`the message has ${error.message.length} characters`);
  }
}

const attack = (wire: WireName, name: string, body: Body, status = 200): Attack => ({
  name: `many pieces: ${wire}, ${name}`,
  promise: PROMISE,
  async run(random: Random) {
    const provider = overWire(await loadWire(wire), { id: 'acme', baseURL: 'http://acme.test', apiKey: 'k' });
    const letter = String.fromCharCode(97 + Math.floor(random() * 26));
    const read = random() < 0.5 ? 1 << 30 : 64 * 1024;
    await checkGrowth(this.name, (count) => {
      const bytes = Buffer.from(body(count, letter));
      return () => hear(provider, bytes, status, read);
    });
  },
});

export const SIZES_ATTACKS: readonly Attack[] = [
  ...Object.entries(BODIES).flatMap(([wire, kinds]) =>
    Object.entries(kinds).map(([name, body]) => attack(wire as WireName, name, body)),
  ),
  ...Object.entries(REFUSALS).map(([name, body]) => attack('openai-chat', `a refusal of ${name}`, body, 400)),
];
