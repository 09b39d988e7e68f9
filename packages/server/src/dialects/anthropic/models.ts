// The list of models as Anthropic has it. Source: https://platform.claude.com/docs/en/api/models/list
import type { Model } from '@g4f/client';

/** One model. */
export const anthropicModel = ({ id, created }: Model): object => ({
  type: 'model',
  id,
  display_name: id,
  created_at: new Date(created * 1000).toISOString(),
});

/** All of them on one page. */
export const anthropicModels = (models: readonly Model[]): object => ({
  data: models.map(anthropicModel),
  has_more: false,
  first_id: models[0]?.id ?? null,
  last_id: models.at(-1)?.id ?? null,
});
