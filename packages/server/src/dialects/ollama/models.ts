// Models as Ollama lists and shows them. Source: https://docs.ollama.com/api/tags and https://docs.ollama.com/api-reference/show-model-details
import type { Model } from '@g4f/client';

/** What is known of no file, because there is none: the model runs elsewhere. */
const details = ({ owned_by }: Model): object => ({
  parent_model: '',
  format: '',
  family: owned_by,
  families: [owned_by],
  parameter_size: '',
  quantization_level: '',
});

const modifiedAt = ({ created }: Model): string => new Date(created * 1000).toISOString();

/** An entry of the list. */
export const ollamaModel = (model: Model): object => ({
  name: model.id,
  model: model.id,
  modified_at: modifiedAt(model),
  size: 0,
  digest: '',
  details: details(model),
});

/** One model. */
export const shownModel = (model: Model): object => {
  const { input = ['text'], output = ['text'], context_length } = model;
  const isEmbedder = output.includes('embedding');
  return {
    details: details(model),
    model_info: {
      'general.architecture': 'g4f',
      ...(context_length !== undefined && { 'g4f.context_length': context_length }),
    },
    // What programs ask before they offer tools: whether this model takes them is told by the provider that is asked.
    capabilities: isEmbedder
      ? ['embedding']
      : ['completion', 'tools', ...(input.includes('image') ? ['vision'] : [])],
    modified_at: modifiedAt(model),
  };
};
