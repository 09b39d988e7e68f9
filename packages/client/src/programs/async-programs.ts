// The methods of AsyncClient that carry out programs. What the programs are is loaded with the first call.
import type { Abortable, ChatCompletionChunk } from '@g4f/core';
import { withCallerStack } from '../errors/caller-stack.ts';
import { checkSignal } from '../options/check-option.ts';
import type { CreateCompletion } from '../surface/chat.ts';
import type { CallOptions } from '../surface/options.ts';
import type {
  AnyParseParams,
  AnyRunToolsParams,
  ParseCompletion,
  ProgramMethods,
  ProgramParams,
  RunTools,
} from '../surface/programs.ts';
import { AsyncRun } from './async-run.ts';
import type { AsyncMeans } from './running/drive-async.ts';
import type { Program } from './running/program.ts';

/** @param clientSignal the client's own, for calls that bring none. @param closing the end of the client. */
export const asyncPrograms = (
  create: CreateCompletion<'async'>,
  clientSignal: AbortSignal | undefined,
  closing: Abortable,
): ProgramMethods<'async'> => {
  const method = <P extends ProgramParams, Result>(load: LoadProgram<P, Result>) => {
    const start = (params: P, options: CallOptions | undefined, stream: boolean) => {
      const given = checkSignal(options?.signal ?? params?.signal ?? clientSignal);
      return new AsyncRun<ChatCompletionChunk, Result>(
        async function* (signal) {
          const { drive, program, show } = await load();
          return { result: yield* drive(program(params), { create, options, stream, signal, show }) };
        },
        [given, closing],
      );
    };
    const whole = async (params: P, options?: CallOptions): Promise<Result> => {
      try {
        return await start(params, options, false).result();
      } catch (error) {
        throw withCallerStack(error, run);
      }
    };
    const run = (params: P, options?: CallOptions) =>
      params?.stream === true ? start(params, options, true) : whole(params, options);
    return run;
  };
  return {
    parse: method<AnyParseParams, unknown>(loadParse) as ParseCompletion<'async'>,
    runTools: method<AnyRunToolsParams, unknown>(loadTools) as RunTools<'async'>,
  };
};

type LoadProgram<P, Result> = () => Promise<{
  readonly drive: typeof import('./running/drive-async.ts').driveAsync;
  readonly program: (params: P) => Program<Result>;
  readonly show: AsyncMeans<ChatCompletionChunk>['show'];
}>;

async function loadParse() {
  const { driveAsync, parsing, snapshots } = await import('./programs.ts');
  return { drive: driveAsync, program: parsing, show: snapshots() };
}

async function loadTools() {
  const { driveAsync, toolLoop } = await import('./programs.ts');
  return { drive: driveAsync, program: toolLoop, show: (chunk: ChatCompletionChunk) => chunk };
}
