// What a person attaches to a question (`-f`, standard input), as parts of a message.
import { statSync } from 'node:fs';
import type { Message } from '@g4f/client';
import { UsageError } from '../failure/usage-error.ts';
import { textOfDocx, textOfPdf } from './documents.ts';
import { readFolder } from './folder.ts';
import { ATTACHED, inMegabytes } from './limits.ts';
import { fetchBytes, readFileBytes, readStandardInput } from './read-source.ts';
import { sniff } from './sniff.ts';

/** The content of a message. */
export type Content = NonNullable<Message['content']>;
/** A part of it. */
export type Part = Exclude<Content, string>[number];

const textPart = (name: string, text: string): Part => ({
  type: 'text',
  text: `<file name=${JSON.stringify(name)}>\n${text}${text.endsWith('\n') ? '' : '\n'}</file>`,
});

/**
 * The parts of what is named: a file, a folder, an address (`http:`, `https:`), or `-` for standard input.
 * @throws UsageError where it cannot be read, is too large, or is nothing that a model could be given.
 */
export const attach = async (source: string): Promise<readonly Part[]> => {
  if (source === '-') return [await partOf('standard input', await readStandardInput())];
  if (/^https?:\/\//i.test(source)) return [await partOf(source, await fetchBytes(source))];
  if (isFolder(source))
    return (await readFolder(source)).map(({ name, text }) => textPart(`${source}/${name}`, text));
  return [await partOf(source, await readFileBytes(source))];
};

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** The part that these bytes are. @throws UsageError for what no model reads. */
export const partOf = async (name: string, bytes: Buffer): Promise<Part> => {
  const found = sniff(bytes);
  switch (found.kind) {
    case 'image':
      return {
        type: 'image_url',
        image_url: { url: `data:${found.type};base64,${bytes.toString('base64')}` },
      };
    case 'audio':
      return {
        type: 'input_audio',
        input_audio: { data: bytes.toString('base64'), format: found.format },
      };
    case 'pdf':
      return textPart(name, limited(name, await textOfPdf(bytes, name)));
    case 'zip':
      return textPart(name, limited(name, await textOfDocx(bytes, name)));
    case 'text':
      return textPart(name, limited(name, bytes.toString('utf8')));
    case 'binary':
      throw new UsageError(
        bytes.includes(0)
          ? `${name} is neither text nor an image, sound, PDF or DOCX: it cannot be given to a model`
          : `${name} is not UTF-8, as text must be: convert it, as in iconv -f ISO-8859-1 -t UTF-8`,
      );
  }
};

function limited(name: string, text: string): string {
  if (Buffer.byteLength(text) <= ATTACHED.textBytes) return text;
  throw new UsageError(
    `${name} has more than ${inMegabytes(ATTACHED.textBytes)} of text: attach a part of it`,
  );
}
