// Api.airforce: many models behind one address, some of them without a key. Source: https://api.airforce/docs
// It may answer 200 with nothing but "Ratelimit Exceeded!": that is a failure, and told as one.
import { type Batch, type ChatRequest, type Context, G4FError, isContent, type StreamEvent } from '@g4f/core';
import { openaiCompatible } from '../provider/openai-compatible.ts';

const service = openaiCompatible({
  id: 'airforce',
  name: 'Api.airforce',
  website: 'https://api.airforce/docs',
  baseURL: 'https://api.airforce/v1',
  key: 'optional',
  env: ['AIRFORCE_API_KEY'],
  features: ['tools', 'images'],
  quirks: { messages: {} },
});

export default { ...service, chat: withoutFalseAnswers };

const FALSE_ANSWER = 'ratelimit exceeded!';

/** Holds the beginning of the text back for as long as it may be the false answer. */
async function* withoutFalseAnswers(request: ChatRequest, context: Context): AsyncGenerator<Batch> {
  let held: StreamEvent[] = [];
  let clear = false;
  try {
    for await (const batch of service.chat(request, context)) {
      if (clear) {
        yield batch;
        continue;
      }
      held.push(...batch);
      const begun = textIn(held).trimStart().toLowerCase();
      if (begun.startsWith(FALSE_ANSWER)) {
        held = [];
        throw rateLimited(request.model);
      }
      clear = !FALSE_ANSWER.startsWith(begun) || held.some(saysMore);
      if (!clear) continue;
      yield held;
      held = [];
    }
  } catch (failure) {
    if (held.length > 0) yield held;
    throw failure;
  }
  if (held.length > 0) yield held;
}

const textIn = (events: Batch): string =>
  events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');

/** The false answer is text and nothing else: no reasoning, no call. */
const saysMore = (event: StreamEvent): boolean => event.type !== 'text-delta' && isContent(event);

const rateLimited = (model: string): G4FError =>
  new G4FError('airforce: 200 Ratelimit Exceeded. Wait, or choose another provider.', {
    code: 'rate-limit',
    provider: 'airforce',
    model,
    status: 200,
  });
