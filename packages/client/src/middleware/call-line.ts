// What a call came to, in one line or in fields: no prompt, no answer, no key.
import {
  type Batch,
  type ErrorCode,
  type Operation,
  type Operations,
  type ResponseStreamEvent,
  redact,
  type StoredResponse,
  scopeOf,
  type TranscriptionUsage,
  toG4FError,
  type Usage,
} from '@g4f/core';
import { modelName } from '@g4f/core/internal';
import { isResponseState } from '../streams/response-stream.ts';
import type { AnyHandler, CallFields, Logger, MiddlewareCall, Next } from '../surface/middleware.ts';

/** What parts tell of an answer. */
interface Told {
  readonly provider?: string | undefined;
  readonly model?: string | undefined;
  /** Tokens, where they are counted as those of a chat are. */
  readonly usage?: Partial<Usage> | undefined;
  readonly cached?: unknown;
}

/** The batches of a chat that have been read so far, added up. */
function tellBatch(batch: Batch, before: Told): Told {
  let { provider, model, usage, cached } = before;
  for (const event of batch) {
    if (event.type === 'answer-start') {
      ({ provider, model } = event);
      cached = event.extra?.chunk?.cached;
    }
    if (event.type === 'usage' || event.type === 'finish') usage = event.usage ?? usage;
  }
  return { provider, model, usage, cached };
}

/** The same of the events of a response. */
function tellEvents(events: readonly ResponseStreamEvent[], before: Told): Told {
  let told = before;
  for (const event of events) {
    if (!isResponseState(event)) continue;
    const { provider, model, usage, cached } = event.response;
    const counts = usage && { prompt_tokens: usage.input_tokens, completion_tokens: usage.output_tokens };
    told = { provider, model, usage: counts ?? undefined, cached };
  }
  return told;
}

/** The same of any other part, which tells it in fields of its own, or not at all. */
function tellPart(part: OtherPart, before: Told): Told {
  const { provider = before.provider, usage, cached = before.cached } = part;
  const model = typeof part.model === 'string' ? part.model : before.model;
  const isCounted = usage !== undefined && !('type' in usage);
  return { provider, model, usage: isCounted ? usage : before.usage, cached };
}

interface OtherPart {
  readonly provider?: string;
  readonly model?: unknown;
  readonly usage?: Partial<Usage> | TranscriptionUsage;
  readonly cached?: unknown;
}

/** The middleware. @param log is given the line; a logger the fields. */
export const createLogger = (log: ((line: string) => unknown) | Logger): AnyHandler =>
  async function* logged<O extends Operation>(
    call: MiddlewareCall<O>,
    next: Next<O>,
  ): AsyncGenerator<Operations[O]['part'], undefined> {
    const { operation, request } = call;
    const began = performance.now();
    let told: Told = {};
    // Unless something else is found out: a reader who leaves ends this where it stands.
    let code: ErrorCode | undefined = 'aborted';
    try {
      for await (const part of next()) {
        told = toldBy(operation, part, told);
        yield part;
      }
      code = undefined;
    } catch (thrown) {
      code = toG4FError(thrown, { code: 'internal' }).code;
      throw thrown;
    } finally {
      const provider = told.provider ?? call.route.at(-1)?.provider;
      const ms = Math.round(performance.now() - began);
      const model = told.model === undefined ? undefined : toldModel(told.model, call);
      tell(log, fieldsOf(operation, request.model, ms, { ...told, provider, model }, code));
    }
    return undefined;
  };

/** What a service calls the model that answers, where that is a name: it may say anything. */
function toldModel(model: string, call: Pick<MiddlewareCall, 'request' | 'redact'>): string {
  return model === call.request.model ? model : modelName(call.redact(model));
}

function fieldsOf(
  operation: Operation,
  requested: string,
  ms: number,
  { provider, model = requested, usage, cached }: Told,
  code: ErrorCode | undefined,
): CallFields {
  return {
    operation,
    model: redact(model),
    ...(model !== requested && { requested_model: redact(requested) }),
    ...(provider !== undefined && { provider }),
    ms,
    ...(usage?.prompt_tokens !== undefined && { prompt_tokens: usage.prompt_tokens }),
    ...(usage?.completion_tokens !== undefined && { completion_tokens: usage.completion_tokens }),
    ...(code !== undefined && { code }),
    ...(cached === true && { cached }),
  };
}

const lineOf = (fields: CallFields): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name}=${shown(value)}`)
    .join(' ');

/** One word, or a text in quotes: a name may be an end user's. */
function shown(value: unknown): string {
  const text = String(value);
  return /^[\w.:/@+-]+$/.test(text) ? text : JSON.stringify(text);
}

function toldBy(operation: Operation, part: Operations[Operation]['part'], told: Told): Told {
  if (isBatch(part, operation)) return tellBatch(part, told);
  if (isStored(part, operation)) return { ...told, provider: part.provider };
  return isEvents(part) ? tellEvents(part, told) : tellPart(part, told);
}

/** What it cost was told when it was made. */
const isStored = (part: object, operation: Operation): part is StoredResponse =>
  operation === 'storedResponse';

const isBatch = (part: object, operation: Operation): part is Batch =>
  operation === 'chat' && Array.isArray(part);

const isEvents = (part: object): part is readonly ResponseStreamEvent[] => Array.isArray(part);

/** A log that fails is no failure of the call. */
function tell(log: ((line: string) => unknown) | Logger, fields: CallFields): void {
  try {
    const told = typeof log === 'function' ? log(lineOf(fields)) : write(log, fields);
    void Promise.resolve(told).catch(() => undefined);
  } catch {
    // Nobody is left to be told.
  }
}

/** One whose reader left is well; what is wrong with the call itself is for the caller to mend. */
function write(log: Logger, fields: CallFields): unknown {
  const { operation, code } = fields;
  if (code === undefined) return log.info(fields, `${operation} answered`);
  if (code === 'aborted') return log.info(fields, `${operation} left by its reader`);
  const message = `${operation} failed: ${code}`;
  return scopeOf({ code }) === 'request' ? log.warn(fields, message) : log.error(fields, message);
}
