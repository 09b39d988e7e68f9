// One call to one backend, which is asked again while its failure may pass and it has said nothing.
import { type Abortable, type Batch, type ChatRequest, G4FError, isG4FError, toG4FError } from '@g4f/core';
import { toAbortError } from '../abort-error.ts';
import { Attempt } from '../attempt.ts';
import { retryDelay } from '../backoff.ts';
import { type BoundCall, boundCall } from '../bound-call.ts';
import { ownId } from '../own-id.ts';
import { partParams } from '../part-params.ts';
import { requestOf } from '../request-of.ts';
import { sleep } from '../sleep.ts';
import { Speech } from '../speak.ts';
import type { CallOptions, ChatParams } from '../surface.ts';
import type { Step, Trail } from '../trail.ts';
import { type MiniOptions, type MiniSettings, settleMini } from './mini-settings.ts';

/**
 * The events of one answer. Nothing happens before the first is asked for. @throws G4FError
 *
 * @param left aborted when the reader leaves.
 */
export async function* askOne(
  client: MiniOptions,
  params: ChatParams,
  options: CallOptions | undefined,
  left: Abortable | undefined,
  trail: Trail,
): AsyncGenerator<Batch, undefined> {
  const { body, options: inParams } = partParams(checked(params));
  const settings = settleMini(client, inParams, options);
  const bound = boundCall(settings, left);
  const request = requestOf({ ...body, model: ownId(settings.provider, body.model) });
  trail.begin({ model: body.model, stream: request.stream, providers: [settings.provider.id] });
  const step = trail.step(settings.provider.id, request.model);
  try {
    for (let retries = 0; !(yield* attempt(request, settings, bound, step, retries)); retries += 1);
    trail.finish(undefined);
  } catch (error) {
    trail.finish(isG4FError(error) ? error.code : 'bad-response');
    throw error;
  } finally {
    bound.release();
  }
}

/** Whether it was heard to its end; false if it is to be asked again, now. @throws G4FError */
async function* attempt(
  request: ChatRequest,
  settings: MiniSettings,
  bound: BoundCall,
  step: Step,
  retries: number,
): AsyncGenerator<Batch, boolean> {
  const { provider, apiKey, baseURL } = settings;
  const backend = { ...provider, load: async () => provider };
  const trying = new Attempt({ backend, apiKey, baseURL }, settings, bound.signal);
  const speech = new Speech({ backend }, request, trying);
  let hasSpoken = false;
  step.asked();
  try {
    for (let read = await speech.next(); !read.done; read = await speech.next()) {
      if (!hasSpoken) step.spoke();
      hasSpoken = true;
      yield read.value;
    }
    step.ended();
    return true;
  } catch (thrown) {
    const error = toG4FError(thrown, { code: 'bad-response', provider: provider.id });
    step.failed(error);
    const delay = hasSpoken || retries >= settings.maxRetries ? undefined : retryDelay(error, retries);
    if (delay === undefined || performance.now() + delay >= bound.endsAt) throw error;
    await sleep(delay, bound.signal);
    if (bound.signal.aborted) throw toAbortError(bound.signal);
    return false;
  } finally {
    void speech.return();
  }
}

function checked(params: ChatParams): ChatParams {
  const { model, messages }: Partial<ChatParams> = params ?? {};
  if (typeof model !== 'string' || model === '') throw wrong('model must be the name of a model.');
  if ((typeof messages !== 'string' && !Array.isArray(messages)) || messages.length === 0)
    throw wrong('messages must be a text, or a list with at least one message.');
  return params;
}

const wrong = (message: string): G4FError => new G4FError(message, { code: 'invalid-request' });
