// A file that is to be heard: services tell its format by the name, so one without a name gets it by its first bytes.
import { G4FError, type Upload } from '@g4f/core';
import { latin1, soundKind } from '@g4f/core/internal';
import type { OpeningCall } from '../attempt/call-life.ts';
import { extensionOf } from '../uploads/media-types.ts';
import { toUpload } from '../uploads/to-upload.ts';

/** What some service documents that it hears, sound and film. */
const HEARD: ReadonlySet<string> = new Set([
  ...['flac', 'mp3', 'mp4', 'mpeg', 'mpga', 'm4a', 'ogg', 'oga', 'opus', 'wav', 'webm', 'aac', 'aiff', 'aif'],
  ...[
    'amr',
    'wma',
    'mov',
    'mkv',
    'mka',
    'avi',
    'wmv',
    'flv',
    '3gp',
    'caf',
    'mp2',
    'pcm',
    'raw',
    'm4b',
    'spx',
  ],
]);

/** @throws G4FError `invalid-request` for what is no file, or no sound that a service hears */
export const toSound = async (value: unknown, call?: OpeningCall): Promise<Upload> => {
  const file = await toUpload(value, 'file', 'sound', call);
  const extension = /\.([^./\\]+)$/.exec(file.name)?.[1]?.toLowerCase();
  if (extension === undefined) return named(file);
  const { type } = file;
  if (HEARD.has(extension) || (type !== undefined && /^(?:audio|video)\//.test(type))) return file;
  throw new G4FError(
    `file: no service hears .${extension.slice(0, 20)} files. Give sound, such as flac, mp3, mp4, m4a, ogg, wav or webm.`,
    { code: 'invalid-request' },
  );
};

/** A stream can be read once, and keeps its name. */
async function named(file: Upload): Promise<Upload> {
  if (file.size === undefined) return file;
  const bytes = file.open()[Symbol.asyncIterator]();
  const first = await bytes.next();
  await bytes.return?.();
  const type = first.done ? undefined : soundKind(latin1(first.value));
  const extension = type === undefined ? undefined : extensionOf(type);
  return extension === undefined ? file : { ...file, name: `${file.name}.${extension}`, type };
}
