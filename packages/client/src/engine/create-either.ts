// A method that gives one whole answer, or with `stream: true` its parts as they come.
import type { CallOptions } from '../surface/options.ts';
import type { AsyncPartStream } from '../surface/part-stream.ts';
import { partsCreator, type StreamTerms } from './create-parts.ts';
import { type LoadOperation, wholeCreator } from './create-whole.ts';

/** The method. */
export const eitherCreator = <Part, Answer extends object>(
  load: LoadOperation<Part, Answer>,
  terms: StreamTerms,
) => {
  const whole = wholeCreator(load);
  const parts = partsCreator(load, terms);
  return (
    params: { readonly stream?: boolean | null; readonly signal?: AbortSignal },
    options?: CallOptions,
  ): AsyncPartStream<Part> | Promise<Answer> =>
    params?.stream === true ? parts(params, options) : whole(params, options);
};
