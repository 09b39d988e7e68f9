// What a reader has heard of one answer, streamed or whole, put together from nothing but what the client gave.
import type { ChatCompletion, ChatCompletionChunk, Usage } from '@g4f/client';

/** A call of a function, as far as it was handed out. */
export interface HeardCall {
  id: string;
  name: string;
  arguments: string;
}

/** All that was heard. */
export interface Heard {
  text: string;
  reasoning: string;
  /** Why the first choice finished. */
  finish: string | undefined;
  usage: Usage | undefined;
  readonly calls: HeardCall[];
}

/** Nothing yet. */
export const nothingHeard = (): Heard => ({
  text: '',
  reasoning: '',
  finish: undefined,
  usage: undefined,
  calls: [],
});

/** Adds what a chunk says. All choices speak into one text, as they come. */
export const addChunk = (heard: Heard, { choices, usage }: ChatCompletionChunk): void => {
  heard.usage = usage ?? heard.usage;
  for (const { index, delta, finish_reason } of choices) {
    heard.text += delta.content ?? '';
    heard.reasoning += delta.reasoning ?? '';
    if (index === 0) heard.finish = finish_reason ?? heard.finish;
    for (const piece of delta.tool_calls ?? []) {
      heard.calls[piece.index] ??= { id: '', name: '', arguments: '' };
      const call = heard.calls[piece.index];
      if (call === undefined) continue;
      call.id += piece.id ?? '';
      call.name += piece.function?.name ?? '';
      call.arguments += piece.function?.arguments ?? '';
    }
  }
};

/** Adds what a whole answer says. */
export const addAnswer = (heard: Heard, { choices, usage }: ChatCompletion): void => {
  heard.usage = usage ?? undefined;
  for (const { message } of choices) {
    heard.text += message.content ?? '';
    heard.reasoning += message.reasoning ?? '';
    for (const { id, function: called } of message.tool_calls ?? []) heard.calls.push({ id, ...called });
  }
  heard.finish = choices[0]?.finish_reason;
};
