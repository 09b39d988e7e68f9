// The surface of `moderations`, which both clients share.
import type { ModerationPart, ModerationResponse } from '@g4f/core';
import type { Mode, Promised } from './mode.ts';
import type { CallOptions, ModelName, ParamOptions } from './options.ts';

/**
 * The parameters of `moderations.create`, in OpenAI's spelling; what a service knows besides goes into `extraBody`.
 * Source: https://platform.openai.com/docs/api-reference/moderations/create
 */
export interface ModerationParams extends Omit<ParamOptions, 'fallback' | 'retired'> {
  /** `omni-moderation-latest` unless given. */
  readonly model?: ModelName | null;
  /** One text or several, each judged by itself; or the parts (texts and pictures) of one thing. */
  readonly input: string | readonly string[] | readonly ModerationPart[];
}

/** `moderations.create`: what a service finds objectionable in each input, in their order. */
export type CreateModeration<M extends Mode> = (
  params: ModerationParams,
  options?: CallOptions,
) => Promised<M, ModerationResponse>;
