// The methods of AsyncClient that carry out programs. All that they need is loaded with the first call.
import { withCallerStack } from '../errors/caller-stack.ts';
import type { Closing } from '../errors/client-closing.ts';
import { peek } from '../options/unreadable.ts';
import { readTwice } from '../streams/read-once.ts';
import type { CreateCompletion } from '../surface/chat.ts';
import type { CallOptions } from '../surface/options.ts';
import type {
  AnyParseParams,
  AnyRunToolsParams,
  AsyncProgramStream,
  ProgramMethods,
  ProgramParams,
} from '../surface/programs.ts';
import type { AnyParseResponseParams, CreateResponse, ParseResponse } from '../surface/responses.ts';

/** What a run needs of its client. */
export interface AsyncHost {
  readonly create: CreateCompletion<'async'>;
  readonly respond: CreateResponse<'async'>;
  /** The client's own, for calls that bring none. */
  readonly clientSignal: AbortSignal | undefined;
  /** The end of the client. */
  readonly closing: Closing;
}

/** The methods of `chat.completions`, for a client. */
export const asyncPrograms = (host: AsyncHost): ProgramMethods<'async'> => ({
  parse: method(host, async (params: AnyParseParams, options) =>
    (await import('./programs.ts')).startParse(host, params, options),
  ) as ProgramMethods<'async'>['parse'],
  runTools: method(host, async (params: AnyRunToolsParams, options) =>
    (await import('./programs.ts')).startTools(host, params, options),
  ) as ProgramMethods<'async'>['runTools'],
});

/** `responses.parse`, for a client. */
export const asyncResponseParser = (host: AsyncHost): ParseResponse<'async'> =>
  method(host, async (params: AnyParseResponseParams, options) =>
    (await import('./programs.ts')).startParseResponse(host, params, options),
  ) as ParseResponse<'async'>;

type AnyRun = AsyncProgramStream<unknown, unknown>;

function method<P extends ProgramParams>(
  { closing }: AsyncHost,
  begin: (params: P, options: CallOptions | undefined) => Promise<AnyRun>,
) {
  const start = async (params: P, options: CallOptions | undefined): Promise<AnyRun> => {
    closing.check();
    return begin(params, options);
  };
  const run = (params: P, options?: CallOptions): AnyRun | Promise<unknown> =>
    peek(params, 'stream') === true ? later(() => start(params, options)) : whole(params, options);
  const whole = async (params: P, options?: CallOptions): Promise<unknown> => {
    try {
      const one = await start(params, options);
      return await one.result();
    } catch (error) {
      throw withCallerStack(error, run);
    }
  };
  return run;
}

/** A run that is loaded with the first look. */
const later = (start: () => Promise<AnyRun>): AnyRun => {
  let run: Promise<AnyRun> | undefined;
  let isRead = false;
  const begun = (): Promise<AnyRun> => {
    run ??= start();
    return run;
  };
  return {
    next: async () => await (await begun()).next(),
    return: async () => (await (await begun()).return?.()) ?? { done: true, value: undefined },
    result: async () => await (await begun()).result(),
    abort() {
      void begun().then(
        (one) => one.abort(),
        () => undefined,
      );
    },
    [Symbol.asyncIterator]() {
      if (isRead) throw readTwice();
      isRead = true;
      return this;
    },
  };
};
