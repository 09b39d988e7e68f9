// Ollama's embeddings: `POST {base}/api/embed`. Source: https://docs.ollama.com/api/embed
import { asList, asNumber, asObject, asText } from '../decoding/json.ts';
import type { EmbedEndpoint, ReadEmbeddings } from '../embed-endpoint.ts';

/** Embeddings as Ollama has them. */
export const ollamaEmbed: EmbedEndpoint = {
  takes: ['dimensions'],
  path: () => '/api/embed',
  encode: (request) => ({ ...request }),
  read: readEmbeddings,
};

function readEmbeddings(json: unknown): ReadEmbeddings | undefined {
  const { embeddings, model, prompt_eval_count } = asObject(json) ?? {};
  if (!Array.isArray(embeddings)) return undefined;
  return {
    vectors: asList(embeddings).map((vector) => ({ vector })),
    model: asText(model),
    tokens: asNumber(prompt_eval_count),
  };
}
