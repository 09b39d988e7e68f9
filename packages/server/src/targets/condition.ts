// Whether a request is one that a target takes. What is looked at are the client's parameters, whatever the API they came by.
import { asList, asObject, type Json } from '../json/json.ts';
import type { Condition } from './target.ts';

/** Characters of a token, as estimates commonly have it. */
const CHARACTERS = 4;

/** Whether all that is given holds. */
export const takes = (when: Condition | undefined, params: Json, stream: boolean): boolean => {
  if (when === undefined) return true;
  const { tools, images, json, minTokens = 0, maxTokens = Number.POSITIVE_INFINITY } = when;
  if (when.stream !== undefined && when.stream !== stream) return false;
  if (tools !== undefined && tools !== asList(params.tools).length > 0) return false;
  if (json !== undefined && json !== asksForJson(params)) return false;
  if (images === undefined && when.minTokens === undefined && when.maxTokens === undefined) return true;
  const { characters, hasImage } = measure(params);
  const tokens = characters / CHARACTERS;
  return (images ?? hasImage) === hasImage && tokens >= minTokens && tokens <= maxTokens;
};

const asksForJson = ({ response_format, text }: Json): boolean => {
  const format = asObject(response_format) ?? asObject(asObject(text)?.format);
  return format !== undefined && format.type !== 'text';
};

const PICTURES: ReadonlySet<unknown> = new Set(['image_url', 'input_image', 'image']);
/** What holds texts for the model. */
const SAID = ['messages', 'input', 'instructions', 'prompt', 'tools'] as const;

/** How many characters there are, and whether there is a picture. Its depth is limited where the body is read. */
function measure(params: Json): { readonly characters: number; readonly hasImage: boolean } {
  let characters = 0;
  let hasImage = false;
  const visit = (value: unknown): void => {
    if (typeof value === 'string') characters += value.length;
    else if (Array.isArray(value)) value.forEach(visit);
    else {
      const object = asObject(value);
      if (object === undefined) return;
      // The bytes of a picture are no text.
      if (PICTURES.has(object.type)) hasImage = true;
      else Object.values(object).forEach(visit);
    }
  };
  for (const name of SAID) visit(params[name]);
  return { characters, hasImage };
}
