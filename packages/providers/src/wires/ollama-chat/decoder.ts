// Lines of an Ollama chat → events. Source: https://docs.ollama.com/api/chat and /api/streaming
import type { ChatRequest, StreamEvent, Usage } from '@g4f/core';
import { nothingSaid, type RequestFacts } from '../../http/failures/failure.ts';
import { readServiceError } from '../../http/failures/service-error.ts';
import { JSON_LINES } from '../../http/reading/json-lines.ts';
import type { WireDecoder } from '../../http/reading/wire-decoder.ts';
import { AnswerText } from '../decoding/answer-text.ts';
import { badEnding, type Endings, readEnding } from '../decoding/finish-reason.ts';
import { asList, asObject, asText, itemsOf, type Json, otherFields } from '../decoding/json.ts';
import { rawReason } from '../decoding/openai-content.ts';
import { PayloadFields } from '../decoding/payload-fields.ts';
import { reportedFailure, saysError } from '../decoding/reported-failure.ts';
import { unreadable } from '../decoding/text-value.ts';
import { ToolCallPieces } from '../decoding/tool-call-pieces.ts';
import { OLLAMA_COUNTS, ollamaUsage } from './usage.ts';

/** Source: https://github.com/ollama/ollama/blob/main/llm/server.go (DoneReason) */
const ENDINGS: Endings = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
  ['tool_calls', 'tool_calls'],
]);
/** The model was only loaded or unloaded: what is asked for by a chat without messages, and no answer to any other. */
const LOADING: Endings = new Map([
  ['load', 'stop'],
  ['unload', 'stop'],
]);
const KNOWN: ReadonlySet<string> = new Set([
  ...['model', 'created_at', 'message', 'response', 'done', 'done_reason', 'error', 'logprobs'],
  ...OLLAMA_COUNTS,
]);
const KNOWN_IN_MESSAGE: ReadonlySet<string> = new Set([
  ...['role', 'content', 'thinking', 'tool_calls', 'images'],
]);

/**
 * A decoder for one answer.
 *
 * @param headers of the response, for failures reported inside it.
 */
export const createOllamaDecoder = (
  request: ChatRequest,
  asked: RequestFacts,
  headers: Readonly<Record<string, string>>,
): WireDecoder => new OllamaDecoder(request, asked, headers);

class OllamaDecoder implements WireDecoder {
  readonly expected = 'an Ollama chat';
  readonly framing = JSON_LINES;
  readonly #request: ChatRequest;
  readonly #asked: RequestFacts;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #fields: PayloadFields;
  readonly #text: AnswerText;
  #calls: ToolCallPieces | undefined;
  #callCount = 0;
  /** Of which the ids of calls are made that have none. */
  #answer = '';
  #hasSaid = false;
  #isEnded = false;
  #rawReason: string | undefined;
  #usage: Usage | undefined;
  #toldBeside = '';

  constructor(request: ChatRequest, asked: RequestFacts, headers: Readonly<Record<string, string>>) {
    this.#request = request;
    this.#asked = asked;
    this.#headers = headers;
    this.#fields = new PayloadFields(asked);
    this.#text = new AnswerText(request, undefined, 'any');
  }

  payload(json: unknown, _event: string, events: StreamEvent[], text?: string): boolean {
    this.#fields.use(json, text);
    const isOver = this.#read(asObject(json) ?? {}, events);
    this.#fields.use();
    return isOver;
  }

  /** An answer in one piece is one line. */
  whole(): boolean {
    return false;
  }

  finished(): boolean {
    return this.#isEnded;
  }

  close(events: StreamEvent[]): void {
    const raw = this.#rawReason;
    if (!this.#isEnded || (raw === undefined && !this.#hasSaid && !this.#isLoading()))
      throw nothingSaid(this.#asked, this.#headers);
    this.abandon(events);
    this.#calls?.close(events);
    const reason =
      readEnding(raw ?? 'stop', ENDINGS) ?? (this.#isLoading() ? LOADING.get(raw ?? '') : undefined);
    if (reason === undefined) throw badEnding(raw ?? '', this.#asked, this.#headers);
    events.push({
      type: 'finish',
      reason: reason === 'stop' && this.#calls !== undefined ? 'tool_calls' : reason,
      ...(raw !== undefined && { rawReason: raw }),
    });
    if (this.#usage !== undefined) events.push({ type: 'usage', usage: this.#usage });
  }

  abandon(events: StreamEvent[]): void {
    this.#text.flush(events);
  }

  #read(payload: Json, events: StreamEvent[]): boolean {
    // A text alone stands for a message of text, and so does what a completion says: https://docs.ollama.com/api/streaming
    const said = payload.message ?? payload.response;
    const message = asObject(said) ?? (said == null ? undefined : { content: said });
    if (message !== undefined || (payload.done !== undefined && !saysError(payload.error)))
      this.#readLine(payload, message, events);
    else if (readServiceError(payload) !== undefined) throw this.#failure(payload);
    // After what stands beside it.
    if (saysError(payload.error)) throw this.#failure(payload);
    if (payload.done !== true) return false;
    this.#isEnded = true;
    this.#rawReason = rawReason(payload.done_reason);
    this.#usage = ollamaUsage(payload);
    return true;
  }

  #readLine(payload: Json, message: Json | undefined, events: StreamEvent[]): void {
    this.#start(payload, events);
    const first = events.length;
    if (message !== undefined) this.#readMessage(message, events);
    this.#hasSaid ||= events.length > first;
    const logprobs = asList(payload.logprobs);
    if (logprobs.length > 0)
      events.push({ type: 'aside', extra: { choice: { logprobs: { content: logprobs } } } });
    this.#readBeside(payload, events);
  }

  #start(payload: Json, events: StreamEvent[]): void {
    if (this.#answer !== '') return;
    const created = Date.parse(asText(payload.created_at) ?? '');
    this.#answer = `ollama-${Number.isFinite(created) ? created : 0}`;
    events.push({
      type: 'answer-start',
      model: asText(payload.model) ?? this.#request.model,
      ...(Number.isFinite(created) && { created: Math.floor(created / 1000) }),
    });
  }

  #readMessage(message: Json, events: StreamEvent[]): void {
    this.#text.think(this.#fields.textOf(message.thinking), events);
    this.#text.say(this.#fields.textOf(message.content), events);
    this.#hasSaid ||= this.#text.holds;
    for (const call of itemsOf(message.tool_calls)) this.#readCall(asObject(call), events);
    for (const image of itemsOf(message.images)) {
      if (typeof image === 'string')
        events.push({ type: 'media', mediaType: 'image/png', url: `data:image/png;base64,${image}` });
    }
    const others = otherFields(message, KNOWN_IN_MESSAGE);
    if (others !== undefined) events.push({ type: 'aside', extra: { delta: others } });
  }

  /** A call comes whole, in one line or over several; older servers give it no id. */
  #readCall(call: Json | undefined, events: StreamEvent[]): void {
    const fn = asObject(call?.function);
    const name = asText(fn?.name);
    const args = this.#fields.argumentsOf(fn?.arguments);
    if (call === undefined || (name === undefined && args === '')) return;
    if (name === undefined && this.#calls === undefined) throw unreadable(call, this.#asked);
    const made = name === undefined ? undefined : `${this.#answer}-${this.#callCount}`;
    this.#calls ??= new ToolCallPieces(undefined, this.#asked, this.#request.tools);
    this.#calls.read(
      {
        index: name === undefined ? undefined : this.#callCount,
        id: asText(call.id) ?? made,
        name,
        arguments: args === '' && name !== undefined ? '{}' : args,
        isCustom: false,
        isWhole: false,
        fields: undefined,
      },
      events,
    );
    this.#callCount += 1;
  }

  /** What stands beside the message: where the model really runs (`remote_host`), which every line repeats. */
  #readBeside(payload: Json, events: StreamEvent[]): void {
    const others = otherFields(payload, KNOWN);
    if (others === undefined) return;
    const now = JSON.stringify(others);
    if (now !== this.#toldBeside) events.push({ type: 'aside', extra: { chunk: others } });
    this.#toldBeside = now;
  }

  #isLoading(): boolean {
    return this.#request.messages.length === 0;
  }

  #failure(payload: Json): Error {
    return reportedFailure(payload, this.#asked, this.#headers);
  }
}
