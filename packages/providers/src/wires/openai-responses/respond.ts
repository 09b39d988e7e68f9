// Responses as they are: the request goes as it was written, and the events come back as they came.
// Sources: https://platform.openai.com/docs/api-reference/responses/create
// and https://platform.openai.com/docs/api-reference/responses-streaming
import {
  CARRIED_REASONING,
  type HttpResponse,
  type ModelResponse,
  type ResponseItem,
  type ResponseRequest,
  type ResponseStreamEvent,
  truncated,
} from '@g4f/core';
import { notTheProtocol, type RequestFacts } from '../../http/failures/failure.ts';
import { requestIdOf } from '../../http/failures/request-id.ts';
import { readServiceError } from '../../http/failures/service-error.ts';
import { type JsonEvent, readEventLists, readHead } from '../../http/reading/event-lists.ts';
import { readJsonAnswer } from '../../http/reading/json-answer.ts';
import { toText } from '../../http/text/bytes.ts';
import type { ByteReader } from '../../http/transport/body.ts';
import { asIndex, asObject, asText, type Json } from '../decoding/json.ts';
import { reportedFailure, saysError } from '../decoding/reported-failure.ts';
import type { Endpoint, EndpointReply } from '../endpoint.ts';
import { DoneItems } from './done-items.ts';
import { EventPlaces } from './event-places.ts';
import { isOutput, toResponse } from './response-body.ts';

/** `POST {base}/responses`. */
export const responsesEndpoint: Endpoint<'respond'> = async function* (request, exchange) {
  const reply = await exchange.send({
    path: '/responses',
    json: bodyOf(request),
    hides: { input: request.input, instructions: request.instructions },
    ...(request.stream && { accept: 'text/event-stream' }),
  });
  if (request.stream) yield* readStream(reply);
  else yield* readOnce(reply, request.background === true);
};

/** Reasoning that came from a service without this protocol is nothing to this one, which would refuse it. */
function bodyOf({ input, ...others }: ResponseRequest): Json {
  if (input === undefined) return others;
  return { ...others, input: typeof input === 'string' ? input : input.filter((item) => !isForeign(item)) };
}

const isForeign = (item: ResponseItem): boolean =>
  'encrypted_content' in item &&
  typeof item.encrypted_content === 'string' &&
  item.encrypted_content.startsWith(CARRIED_REASONING);

const EXPECTED = 'a response';

/**
 * Proxies before a service that only streams answer with a stream whatever was asked for: its last event holds all. An empty list
 * stands for content that is not handed on: the wait for it is over.
 */
async function* readOnce(reply: EndpointReply, mayWait: boolean): AsyncGenerator<ResponseStreamEvent[]> {
  const { response, asked } = reply;
  const bytes: ByteReader = response.body[Symbol.asyncIterator]();
  const head = await readHead(bytes, asked.provider);
  const opened = { asked, response: withBody(response, begun(head, bytes)) };
  if (head.length === 0 || /^[{[<]/.test(toText(head, 1))) {
    yield [await readWhole(opened, mayWait)];
    return;
  }
  let last: ResponseStreamEvent | undefined;
  for await (const events of readStream(opened)) {
    last = events.at(-1);
    if (events.some(({ type }) => !STATES.has(type))) yield [];
  }
  if (
    last === undefined ||
    !('response' in last) ||
    (last.type === DONE && last.response.output.length === 0)
  )
    throw notTheProtocol(response, JSON.stringify(last), asked, EXPECTED);
  yield [{ ...last, sequence_number: 0 }];
}

const withBody = (response: HttpResponse, body: HttpResponse['body']): HttpResponse => ({
  status: response.status,
  headers: response.headers,
  body,
  release: () => response.release(),
});

/** What has been read, and the rest. */
async function* begun(head: Uint8Array, bytes: ByteReader): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head;
    for (let read = await bytes.next(); !read.done; read = await bytes.next()) yield read.value;
  } finally {
    bytes.return?.().catch(() => undefined);
  }
}

async function readWhole({ response, asked }: EndpointReply, mayWait: boolean): Promise<ResponseStreamEvent> {
  const { headers } = response;
  return readJsonAnswer(response, asked, EXPECTED, (json) => {
    const body = asObject(json);
    if (body === undefined || !isOutput(body.output)) return undefined;
    const event = wholeEvent(body, asked, headers);
    // One that is still at work is an answer only to who asked for that; one that says nothing is none.
    const isAnswer = LAST.has(event.type) ? body.output.length > 0 || event.type !== DONE : mayWait;
    return isAnswer ? event : undefined;
  });
}

const DONE = 'response.completed';

type Headers = Readonly<Record<string, string>>;

/** A whole response as the one event that holds it. @throws G4FError where it failed */
function wholeEvent(body: Json, asked: RequestFacts, headers: Headers): ResponseStreamEvent {
  if (body.status === 'failed' || body.status === 'cancelled' || saysError(body.error))
    throw failureOf(body, asked, headers);
  const type =
    body.status === 'incomplete' || body.status === 'queued' || body.status === 'in_progress'
      ? (`response.${body.status}` as const)
      : 'response.completed';
  return { type, sequence_number: 0, response: toResponse(body, asked) };
}

const failureOf = ({ status, error }: Json, asked: RequestFacts, headers: Headers): Error =>
  reportedFailure(
    { error: saysError(error) ? error : `the response ended as "${asText(status)}"` },
    asked,
    headers,
  );

/** Up to its last event: what stands behind it is of no interest, and is not waited for. */
async function* readStream({ response, asked }: EndpointReply): AsyncGenerator<ResponseStreamEvent[]> {
  const reader = new EventReader(response, asked);
  for await (const events of readEventLists(response, asked, EXPECTED)) {
    const read: ResponseStreamEvent[] = [];
    let failure: { readonly thrown: unknown } | undefined;
    try {
      for (const event of events) if (!reader.isOver) read.push(...reader.read(event));
    } catch (thrown) {
      failure = { thrown };
    }
    // What came before the failure has been said.
    if (reader.isOver) response.release();
    if (read.length > 0) yield read;
    if (failure !== undefined) throw failure.thrown;
    if (reader.isOver) return;
  }
  const { provider, model } = asked;
  const { status, headers } = response;
  throw truncated(provider, { model, status, requestId: requestIdOf(headers) });
}

const LAST: ReadonlySet<unknown> = new Set([DONE, 'response.incomplete']);
const STATES: ReadonlySet<unknown> = new Set([
  'response.created',
  'response.queued',
  'response.in_progress',
  ...LAST,
]);

const isEmpty = (output: unknown): boolean => Array.isArray(output) && output.length === 0;

/** Whether an event that is none of a response's tells of a failure. */
const isFailure = (json: unknown, type: string, isStray: boolean): boolean => {
  if (!isStray && type.startsWith('response.')) return false;
  const payload = asObject(json);
  const isBare = isStray || payload?.type === undefined;
  return saysError(payload?.error) || (isBare && readServiceError(json) !== undefined);
};

class EventReader {
  readonly #asked: RequestFacts;
  readonly #response: HttpResponse;
  readonly #headers: Headers;
  readonly #places: EventPlaces;
  readonly #items = new DoneItems();
  #count = 0;
  #isOver = false;
  /** Whether anything but how the response stands has come. */
  #hasSpoken = false;

  constructor(response: HttpResponse, asked: RequestFacts) {
    this.#asked = asked;
    this.#response = response;
    this.#headers = response.headers;
    this.#places = new EventPlaces(asked);
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** @throws G4FError what the service reports. */
  read({ event, json, isStray }: JsonEvent): readonly ResponseStreamEvent[] {
    const payload = asObject(json) ?? {};
    const type = asText(payload.type) ?? event;
    if (type === 'error' || isFailure(json, type, isStray))
      throw reportedFailure(payload, this.#asked, this.#headers);
    if (isStray && isOutput(payload.output) && payload.output.length > 0) return this.#readWhole(payload);
    if (isStray) throw notTheProtocol(this.#response, JSON.stringify(json), this.#asked, EXPECTED);
    if (!type.startsWith('response.')) return [];
    const response = asObject(payload.response);
    if (response?.output !== undefined && !isOutput(response.output))
      throw notTheProtocol(this.#response, JSON.stringify(json), this.#asked, EXPECTED);
    if (type === 'response.failed' || saysError(response?.error))
      throw failureOf({ status: 'failed', ...response }, this.#asked, this.#headers);
    const placed = this.#places.placed(type, payload);
    this.#items.add(type, placed);
    const read = {
      ...placed,
      type,
      // Some that offer this protocol number nothing.
      sequence_number: asIndex(payload.sequence_number) ?? this.#count,
      ...(STATES.has(type) && { response: this.#stateOf(type, response ?? {}) }),
    };
    this.#count = read.sequence_number + 1;
    this.#isOver = LAST.has(type);
    if (type === DONE && !this.#hasSpoken && response?.output !== undefined && isEmpty(response.output))
      throw notTheProtocol(this.#response, JSON.stringify(json), this.#asked, EXPECTED);
    this.#hasSpoken ||= !STATES.has(type);
    // What other events hold is handed on as it came.
    return [read as unknown as ResponseStreamEvent];
  }

  #stateOf(type: string, response: Json): ModelResponse {
    const given = toResponse(response, this.#asked);
    return LAST.has(type) && given.output.length === 0
      ? toResponse({ ...response, output: this.#items.all }, this.#asked)
      : given;
  }

  /** Where no stream came to a request for one. */
  #readWhole(body: Json): readonly ResponseStreamEvent[] {
    const last = wholeEvent(body, this.#asked, this.#headers);
    this.#isOver = true;
    if (!('response' in last)) return [last];
    const begun = { ...toResponse(body, this.#asked), status: 'in_progress', output: [] };
    return [
      { type: 'response.created', sequence_number: 0, response: begun },
      { ...last, sequence_number: 1 } as ResponseStreamEvent,
    ];
  }
}
