// Tells the listeners of a chat stream what each event means: text, refusals, tool calls, the finished answer.
import type {
  ChatCompletion,
  ChatCompletionChunk,
  ChunkDelta,
  ChunkProjector,
  Folded,
  StreamEvent,
} from '@g4f/core';
import type { ChatSnapshot, ToolCallSnapshot } from '../surface/chat-stream.ts';
import type { Listeners } from './listeners.ts';

/** What somebody has to listen for so that chunks are made. */
const OF_CHUNKS = [
  'connect',
  'chunk',
  'content',
  'content.delta',
  'refusal.delta',
  'tool_calls.function.arguments.delta',
] as const;

/** The listeners of one stream, and what they are told. */
export class ChatTeller {
  readonly #listeners: Listeners;
  readonly #folded: Folded;
  readonly #project: ChunkProjector;
  #isConnected = false;
  #refusal = '';

  /** @param folded what was said so far; it has each event before this is told of it. */
  constructor(listeners: Listeners, folded: Folded, project: ChunkProjector) {
    this.#listeners = listeners;
    this.#folded = folded;
    this.#project = project;
  }

  tell(event: StreamEvent): void {
    // Each event passes the projector, which remembers what came before, so that a listener may come late.
    const chunk = this.#project(event);
    const choice = chunk.choices[0];
    const delta = choice?.index === 0 && event.type !== 'answer-start' ? choice.delta : undefined;
    if (delta?.refusal) this.#refusal += delta.refusal;
    if (!this.#listeners.has(...OF_CHUNKS)) return;
    if (!this.#isConnected) this.#listeners.emit('connect');
    this.#isConnected = true;
    this.#tellChunk(chunk);
    if (delta !== undefined) this.#tellDelta(delta);
  }

  /** The end: the finished answer. */
  finish(completion: ChatCompletion): void {
    const listeners = this.#listeners;
    const message = completion.choices[0]?.message;
    const calls = message?.tool_calls ?? [];
    if (message?.content) listeners.emit('content.done', { content: message.content });
    if (message?.refusal) listeners.emit('refusal.done', { refusal: message.refusal });
    for (const [index, { function: call }] of calls.entries())
      listeners.emit('tool_calls.function.arguments.done', {
        index,
        name: call.name,
        arguments: call.arguments,
      });
    listeners.emit('chatCompletion', completion);
    if (message !== undefined) listeners.emit('message', message);
    for (const { function: call } of calls) listeners.emit('functionToolCall', call);
    listeners.emit('finalChatCompletion', completion);
    if (message !== undefined) listeners.emit('finalMessage', message);
    if (message?.content) listeners.emit('finalContent', message.content);
    if (completion.usage !== undefined) listeners.emit('totalUsage', completion.usage);
  }

  #tellChunk(chunk: ChatCompletionChunk): void {
    if (this.#listeners.has('chunk')) this.#listeners.emit('chunk', chunk, snapshotOf(this.#folded));
  }

  #tellDelta({ content, refusal, tool_calls: calls }: ChunkDelta): void {
    const listeners = this.#listeners;
    if (content) {
      const snapshot = this.#folded.choice(0)?.text ?? '';
      listeners.emit('content', content, snapshot);
      listeners.emit('content.delta', { delta: content, snapshot });
    }
    if (refusal) listeners.emit('refusal.delta', { delta: refusal, snapshot: this.#refusal });
    for (const { index, function: piece } of calls ?? []) {
      const { name = '', arguments: text = '' } = this.#folded.choice(0)?.calls?.[index] ?? {};
      const call: ToolCallSnapshot = { name, index, arguments: text };
      listeners.emit('tool_calls.function.arguments.delta', {
        ...call,
        arguments_delta: piece?.arguments ?? '',
      });
    }
  }
}

/** The answer so far. To put it together for each chunk would take square time: it is done when a field is looked at. */
function snapshotOf(folded: Folded): ChatSnapshot {
  let whole: ChatCompletion | undefined;
  const look = (): ChatCompletion => {
    whole ??= folded.answer();
    return whole;
  };
  return {
    get id() {
      return look().id;
    },
    object: 'chat.completion',
    get created() {
      return look().created;
    },
    get model() {
      return look().model;
    },
    get provider() {
      return look().provider;
    },
    get choices() {
      return look().choices;
    },
    get usage() {
      return look().usage;
    },
  };
}
