// Chunks → the lines of Ollama's streams. Source: https://docs.ollama.com/api/chat and https://docs.ollama.com/api/streaming
import type {
  AnswerImage,
  ChatCompletion,
  ChatCompletionChunk,
  ChunkChoice,
  ChunkDelta,
  FinishReason,
  ToolCall,
  Usage,
} from '@g4f/core';
import type { Failure } from '../../failure/refusal.ts';
import type { Json } from '../../json/json.ts';
import { argumentsObject, countsOf, GatheredCalls, inlineImage } from '../answer-parts.ts';
import type { ChunkWriter } from '../dialect.ts';
import { line, nanosecondsSince } from './ollama.ts';

/** Where the words stand: in a message (chat), or in `response` (generate). */
export type Form = 'message' | 'response';

/** Writes one stream. */
export class AnswerWriter implements ChunkWriter {
  readonly #form: Form;
  readonly #startedAt = performance.now();
  readonly #calls = new GatheredCalls();
  #model = '';
  #finish: FinishReason = 'stop';
  #usage: Usage | undefined;

  constructor(form: Form) {
    this.#form = form;
  }

  write({ model, choices: [choice], usage }: ChatCompletionChunk): string {
    this.#model = model;
    this.#usage = usage ?? this.#usage;
    return choice === undefined ? '' : this.#said(choice);
  }

  end(): string {
    const calls = this.#calls.all;
    const told = calls.length === 0 ? '' : this.#line(said(this.#form, { tool_calls: calls.map(callOf) }));
    const last = { ...said(this.#form, {}), ...endOf(this.#finish, this.#usage, this.#startedAt) };
    return told + this.#line(last);
  }

  fail({ message }: Failure): string {
    return line({ error: message });
  }

  #said({ delta, finish_reason }: ChunkChoice): string {
    this.#finish = finish_reason ?? this.#finish;
    this.#calls.add(delta.tool_calls);
    const fields = fieldsOf(delta);
    return Object.keys(fields).length === 0 ? '' : this.#line(said(this.#form, fields));
  }

  #line(fields: Json): string {
    return line({ model: this.#model, created_at: new Date().toISOString(), done: false, ...fields });
  }
}

/** The answer in one piece. */
export const wholeAnswer = ({ model, choices: [choice], usage }: ChatCompletion, form: Form): object => {
  const { tool_calls = [], ...message } = choice?.message ?? {};
  const fields = {
    ...fieldsOf(message),
    ...(tool_calls.length > 0 && { tool_calls: tool_calls.map(callOf) }),
  };
  return {
    model,
    created_at: new Date().toISOString(),
    ...said(form, fields),
    ...endOf(choice?.finish_reason ?? 'stop', usage, undefined),
  };
};

/** What a request that says nothing is answered with: the model is there; or, if it is to be kept for no time, it has been let go of. */
export const loaded = (model: string, form: Form, keepAlive: unknown): object => ({
  model,
  created_at: new Date().toISOString(),
  ...said(form, {}),
  done: true,
  done_reason: keepAlive === 0 || keepAlive === '0' ? 'unload' : 'load',
});

function fieldsOf({
  content,
  refusal,
  reasoning,
  images = [],
}: Pick<ChunkDelta, 'content' | 'refusal' | 'reasoning' | 'images'>): Json {
  const text = `${content ?? ''}${refusal ?? ''}${images.map(({ image_url }) => addressOf(image_url)).join('')}`;
  const pictures = images.flatMap(({ image_url }) => inlineImage(image_url.url)?.data ?? []);
  return {
    ...(text !== '' && { content: text }),
    ...(reasoning && { thinking: reasoning }),
    ...(pictures.length > 0 && { images: pictures }),
  };
}

/** It has only pictures by their bytes: of another the address is told. */
const addressOf = ({ url }: AnswerImage['image_url']): string =>
  inlineImage(url) === undefined ? `![picture](${url})` : '';

const said = (form: Form, { content = '', ...others }: Json): Json =>
  form === 'message'
    ? { message: { role: 'assistant', content, ...others } }
    : { response: content, ...others };

const callOf = (call: Pick<ToolCall, 'id' | 'function'>): Json => ({
  id: call.id,
  function: { name: call.function.name, arguments: argumentsObject(call) },
});

/** A filter that stops an answer has no word there: the answer is as long as it may be. */
const REASONS = {
  stop: 'stop',
  tool_calls: 'stop',
  function_call: 'stop',
  length: 'length',
  content_filter: 'length',
};

function endOf(finish: FinishReason, usage: Usage | undefined, startedAt: number | undefined): Json {
  const { prompt, completion } = countsOf(usage);
  return {
    done: true,
    done_reason: REASONS[finish],
    ...(startedAt !== undefined && { total_duration: nanosecondsSince(startedAt) }),
    ...(usage !== undefined && { prompt_eval_count: prompt, eval_count: completion }),
  };
}
