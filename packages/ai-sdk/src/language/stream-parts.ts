// The chunks of an answer as parts of the AI SDK: blocks that begin, grow and end.
import type { LanguageModelV3StreamPart, SharedV3Warning } from '@ai-sdk/provider';
import type { AsyncChunkStream, ChatCompletionChunk, ToolCall } from '@g4f/client';
import { known, warningsOf } from '../call/call-options.ts';
import {
  finishReasonOf,
  isWhole,
  metadataOf,
  pictureOf,
  sourceOf,
  toolCallOf,
  underName,
  usageOf,
} from './answer-facts.ts';

type Part = LanguageModelV3StreamPart;
type Delta = ChatCompletionChunk['choices'][number]['delta'];
type Piece = NonNullable<Delta['tool_calls']>[number]['function'];
type Block = 'text' | 'reasoning';

/** How a stream is told. */
interface Telling {
  /** What had no place in the request. */
  readonly warnings: readonly SharedV3Warning[];
  /** Whether each chunk is told as it came, too. */
  readonly raw: boolean;
}

/** The parts. @throws what the stream throws */
export async function* streamParts(
  stream: AsyncChunkStream,
  { warnings, raw }: Telling,
): AsyncGenerator<Part, undefined> {
  const blocks = new Blocks();
  let last: ChatCompletionChunk | undefined;
  let reason = 'other';
  let native: string | undefined;
  for await (const chunk of stream) {
    if (last === undefined) yield* beginning(chunk, warnings);
    last = chunk;
    if (raw) yield { type: 'raw', rawValue: chunk };
    const choice = chunk.choices[0];
    if (choice === undefined) continue;
    yield* blocks.add(choice.delta);
    reason = choice.finish_reason ?? reason;
    native = choice.native_finish_reason ?? native;
  }
  if (last === undefined) return;
  const { tool_calls: calls = [], reasoning_details: details } = await stream.finalMessage();
  yield* blocks.close(details === undefined ? {} : known({ reasoning_details: details }));
  for (const [index, call] of calls.entries()) {
    const id = yield* blocks.begin(index, call);
    yield { type: 'tool-input-end', id };
    if (isWhole(call, reason)) yield toolCallOf({ ...call, id });
  }
  const { usage, route } = stream;
  yield {
    type: 'finish',
    finishReason: finishReasonOf(reason, native),
    usage: usageOf(usage),
    providerMetadata: metadataOf({ ...last, usage, route }),
  };
}

function* beginning(
  { id, created, model, warnings: told }: ChatCompletionChunk,
  warnings: readonly SharedV3Warning[],
): Generator<Part, undefined> {
  yield { type: 'stream-start', warnings: [...warnings, ...warningsOf(told)] };
  yield { type: 'response-metadata', id, timestamp: new Date(created * 1000), modelId: model };
}

/** A call whose pieces come. */
interface OpenCall {
  id: string;
  name: string;
  /** The arguments that came before it could be told. */
  held: string;
  isTold: boolean;
}

function* inputStart(id: string, toolName: string, text: string): Generator<Part, undefined> {
  yield { type: 'tool-input-start', id, toolName };
  if (text) yield { type: 'tool-input-delta', id, delta: text };
}

/** The blocks of text and reasoning, of which one is open at a time, and the calls. */
class Blocks {
  #open: { readonly kind: Block; readonly id: string } | undefined;
  #count = 0;
  readonly #calls = new Map<number, OpenCall>();

  *add(delta: Delta): Generator<Part, undefined> {
    if (delta.reasoning) yield* this.#grow('reasoning', delta.reasoning);
    if (delta.content) yield* this.#grow('text', delta.content);
    if (delta.refusal) yield* this.#grow('text', delta.refusal);
    for (const { image_url: image } of delta.images ?? []) yield pictureOf(image.url, this.#next('picture'));
    for (const annotation of delta.annotations ?? []) yield sourceOf(annotation, this.#next('source'));
    for (const { index, id, function: piece } of delta.tool_calls ?? []) yield* this.#call(index, id, piece);
  }

  /** Tells a call that is not told by its end. @returns the id that all its parts have */
  *begin(index: number, { id, function: called }: ToolCall): Generator<Part, string> {
    const told = this.#calls.get(index);
    if (told?.isTold === true) return told.id;
    yield* inputStart(id, called.name, called.arguments);
    return id;
  }

  /** A call is told once its id and its name are known, because all its parts have to have them. */
  *#call(index: number, id: string | undefined, piece: Piece): Generator<Part, undefined> {
    yield* this.#end();
    const call = this.#calls.get(index) ?? { id: '', name: '', held: '', isTold: false };
    this.#calls.set(index, call);
    call.id ||= id ?? '';
    call.name ||= piece.name ?? '';
    const text = piece.arguments ?? '';
    if (call.isTold) {
      if (text) yield { type: 'tool-input-delta', id: call.id, delta: text };
      return;
    }
    call.held += text;
    if (!call.id || !call.name) return;
    call.isTold = true;
    yield* inputStart(call.id, call.name, call.held);
    call.held = '';
  }

  /** @param sealed what a service wants back of its reasoning; it stands in a block of its own, which has no text. */
  *close(sealed: ReturnType<typeof known>): Generator<Part, undefined> {
    yield* this.#end();
    const { providerMetadata } = underName(sealed);
    if (providerMetadata === undefined) return;
    const id = this.#next('reasoning');
    yield { type: 'reasoning-start', id };
    yield { type: 'reasoning-end', id, providerMetadata };
  }

  *#grow(kind: Block, delta: string): Generator<Part, undefined> {
    if (this.#open?.kind !== kind) {
      yield* this.#end();
      this.#open = { kind, id: this.#next(kind) };
      yield { type: `${kind}-start`, id: this.#open.id };
    }
    yield { type: `${kind}-delta`, id: this.#open.id, delta };
  }

  *#end(): Generator<Part, undefined> {
    if (this.#open !== undefined) yield { type: `${this.#open.kind}-end`, id: this.#open.id };
    this.#open = undefined;
  }

  #next(kind: string): string {
    this.#count += 1;
    return `${kind}-${this.#count}`;
  }
}
