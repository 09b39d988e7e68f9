// The surface of `completions`, OpenAI's older completions of a text, which both clients share.
import type { TextCompletion } from '@g4f/core';
import type { Mode, Promised } from './mode.ts';
import type { CallOptions, ModelName, ParamOptions } from './options.ts';
import type { AsyncAnswerStream, SyncPartStream } from './part-stream.ts';

/**
 * The parameters of `completions.create`, in OpenAI's spelling; what a service knows besides goes into `extraBody`.
 * Source: https://platform.openai.com/docs/api-reference/completions/create
 */
export interface TextParams extends Omit<ParamOptions, 'fallback' | 'retired'> {
  /** A family (`codestral`), a provider's own id, `provider:id`, or `provider/id`. */
  readonly model: ModelName;
  /** One text or several; or the tokens of one or several, where the service takes them. */
  readonly prompt: string | readonly string[] | readonly number[] | readonly (readonly number[])[];
  /** What follows: the model writes what stands between the two. */
  readonly suffix?: string | null;
  /** In tokens. */
  readonly max_tokens?: number | null;
  readonly temperature?: number | null;
  readonly top_p?: number | null;
  readonly stop?: string | readonly string[] | null;
  /** Answers to each prompt; 1 unless given. */
  readonly n?: number | null;
  readonly best_of?: number | null;
  /** Whether the prompt stands before its completion. */
  readonly echo?: boolean | null;
  /** How many of the most likely tokens are told of each place. */
  readonly logprobs?: number | null;
  readonly seed?: number | null;
  readonly presence_penalty?: number | null;
  readonly frequency_penalty?: number | null;
  readonly logit_bias?: Readonly<Record<string, number>> | null;
  readonly user?: string | null;
  readonly stream?: boolean | null;
  readonly stream_options?: { readonly include_usage?: boolean } | null;
}

type TextStream<M extends Mode> = M extends 'async'
  ? AsyncAnswerStream<TextCompletion>
  : SyncPartStream<TextCompletion>;

/** `completions.create`: continues a text, or fills the place between it and a suffix. No other model ever answers. */
export interface CreateTextCompletion<M extends Mode> {
  (params: TextParams & { readonly stream: true }, options?: CallOptions): TextStream<M>;
  (
    params: TextParams & { readonly stream?: false | null },
    options?: CallOptions,
  ): Promised<M, TextCompletion>;
  (params: TextParams, options?: CallOptions): TextStream<M> | Promised<M, TextCompletion>;
}
