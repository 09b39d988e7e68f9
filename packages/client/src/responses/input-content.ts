// The content of a message, from its parts in responses to those of chat completions.
import type { Content, ContentPart, FilePart, ResponseInputPart } from '@g4f/core';
import type { Losses } from './losses.ts';

/** The content; what cannot be sent is told of. */
export const toContent = (content: string | readonly ResponseInputPart[], losses: Losses): Content =>
  typeof content === 'string' ? content : content.flatMap((part) => toPart(part, losses) ?? []);

function toPart(part: ResponseInputPart, losses: Losses): ContentPart | undefined {
  switch (part.type) {
    case 'input_text':
    case 'output_text':
      return { type: 'text', text: part.text ?? '' };
    case 'refusal':
      return { type: 'refusal', refusal: part.refusal ?? '' };
    case 'input_image':
      return imageOf(part, losses);
    case 'input_file':
      return fileOf(part, losses);
    case 'input_audio':
      return part.input_audio && { type: 'input_audio', input_audio: part.input_audio };
    default:
      losses.refuse(`a part of the type ${String(part.type)} in a message`);
      return undefined;
  }
}

function imageOf({ image_url: url, detail }: ResponseInputPart, losses: Losses): ContentPart | undefined {
  if (url == null) {
    losses.refuse('a picture by its file_id, which names what another service keeps');
    return undefined;
  }
  const size = DETAILS.find((known) => known === detail);
  return { type: 'image_url', image_url: { url, ...(size !== undefined && { detail: size }) } };
}

const DETAILS = ['auto', 'low', 'high'] as const;

function fileOf({ file_data, file_id, file_url, filename }: ResponseInputPart, losses: Losses) {
  if (file_url !== undefined && file_data === undefined) {
    losses.refuse('a file by its address (file_url): give its content as file_data');
    return undefined;
  }
  const file: FilePart['file'] = {
    ...(file_data !== undefined && { file_data }),
    ...(file_id != null && { file_id }),
    ...(filename !== undefined && { filename }),
  };
  return { type: 'file', file } as const;
}
