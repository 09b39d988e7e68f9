// The list of models as Gemini has it. Source: https://ai.google.dev/api/models
import type { Model } from '@g4f/client';

/** One model. */
export const geminiModel = ({ id, context_length, output = ['text'] }: Model): object => ({
  name: `models/${id}`,
  displayName: id,
  ...(context_length !== undefined && { inputTokenLimit: context_length }),
  supportedGenerationMethods: output.includes('embedding') ? ['embedContent'] : ['generateContent'],
});
