// The text of documents. The libraries that read them are loaded with the first one.
import { messageOf } from '../failure/exit-code.ts';
import { UsageError } from '../failure/usage-error.ts';

/** The text of a PDF, its pages one after another. @throws UsageError where it cannot be read, or holds pictures alone. */
export const textOfPdf = async (bytes: Uint8Array, name: string): Promise<string> => {
  const { extractText, getDocumentProxy } = await import('unpdf');
  let text: string;
  try {
    // Its warnings would stand between the answer and the person.
    const document = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
    ({ text } = await extractText(document, { mergePages: true }));
  } catch (error) {
    throw new UsageError(`${name}: this PDF cannot be read: ${messageOf(error)}`);
  }
  if (text.trim() === '')
    throw new UsageError(`${name}: this PDF holds no text, only pictures: attach its pages as images`);
  return text;
};

/** The text of a DOCX. @throws UsageError where it is none, or what reads it is not installed. */
export const textOfDocx = async (bytes: Uint8Array, name: string): Promise<string> => {
  let mammoth: typeof import('mammoth');
  try {
    ({ default: mammoth } = await import('mammoth'));
  } catch {
    throw new UsageError(`${name}: to read DOCX, run "npm install -g mammoth" once`);
  }
  try {
    return (await mammoth.extractRawText({ buffer: Buffer.from(bytes) })).value;
  } catch (error) {
    throw new UsageError(`${name}: this is no DOCX that can be read: ${messageOf(error)}`);
  }
};
