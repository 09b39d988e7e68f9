// The chunks of one streamed answer, put together as the answer that they are.
import {
  type ChatCompletion,
  type ChatCompletionChunk,
  type ChunkChoice,
  Folded,
  type StreamEvent,
} from '@g4f/core';

/** Adds up chunks: each is read as the events it was made of, which are folded as those of any answer. */
export class GatheredAnswer {
  readonly #folded = new Folded();
  #isBegun = false;

  /** @throws G4FError `bad-response` for more than the limits of an answer. */
  add(chunk: ChatCompletionChunk): void {
    const { id, object: _, created, model, provider, requested_model, choices, usage, ...beside } = chunk;
    if (!this.#isBegun) {
      this.#isBegun = true;
      const requestedModel = requested_model === undefined ? {} : { requestedModel: requested_model };
      this.#folded.add({ type: 'answer-start', id, created, model, provider, ...requestedModel });
    }
    if (Object.keys(beside).length > 0) this.#folded.add({ type: 'aside', extra: { chunk: beside } });
    if (usage !== undefined) this.#folded.add({ type: 'usage', usage });
    for (const choice of choices) for (const event of eventsOf(choice)) this.#folded.add(event);
  }

  answer(): ChatCompletion {
    return this.#folded.answer();
  }
}

function* eventsOf({ index, delta, finish_reason, ...given }: ChunkChoice): Generator<StreamEvent> {
  const { native_finish_reason: rawReason, ...beside } = given;
  const { role: _, content, reasoning, tool_calls = [], ...others } = delta;
  const choice = index;
  if (typeof content === 'string' && content !== '') yield { type: 'text-delta', choice, text: content };
  if (reasoning !== undefined) yield { type: 'reasoning-delta', choice, text: reasoning };
  for (const piece of tool_calls) yield callDelta(piece, choice);
  const extra = {
    ...(Object.keys(others).length > 0 && { delta: others }),
    ...(Object.keys(beside).length > 0 && { choice: beside }),
  };
  if (Object.keys(extra).length > 0) yield { type: 'aside', choice, extra };
  if (finish_reason !== null)
    yield { type: 'finish', choice, reason: finish_reason, ...(rawReason !== undefined && { rawReason }) };
}

function callDelta(
  piece: NonNullable<ChunkChoice['delta']['tool_calls']>[number],
  choice: number,
): StreamEvent {
  const { index, id, type: _, function: called, custom, ...fields } = piece;
  return {
    type: 'tool-call-delta',
    choice,
    key: String(index),
    ...(id !== undefined && { id }),
    ...(called.name !== undefined && { name: called.name }),
    ...(called.arguments !== undefined && { arguments: called.arguments }),
    ...(custom !== undefined && { custom: true }),
    ...(Object.keys(fields).length > 0 && { fields }),
  };
}
