// How many tokens a request has, about: no provider tells for the models of another, and vocabularies differ.
import { estimateTokenCount } from 'tokenx';
import { asObject, type Json } from '../json/json.ts';

/** What a large picture costs at Anthropic. Source: https://platform.claude.com/docs/en/build-with-claude/vision#evaluate-image-size */
const PICTURE = 1600;
/** What frames a message. */
const MESSAGE = 4;

/** What holds nothing that a model reads, or is counted otherwise. */
const SILENT: ReadonlySet<string> = new Set(['type', 'role', 'id', 'tool_call_id', 'cache_control']);
const PICTURES: ReadonlySet<unknown> = new Set(['image_url', 'input_image', 'image']);
const FILES: ReadonlySet<unknown> = new Set(['file', 'input_file', 'input_audio']);

/**
 * An estimate for the parameters of a chat: its texts, 4 for each message, 1,600 for each picture. Files and sound are not
 * counted: nobody knows what a model makes of them.
 */
export const estimateTokens = ({ messages, tools, response_format }: Json): number => {
  let tokens = 0;
  const visit = (value: unknown): void => {
    if (typeof value === 'string') tokens += estimateTokenCount(value);
    else if (Array.isArray(value)) value.forEach(visit);
    else {
      const object = asObject(value);
      if (object === undefined || FILES.has(object.type)) return;
      if (PICTURES.has(object.type)) tokens += PICTURE;
      else for (const [name, field] of Object.entries(object)) if (!SILENT.has(name)) visit(field);
    }
  };
  if (Array.isArray(messages)) tokens += messages.length * MESSAGE;
  visit(messages);
  // Models are told of tools and schemas in some text, which is about as long as they are.
  for (const schema of [tools, response_format])
    if (schema != null) tokens += estimateTokenCount(JSON.stringify(schema));
  return tokens;
};
