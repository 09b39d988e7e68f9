// Chunks → the events of Anthropic's stream. Source: https://platform.claude.com/docs/en/build-with-claude/streaming
import type { ChatCompletionChunk, ChunkChoice, ChunkDelta, ReasoningDetail, Usage } from '@g4f/core';
import type { Failure } from '../../failure/refusal.ts';
import type { ChunkWriter } from '../dialect.ts';
import { namedEvent } from '../server-sent-event.ts';
import { anthropicError } from './anthropic.ts';
import { stopReason, usageOf } from './endings.ts';
import { OpenCalls } from './open-calls.ts';
import { pictureText } from './whole.ts';

type Kind = 'thinking' | 'text' | 'tool_use' | 'redacted_thinking';

/** One block stands open at a time: what is read of a stream is often what its last block is. */
export class MessageWriter implements ChunkWriter {
  readonly signOfLife = namedEvent('ping', { type: 'ping' });
  readonly #id: string;
  readonly #calls = new OpenCalls();
  /** What was said in the middle of a call. */
  readonly #held: ChunkDelta[] = [];
  #isStarted = false;
  #index = -1;
  #open: Kind | undefined;
  #ending: Pick<ChunkChoice, 'finish_reason' | 'native_finish_reason'> = { finish_reason: 'stop' };
  #usage: Usage | undefined;

  constructor(id: string) {
    this.#id = id;
  }

  write({ model, choices: [choice], usage }: ChatCompletionChunk): string {
    const start = this.#isStarted ? '' : this.#start(model);
    this.#usage = usage ?? this.#usage;
    if (choice === undefined) return start;
    if (choice.finish_reason !== null) this.#ending = choice;
    return start + this.#delta(choice.delta);
  }

  end(): string {
    const usage = usageOf(this.#usage);
    return [
      ...this.#calls.rest().map((call) => this.#call(call)),
      ...this.#held.map((said) => this.#words(said)),
      this.#stop(),
      namedEvent('message_delta', {
        type: 'message_delta',
        delta: { stop_reason: stopReason(this.#ending), stop_sequence: null },
        usage,
      }),
      namedEvent('message_stop', { type: 'message_stop' }),
    ].join('');
  }

  fail(failure: Failure): string {
    return namedEvent('error', anthropicError(failure));
  }

  #start(model: string): string {
    this.#isStarted = true;
    const message = {
      ...{ id: this.#id, type: 'message', role: 'assistant', model, content: [] },
      ...{ stop_reason: null, stop_sequence: null, usage: usageOf(undefined) },
    };
    return namedEvent('message_start', { type: 'message_start', message });
  }

  #delta({ tool_calls, ...said }: ChunkDelta): string {
    const isInside = this.#open === 'tool_use' && !this.#calls.isWhole;
    let text = '';
    if (isInside && saysMore(said)) this.#held.push(said);
    else text = this.#words(said);
    for (const piece of tool_calls ?? []) for (const call of this.#calls.add(piece)) text += this.#call(call);
    return text;
  }

  #words({ content, reasoning, reasoning_details, refusal, images }: ChunkDelta): string {
    let text = '';
    if (reasoning) text += this.#say('thinking', { type: 'thinking_delta', thinking: reasoning });
    for (const detail of reasoning_details ?? []) text += this.#sign(detail);
    for (const said of [content, refusal])
      if (said) text += this.#say('text', { type: 'text_delta', text: said });
    for (const { image_url } of images ?? [])
      text += this.#say('text', { type: 'text_delta', text: pictureText(image_url.url) });
    return text;
  }

  /** A signature ends a thought, whose text has been said by then. */
  #sign({ type, format, signature, data }: ReasoningDetail): string {
    if (format !== 'anthropic-messages') return '';
    if (type === 'reasoning.encrypted') return this.#begin('redacted_thinking', { data }) + this.#stop();
    const opened = this.#open === 'thinking' ? '' : this.#begin('thinking', EMPTY.thinking);
    return signature === undefined
      ? ''
      : opened + this.#piece({ type: 'signature_delta', signature }) + this.#stop();
  }

  #say(kind: 'thinking' | 'text', delta: object): string {
    return (this.#open === kind ? '' : this.#begin(kind, EMPTY[kind])) + this.#piece(delta);
  }

  #call({ begins, json }: { readonly begins?: object; readonly json: string }): string {
    const start = begins === undefined ? '' : this.#begin('tool_use', { ...begins, input: {} });
    return json === '' ? start : start + this.#piece({ type: 'input_json_delta', partial_json: json });
  }

  #begin(kind: Kind, fields: object): string {
    const stop = this.#stop();
    this.#index += 1;
    this.#open = kind;
    const block = { type: kind, ...fields };
    return (
      stop +
      namedEvent('content_block_start', {
        type: 'content_block_start',
        index: this.#index,
        content_block: block,
      })
    );
  }

  #piece(delta: object): string {
    return namedEvent('content_block_delta', { type: 'content_block_delta', index: this.#index, delta });
  }

  #stop(): string {
    if (this.#open === undefined) return '';
    this.#open = undefined;
    return namedEvent('content_block_stop', { type: 'content_block_stop', index: this.#index });
  }
}

const saysMore = ({ content, reasoning, reasoning_details, refusal, images }: ChunkDelta): boolean =>
  Boolean(content || reasoning || reasoning_details || refusal || images);

const EMPTY = { thinking: { thinking: '', signature: '' }, text: { text: '' } } as const;
