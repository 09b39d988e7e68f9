// The list of models that a service gives, in the shapes in use, and an entry as OpenAI-like services write it.
// Source: https://platform.openai.com/docs/api-reference/models/list
import type { HttpResponse, ModelFacts } from '@g4f/core';
import { type Asked, notTheProtocol } from '../http/failure.ts';
import { parseJson } from '../http/json-text.ts';
import { readWholeBody } from '../http/whole-body.ts';
import { asNumber, asObject, asText, type Json } from './json.ts';

/** The models in `{data: […]}`, `{models: […]}` or a bare list. @throws G4FError `bad-response` if it is none of these. */
export const readModels = async (
  response: HttpResponse,
  asked: Asked,
  readModel: (entry: Json) => ModelFacts | undefined,
): Promise<readonly ModelFacts[]> => {
  const bytes = response.body[Symbol.asyncIterator]();
  const body = await readWholeBody(bytes, asked).finally(() => bytes.return?.());
  const list = listIn(body);
  if (list === undefined) throw notTheProtocol(response, body, asked, 'a list of models');
  return list.flatMap((item) => {
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
  const contextLength =
    asNumber(model.context_length) ??
    asNumber(model.context_window) ??
    asNumber(model.max_context_length) ??
    asNumber(model.max_model_len);
  const created = asNumber(model.created);
  const ownedBy = asText(model.owned_by) ?? asText(model.publisher);
  return {
    id,
    ...(contextLength !== undefined && { contextLength }),
    ...(created !== undefined && { created }),
    ...(ownedBy !== undefined && { ownedBy }),
  };
};
