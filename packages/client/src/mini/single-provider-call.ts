// One call to one backend, which is asked again while its failure may pass and it has said nothing.
import {
  type Abortable,
  type Batch,
  type ChatRequest,
  type ErrorCode,
  G4FError,
  toG4FError,
} from '@g4f/core';
import type { AttemptLog, CallLog } from '../attempt/call-log.ts';
import { CallSignal } from '../attempt/call-signal.ts';
import { CheckedStream } from '../attempt/checked-stream.ts';
import { RequestScope } from '../attempt/request-scope.ts';
import { sleep } from '../attempt/sleep.ts';
import type { ChatEvents } from '../chat/chat-call.ts';
import { readyParams } from '../chat/ready-params.ts';
import { type CheckedParams, requestOf } from '../chat/request-of.ts';
import { toAbortError } from '../errors/abort-error.ts';
import type { Closing } from '../errors/client-closing.ts';
import { complain, MESSAGE, MESSAGES, MODEL, ROLE } from '../errors/expected.ts';
import { withAllAttempts } from '../failover/no-provider-error.ts';
import { retryDelay } from '../failover/retry-delay.ts';
import { type Fields, isFields } from '../options/plain-value.ts';
import { partParams } from '../options/split-params.ts';
import { agreedProviders } from '../routing/agreed-models.ts';
import { needsOf, undeclared, warningOf } from '../routing/feature-needs.ts';
import { modelIdAt } from '../routing/model-id.ts';
import type { CallOptions, ChatParams } from '../surface/surface.ts';
import { type MiniOptions, type MiniSettings, settleMini } from './mini-settings.ts';

/**
 * The events of one answer. Nothing happens before the first is asked for. @throws G4FError
 *
 * @param left aborted when the reader leaves.
 */
export const askOne = (
  client: MiniOptions,
  params: ChatParams,
  options: CallOptions | undefined,
  left: Abortable | undefined,
  log: CallLog,
  closing: Closing,
): ChatEvents => {
  let ready: ReadyCall | undefined;
  const getReady = (): ReadyCall => {
    closing.check();
    ready ??= makeReady(client, params, options);
    return ready;
  };
  return Object.assign(answer(getReady, left, log, closing), { prepare: async () => void getReady() });
};

/** What the backend is asked, and how. */
interface ReadyCall {
  readonly model: string;
  readonly request: ChatRequest;
  readonly settings: MiniSettings;
  readonly warnings: readonly string[];
}

function makeReady(client: MiniOptions, params: ChatParams, options: CallOptions | undefined): ReadyCall {
  if (!isFields(params)) throw wrong('create() takes an object with model and messages.');
  const { body: given, options: inParams } = partParams(params);
  const settings = settleMini(client, inParams, options);
  const { params: body, warnings } = readyParams(given);
  check(body);
  agreedProviders([settings.backend], body.model, settings);
  const request = requestOf({ ...body, model: modelIdAt(settings.backend, body.model) });
  return { model: body.model, request, settings, warnings };
}

async function* answer(
  getReady: () => ReadyCall,
  left: Abortable | undefined,
  log: CallLog,
  closing: Closing,
): AsyncGenerator<Batch, undefined> {
  const { model, request, settings, warnings } = getReady();
  const { backend } = settings;
  const bound = new CallSignal(settings, left, undefined, closing);
  log.begin({ model, stream: request.stream, providers: [backend.id] });
  const step = log.attempt(backend.id, request.model);
  // Unless it ends or fails: who leaves only calls `return`.
  let code: ErrorCode | undefined = 'aborted';
  try {
    const asked = { request, settings, warnings, bound, left, step, log };
    for (let retries = 0; !(yield* oneTry({ ...asked, retries })); retries += 1);
    code = undefined;
  } catch (thrown) {
    const error = toG4FError(thrown, { code: 'internal', provider: backend.id });
    code = error.code;
    throw withAllAttempts(error, { log: log });
  } finally {
    bound.release();
    log.finish(code);
  }
}

interface Try {
  readonly request: ChatRequest;
  readonly settings: MiniSettings;
  readonly warnings: readonly string[];
  readonly bound: CallSignal;
  readonly left: Abortable | undefined;
  readonly step: AttemptLog;
  readonly log: CallLog;
  readonly retries: number;
}

/** Whether it was heard to its end; false if it is to be asked again, now. @throws G4FError */
async function* oneTry({
  request,
  settings,
  warnings,
  bound,
  left,
  step,
  log,
  retries,
}: Try): AsyncGenerator<Batch, boolean> {
  const { backend } = settings;
  const undone = undeclared(backend, needsOf(request)).map((lack) => warningOf(backend.id, lack));
  const attempt = new RequestScope(settings, settings, bound.signal, [...warnings, ...undone]);
  const speech = new CheckedStream(settings, request, attempt);
  let hasSpoken = false;
  let isOver = false;
  step.started();
  try {
    for (let read = await speech.next(); !read.done; read = await speech.next()) {
      if (!hasSpoken) {
        step.firstContent();
        log.setReceived(attempt.received);
      }
      hasSpoken = true;
      log.read(read.value);
      yield read.value;
    }
    isOver = true;
    step.ended();
    return true;
  } catch (thrown) {
    const error = toG4FError(thrown, { code: 'internal', provider: settings.backend.id });
    isOver = true;
    if (left?.aborted) step.abandoned(error.message);
    else step.failed(error);
    const delay = hasSpoken || retries >= settings.maxRetries ? undefined : retryDelay(error, retries);
    if (delay === undefined || performance.now() + delay >= bound.endsAt) throw error;
    await sleep(delay, bound.signal);
    if (bound.signal.aborted) throw toAbortError(bound.signal);
    return false;
  } finally {
    if (!isOver) step.abandoned(`${settings.backend.id}: its reader left.`);
    void speech.return();
  }
}

function check(params: Fields): asserts params is Fields & CheckedParams {
  const { model, messages, stream } = params;
  if (typeof model !== 'string' || model === '') throw wrong(`model: ${complain(MODEL, model)}.`);
  if ((typeof messages !== 'string' && !Array.isArray(messages)) || messages.length === 0)
    throw wrong(`messages: ${complain(MESSAGES, messages)}.`);
  if (stream != null && typeof stream !== 'boolean') throw wrong('stream must be true or false.');
  if (typeof messages !== 'string') messages.forEach(checkMessage);
}

function checkMessage(message: unknown, at: number): void {
  if (!isFields(message)) throw wrong(`messages[${at}]: ${complain(MESSAGE, message)}.`);
  const { role, content } = message;
  if (!ROLES.has(role)) throw wrong(`messages[${at}].role: ${complain(ROLE, role)}.`);
  if (typeof content !== 'string' && !Array.isArray(content) && (content != null || role !== 'assistant'))
    throw wrong(`messages[${at}].content must be a text or a list of parts.`);
}

/** The others are translated before, or known to nobody. */
const ROLES: ReadonlySet<unknown> = new Set(['system', 'developer', 'user', 'assistant', 'tool']);

const wrong = (message: string): G4FError => new G4FError(message, { code: 'invalid-request' });
