// OpenAI's form of images, which many services answer in.

import type { GeneratedImage, ImageUsage } from '@g4f/core';
import { asNumber, asObject, asText, type Json } from '../decoding/json.ts';
import { saysError } from '../decoding/reported-failure.ts';
import type { MadeImages } from './image-answer.ts';

/** What the answer holds; undefined for JSON that is something else, or that holds an error as well. An entry that is no image is one of no bytes, and refused later. */
export function readImages(json: unknown): MadeImages | undefined {
  const answer = asObject(json) ?? {};
  if (!Array.isArray(answer.data) || saysError(answer.error)) return undefined;
  const data = answer.data.map(readImage);
  if (data.length === 0 || !data.every((image) => image !== undefined)) return undefined;
  const created = asNumber(answer.created);
  return { ...(created !== undefined && { created }), data, ...readFacts(answer) };
}

/** What is said of an image, or of all, besides its bytes. */
export function readFacts(
  fields: Json,
): Pick<MadeImages, 'background' | 'output_format' | 'quality' | 'size' | 'usage'> {
  const texts = ['background', 'output_format', 'quality', 'size'].flatMap((name) => {
    const text = asText(fields[name]);
    return text === undefined ? [] : [[name, text] as const];
  });
  const usage = readUsage(fields.usage);
  return { ...Object.fromEntries(texts), ...(usage !== undefined && { usage }) };
}

function readImage(entry: unknown): GeneratedImage | undefined {
  const { url, b64_json, revised_prompt } = asObject(entry) ?? {};
  const address = asText(url);
  const bytes = asText(b64_json) ?? inDataURL(address);
  const revised = asText(revised_prompt);
  if (address === undefined && bytes === undefined) return b64_json === '' ? { b64_json } : undefined;
  return {
    ...(bytes === undefined ? { url: address ?? '' } : { b64_json: inDataURL(bytes) ?? bytes }),
    ...(revised !== undefined && { revised_prompt: revised }),
  };
}

/** Some services put a data URL where an address, or the bytes, are expected. */
const inDataURL = (text: string | undefined): string | undefined =>
  text !== undefined && /^data:image\/[a-z]+;base64,/.test(text)
    ? text.slice(text.indexOf(',') + 1)
    : undefined;

function readUsage(value: unknown): ImageUsage | undefined {
  const usage = asObject(value);
  const input_tokens = asNumber(usage?.input_tokens);
  const output_tokens = asNumber(usage?.output_tokens);
  if (usage === undefined || input_tokens === undefined || output_tokens === undefined) return undefined;
  const input_tokens_details = readDetails(usage.input_tokens_details);
  const output_tokens_details = readDetails(usage.output_tokens_details);
  return {
    input_tokens,
    output_tokens,
    total_tokens: asNumber(usage.total_tokens) ?? input_tokens + output_tokens,
    ...(input_tokens_details !== undefined && { input_tokens_details }),
    ...(output_tokens_details !== undefined && { output_tokens_details }),
  };
}

function readDetails(value: unknown): ImageUsage['input_tokens_details'] {
  const { image_tokens, text_tokens } = asObject(value) ?? {};
  if (asNumber(image_tokens) === undefined && asNumber(text_tokens) === undefined) return undefined;
  return { image_tokens: asNumber(image_tokens) ?? 0, text_tokens: asNumber(text_tokens) ?? 0 };
}
