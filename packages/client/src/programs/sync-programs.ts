// The methods of Client that carry out programs: they run in the calling thread, because the caller's functions are there.
import { type ChatCompletionChunk, G4FError } from '@g4f/core';
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
import { snapshots } from './parse/snapshots.ts';
import { parsing } from './parse/structured-output.ts';
import { driveSync, type SyncMeans } from './running/drive-sync.ts';
import type { Program } from './running/program.ts';
import { SyncRun } from './sync-run.ts';
import { toolLoop } from './tools/tool-loop.ts';

/** @param clientSignal the client's own, for calls that bring none. */
export const syncPrograms = (
  create: CreateCompletion<'sync'>,
  clientSignal: AbortSignal | undefined,
): ProgramMethods<'sync'> => {
  const method =
    <P extends ProgramParams, Result>(
      program: (params: P) => Program<Result>,
      showing: () => SyncMeans<ChatCompletionChunk>['show'],
    ) =>
    (params: P, options?: CallOptions) => {
      const stream = params?.stream === true;
      const given = checkSignal(options?.signal ?? params?.signal ?? clientSignal);
      const run = new SyncRun<ChatCompletionChunk, Result>(function* (signal) {
        const means = { create, options, stream, signal, show: showing() };
        return { result: yield* driveSync(program(params), means) };
      }, given);
      return stream ? run : run.result();
    };
  return {
    parse: method<AnyParseParams, unknown>(parsing, snapshots) as ParseCompletion<'sync'>,
    runTools: method<AnyRunToolsParams, unknown>(blockingTools, () => (chunk) => chunk) as RunTools<'sync'>,
  };
};

/** @throws G4FError `invalid-request` for a limit that cannot be kept. */
const blockingTools = (params: AnyRunToolsParams): ReturnType<typeof toolLoop> => {
  if (params?.toolTimeout != null)
    throw new G4FError(
      'Client: toolTimeout cannot be kept: a tool runs in the calling thread, where nothing can stop it. Use AsyncClient.',
      { code: 'invalid-request' },
    );
  return toolLoop(params);
};
