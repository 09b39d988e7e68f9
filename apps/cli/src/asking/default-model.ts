// Which model answers where the person has named none: that of the first service whose key is there, else the embedded one.
import type { RegistryEntry } from '@g4f/providers/registry';
import { keyVariable } from './providers.ts';

/** The services in the order in which they are looked for, each with a quick, cheap model of its own. */
export const DEFAULT_MODELS: Readonly<Record<string, string>> = {
  openai: 'gpt-5.4-mini',
  anthropic: 'claude-haiku-5.5',
  gemini: 'gemini-3.8-flash',
  openrouter: 'gpt-oss-120b',
  groq: 'gpt-oss-120b',
  cerebras: 'gpt-oss-120b',
  mistral: 'mistral-small-4',
  deepseek: 'deepseek-v4.1-flash',
  xai: 'grok-4.3',
  together: 'gpt-oss-120b',
  fireworks: 'gpt-oss-120b',
  deepinfra: 'gpt-oss-120b',
  sambanova: 'gpt-oss-120b',
  huggingface: 'gpt-oss-120b',
  cohere: 'command-a',
  perplexity: 'sonar',
  moonshot: 'kimi-k3',
  zhipu: 'glm-5.3-flash',
  qwen: 'qwen3.7-plus',
  minimax: 'minimax-m3',
};

/** A model, who is asked for it, and what the person is told of the choice. */
export interface ChosenModel {
  readonly model: string;
  readonly provider: string;
  readonly said: string;
}

/** The choice, by what keys are there. */
export const chooseModel = (
  providers: ReadonlyMap<string, RegistryEntry>,
  env: Readonly<Record<string, string | undefined>>,
): ChosenModel => {
  for (const [provider, model] of Object.entries(DEFAULT_MODELS)) {
    const entry = providers.get(provider);
    if (entry === undefined || keyVariable(entry, env) === undefined) continue;
    const said = `${provider}:${model} answers, because no model was named: -m, or "g4f config set model ${model}".`;
    return { model, provider, said };
  }
  return {
    model: 'smollm2-135m',
    provider: 'local',
    said: 'no key is there, so a small model on this machine answers. For a real one: "g4f keys set openai" (or another of "g4f providers").',
  };
};
