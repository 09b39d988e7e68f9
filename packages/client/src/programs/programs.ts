// What AsyncClient loads with the first program, as one module: loaded in pieces, it would be cut into more files.

import { peek } from '../options/unreadable.ts';
import type { CallOptions } from '../surface/options.ts';
import type { AnyParseParams, AnyRunToolsParams, ProgramParams } from '../surface/programs.ts';
import type { AnyParseResponseParams } from '../surface/responses.ts';
import type { AsyncHost } from './async-programs.ts';
import { AsyncRun } from './async-run.ts';
import { parsingResponse } from './parse/parsed-response.ts';
import { responseSnapshots, snapshots } from './parse/snapshots.ts';
import { parsing } from './parse/structured-output.ts';
import { type AskAsync, askForChats, askForResponses } from './running/ask-async.ts';
import { blaming } from './running/blaming.ts';
import { driveAsync } from './running/drive-async.ts';
import type { Program } from './running/program.ts';
import { runOptions, runSignal } from './running/run-options.ts';
import { shownChunks } from './tools/emulated-chunks.ts';
import { toolLoop } from './tools/tool-loop.ts';

/** A run of `chat.completions.parse`. */
export const startParse = (host: AsyncHost, params: AnyParseParams, options: CallOptions | undefined) =>
  start(host, params, options, () => parsing(params), askForChats(host.create, streams(params), snapshots()));

/** A run of `responses.parse`. */
export const startParseResponse = (
  host: AsyncHost,
  params: AnyParseResponseParams,
  options: CallOptions | undefined,
) => {
  const ask = askForResponses(host.respond, streams(params), responseSnapshots());
  return start(host, params, options, () => parsingResponse(params), ask);
};

/** A run of `runTools`. */
export const startTools = (host: AsyncHost, params: AnyRunToolsParams, options: CallOptions | undefined) => {
  const ask = askForChats(host.create, streams(params), shownChunks(params));
  return start(host, params, options, () => toolLoop(params), ask);
};

const streams = (params: ProgramParams): boolean => peek(params, 'stream') === true;

function start<Result, Chunk, Params, Answer>(
  { clientSignal, closing }: AsyncHost,
  params: ProgramParams,
  options: CallOptions | undefined,
  program: () => Program<Result, Params, Answer>,
  ask: AskAsync<Chunk, Params, Answer>,
): AsyncRun<Chunk, Result> {
  const own = runOptions(options);
  const outer = runSignal(own, params, { signal: clientSignal });
  return new AsyncRun<Chunk, Result>(
    async function* (signal) {
      const running = blaming([params, own], program);
      return { result: yield* driveAsync(running, { ask, options: own, signal }) };
    },
    [outer, closing],
  );
}
