// Api.airforce: many models behind one address, some of them without a key. Source: https://api.airforce/docs
// It may answer 200 with nothing but "Ratelimit Exceeded!": that is a failure, and told as one.
import { type Batch, type ChatRequest, type Context, G4FError } from '@g4f/core';
import { openaiCompatible } from '../openai-compatible.ts';

const service = openaiCompatible({
  id: 'airforce',
  name: 'Api.airforce',
  website: 'https://api.airforce/docs',
  baseURL: 'https://api.airforce/v1',
  key: 'optional',
  env: ['AIRFORCE_API_KEY'],
  features: ['tools', 'images'],
});

export default { ...service, chat: withoutFalseAnswers };

const FALSE_ANSWER = 'ratelimit exceeded!';

/** Holds the beginning of the text back for as long as it may be the false answer. */
async function* withoutFalseAnswers(request: ChatRequest, context: Context): AsyncGenerator<Batch> {
  let held: Batch[] | undefined = [];
  let text = '';
  for await (const batch of service.chat(request, context)) {
    if (held === undefined) {
      yield batch;
      continue;
    }
    held.push(batch);
    for (const event of batch) if (event.type === 'text-delta') text += event.text;
    const begun = text.trimStart().toLowerCase();
    if (begun.startsWith(FALSE_ANSWER)) throw rateLimited(request.model);
    if (FALSE_ANSWER.startsWith(begun)) continue;
    yield held.flat();
    held = undefined;
  }
  if (held !== undefined) yield held.flat();
}

const rateLimited = (model: string): G4FError =>
  new G4FError('airforce: 200 Ratelimit Exceeded. Wait, or choose another provider.', {
    code: 'rate-limit',
    provider: 'airforce',
    model,
    status: 200,
  });
