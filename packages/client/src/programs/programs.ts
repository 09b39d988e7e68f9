// What AsyncClient loads with the first program, as one module: loaded in pieces, it would be cut into more files.
import { checkSignal } from '../options/check-option.ts';
import type { CallOptions } from '../surface/options.ts';
import type { AnyParseParams, AnyRunToolsParams, ProgramParams } from '../surface/programs.ts';
import type { AsyncHost } from './async-programs.ts';
import { AsyncRun } from './async-run.ts';
import { snapshots } from './parse/snapshots.ts';
import { parsing } from './parse/structured-output.ts';
import { type AsyncMeans, driveAsync } from './running/drive-async.ts';
import type { Program } from './running/program.ts';
import { toolLoop } from './tools/tool-loop.ts';

/** A run of `parse`. */
export const startParse = (host: AsyncHost, params: AnyParseParams, options: CallOptions | undefined) =>
  start(host, () => parsing(params), params, options, snapshots());

/** A run of `runTools`. */
export const startTools = (host: AsyncHost, params: AnyRunToolsParams, options: CallOptions | undefined) =>
  start(
    host,
    () => toolLoop(params),
    params,
    options,
    (chunk) => chunk,
  );

function start<Result, Chunk>(
  { create, clientSignal, closing }: AsyncHost,
  program: () => Program<Result>,
  params: ProgramParams,
  options: CallOptions | undefined,
  show: AsyncMeans<Chunk>['show'],
): AsyncRun<Chunk, Result> {
  const given = checkSignal(options?.signal ?? params?.signal ?? clientSignal);
  const stream = params?.stream === true;
  return new AsyncRun<Chunk, Result>(
    async function* (signal) {
      return { result: yield* driveAsync(program(), { create, options, stream, signal, show }) };
    },
    [given, closing],
  );
}
