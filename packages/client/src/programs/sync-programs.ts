// The methods of Client that carry out programs: they run in the calling thread, because the caller's functions are there.
import { G4FError } from '@g4f/core';
import { peek } from '../options/unreadable.ts';
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
import type { AnyParseResponseParams, CreateResponse, ParseResponse } from '../surface/responses.ts';
import { parsingResponse } from './parse/parsed-response.ts';
import { responseSnapshots, snapshots } from './parse/snapshots.ts';
import { parsing } from './parse/structured-output.ts';
import { type AskSync, askForChats, askForResponses } from './running/ask-sync.ts';
import { blaming } from './running/blaming.ts';
import { driveSync } from './running/drive-sync.ts';
import type { Program } from './running/program.ts';
import { runOptions, runSignal } from './running/run-options.ts';
import { SyncRun } from './sync-run.ts';
import { shownChunks } from './tools/emulated-chunks.ts';
import { toolLoop } from './tools/tool-loop.ts';

/** The methods of `chat.completions`. @param clientSignal the client's own, for calls that bring none. */
export const syncPrograms = (
  create: CreateCompletion<'sync'>,
  clientSignal: AbortSignal | undefined,
): ProgramMethods<'sync'> => ({
  parse: method(clientSignal, (params: AnyParseParams, stream) => ({
    program: () => parsing(params),
    ask: askForChats(create, stream, snapshots()),
  })) as ParseCompletion<'sync'>,
  runTools: method(clientSignal, (params: AnyRunToolsParams, stream) => ({
    program: () => blockingTools(params),
    ask: askForChats(create, stream, shownChunks(params)),
  })) as RunTools<'sync'>,
});

/** `responses.parse`. @param clientSignal the client's own, for calls that bring none. */
export const syncResponseParser = (
  create: CreateResponse<'sync'>,
  clientSignal: AbortSignal | undefined,
): ParseResponse<'sync'> =>
  method(clientSignal, (params: AnyParseResponseParams, stream) => ({
    program: () => parsingResponse(params),
    ask: askForResponses(create, stream, responseSnapshots()),
  })) as ParseResponse<'sync'>;

/** A program, and how it asks the model. */
interface PreparedRun<Result, Chunk, Params, Answer> {
  readonly program: () => Program<Result, Params, Answer>;
  readonly ask: AskSync<Chunk, Params, Answer>;
}

const method =
  <P extends ProgramParams, Result, Chunk, Params, Answer>(
    clientSignal: AbortSignal | undefined,
    begin: (params: P, stream: boolean) => PreparedRun<Result, Chunk, Params, Answer>,
  ) =>
  (params: P, options?: CallOptions) => {
    const stream = peek(params, 'stream') === true;
    const own = runOptions(options);
    const run = new SyncRun<Chunk, Result>(
      function* (signal) {
        const { program, ask } = begin(params, stream);
        const running = blaming([params, own], program);
        return { result: yield* driveSync(running, { ask, options: own, signal }) };
      },
      runSignal(own, params, { signal: clientSignal }),
    );
    return stream ? run : run.result();
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
