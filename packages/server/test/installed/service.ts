// One gateway for programs in other processes: what the provider behind it does is said by the model's name.
import { type Batch, type ErrorCode, G4FError, type StreamEvent } from '@g4f/core';
import { failing, gatewayOf, saying, start, stop, text, usage } from '../made-up.ts';

const CALL: StreamEvent[] = [
  { type: 'tool-call-delta', key: '0', id: 'call_1', name: 'weather', arguments: '{"city":' },
  { type: 'tool-call-delta', key: '0', arguments: '"Oslo"}' },
  { type: 'finish', reason: 'tool_calls' },
];
const HELLO = saying([start()], [text('Hel')], [text('lo 🌍')], [stop, usage]);
const SAYS: Readonly<Record<string, ReturnType<typeof saying>>> = {
  json: saying([start()], [text('{"city":"Oslo"}')], [stop, usage]),
  half: failing(new G4FError('The line went dead.', { code: 'network' }), [start()], [text('Half')]),
};

/** The codes that `fail:<code>` fails with before the first content, as `told.py` has them. */
const CODES: readonly ErrorCode[] = [
  'invalid-request',
  'auth',
  'model-not-found',
  'rate-limit',
  'server',
  'timeout',
];

/** A gateway that ends with the test. `left` counts the endless answers that were left. */
export const startService = async () => {
  const ends = { left: 0 };
  const service = await gatewayOf(async function* (request, context): AsyncGenerator<Batch> {
    const [name = '', code] = request.model.split(':');
    if (code !== undefined)
      throw new G4FError('It failed.', { code: CODES.find((known) => known === code) ?? 'server' });
    if (name === 'endless') {
      const left = new Promise<void>((resolve) =>
        context.signal.addEventListener('abort', () => resolve(), { once: true }),
      );
      yield [start()];
      yield [text('Half')];
      await left;
      ends.left += 1;
      return;
    }
    if (name === 'tools' && request.messages.at(-1)?.role !== 'tool') yield* [[start()], CALL];
    else yield* (SAYS[name] ?? HELLO)(request, context);
  });
  /** The last request for this model. */
  const asked = (model: string) => service.seen.requests.findLast((request) => request.model === model);
  return { url: service.url, ends, asked };
};
