// The list of models that a service gives, in the shapes in use, and an entry as OpenAI-like services write it.
// Source: https://platform.openai.com/docs/api-reference/models/list
import { type HttpResponse, LIMITS, type Modality, type ModelFacts, type Price } from '@g4f/core';
import { notTheProtocol, type RequestFacts } from '../../http/failures/failure.ts';
import { readWholeBody } from '../../http/reading/whole-body.ts';
import { parseJson } from '../../http/text/json-text.ts';
import { asList, asNumber, asObject, asText, type Json } from './json.ts';

/** The models in `{data: […]}`, `{models: […]}` or a bare list. @throws G4FError `bad-response` if it is none of these. */
export const readModels = async (
  response: HttpResponse,
  asked: RequestFacts,
  readModel: (entry: Json) => ModelFacts | undefined,
): Promise<readonly ModelFacts[]> => {
  const bytes = response.body[Symbol.asyncIterator]();
  const body = await readWholeBody(bytes, asked, undefined, LIMITS.modelListBytes).finally(() =>
    bytes.return?.(),
  );
  const list = listIn(body);
  if (list === undefined) throw notTheProtocol(response, body, asked, 'a list of models');
  return list.slice(0, LIMITS.models).flatMap((item) => {
    const entry = typeof item === 'string' ? { id: item } : asObject(item);
    const facts = entry && readModel(entry);
    return facts === undefined ? [] : [facts];
  });
};

function listIn(body: string): readonly unknown[] | undefined {
  const json = parseJson(body);
  const list = Array.isArray(json) ? json : (asObject(json)?.data ?? asObject(json)?.models);
  return Array.isArray(list) ? list : undefined;
}

/** An entry in OpenAI's form, with what the services of this wire add to it; undefined if it has no id. */
export const readOpenAIModel = (model: Json): ModelFacts | undefined => {
  const id = asText(model.id) ?? asText(model.name);
  if (id === undefined) return undefined;
  const more = asObject(model.metadata);
  const contextLength =
    asNumber(model.context_length) ??
    asNumber(model.context_window) ??
    asNumber(model.max_context_length) ??
    asNumber(model.max_model_len) ??
    asNumber(more?.context_length);
  const created = asNumber(model.created);
  const ownedBy = asText(model.owned_by) ?? asText(model.publisher);
  const { input_modalities, output_modalities } = asObject(model.architecture) ?? model;
  const input = modalitiesIn(input_modalities);
  const output = modalitiesIn(output_modalities);
  const price = priceIn(asObject(model.pricing) ?? asObject(more?.pricing) ?? {});
  return {
    id,
    ...(contextLength !== undefined && { contextLength }),
    ...(created !== undefined && { created }),
    ...(ownedBy !== undefined && { ownedBy }),
    ...(input !== undefined && { input }),
    ...(output !== undefined && { output }),
    ...(price !== undefined && { price }),
  };
};

const MODALITIES: Readonly<Record<string, Modality>> = {
  text: 'text',
  transcription: 'text',
  image: 'image',
  audio: 'audio',
  speech: 'audio',
  video: 'video',
  file: 'file',
  embedding: 'embedding',
  embeddings: 'embedding',
};

/** Kinds that we have no word for are left out. Source: https://openrouter.ai/docs/models */
function modalitiesIn(list: unknown): readonly Modality[] | undefined {
  const known = asList(list).flatMap((name) => {
    const kind = asText(name) ?? '';
    return Object.hasOwn(MODALITIES, kind) ? [MODALITIES[kind] ?? 'text'] : [];
  });
  return known.length > 0 ? [...new Set(known)] : undefined;
}

/**
 * OpenRouter writes dollars per token, as text, and -1 where it depends; Together and DeepInfra write dollars per
 * million tokens, as numbers. Sources: https://openrouter.ai/docs/models, https://docs.together.ai/reference/models-1
 * and https://api.deepinfra.com/v1/openai/models
 */
function priceIn(pricing: Json): Price | undefined {
  const perToken = [pricing.prompt, pricing.completion].map((text) => Number(asText(text)) * 1e6);
  const perMillion = [
    asNumber(pricing.input) ?? asNumber(pricing.input_tokens),
    asNumber(pricing.output) ?? asNumber(pricing.output_tokens),
  ];
  const [input = -1, output = -1] = Number.isNaN(perToken[0]) ? perMillion : perToken.map(withoutDust);
  return input >= 0 && output >= 0 ? { input, output } : undefined;
}

/** 0.00000005 × 1,000,000 is 0.05, and not 0.049999999999999996. */
const withoutDust = (value: number): number => Number(value.toPrecision(12));
