// What a stream of a client needs of its call, whatever it makes of the parts.
import { LightAbort } from '@g4f/core/internal';
import type { Closing } from '../errors/client-closing.ts';
import { peek } from '../options/unreadable.ts';
import type { ChunkSource } from '../streams/chunk-stream.ts';
import type { CallOptions } from '../surface/options.ts';
import { createLog } from './create-log.ts';
import type { LoadOperation } from './create-whole.ts';
import { givenNow } from './given-now.ts';
import type { Parts } from './operation-kind.ts';

/** What stands around the streams of a client. */
export interface StreamTerms {
  /** The client's own signal, for calls that bring none. */
  readonly clientSignal: AbortSignal | undefined;
  /** The end of the client. */
  readonly closing: Closing;
}

/** The source of a stream but for its name and what becomes of the parts. */
interface CallSource<Part> extends Omit<ChunkSource<never, never>, 'name' | 'project' | 'open'> {
  open(): Promise<Parts<Part>>;
}

/** Nothing is asked before it is opened, and the first part is asked for. */
export const callSource = <Part, Answer>(
  load: LoadOperation<Part, Answer>,
  params: { readonly signal?: AbortSignal },
  options: CallOptions | undefined,
  { clientSignal, closing }: StreamTerms,
): CallSource<Part> => {
  const reader = new LightAbort();
  const log = createLog();
  const given = givenNow(params);
  const signal = peek(options, 'signal') ?? peek(params, 'signal') ?? clientSignal;
  return {
    async open() {
      const { engine, kind } = await load();
      return engine.run(kind, given, { options, readerSignal: reader, log });
    },
    abort: () => reader.abort(),
    route: () => log.attempts,
    received: () => log.received,
    // One that cannot be looked at is refused by the call.
    signal: peek(signal, 'aborted') == null ? undefined : signal,
    closing,
  };
};
