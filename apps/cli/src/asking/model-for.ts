// Which model is asked, and of whom: what the person named, what the conversation had, what is configured, what has a key.
import { UsageError } from '../failure/usage-error.ts';
import type { Config } from '../store/config-file.ts';
import type { LogEntry } from '../store/log-entry.ts';
import { note } from '../terminal/output.ts';
import { chooseModel, DEFAULT_MODELS } from './default-model.ts';
import { allProviders, providerNamed } from './providers.ts';

/** A model, and who is asked for it; nobody by name where whoever offers it may answer. */
export interface AskedModel {
  readonly model: string;
  readonly provider: string | undefined;
}

/** What the person named. */
export type Named = { readonly model?: string | undefined; readonly provider?: string | undefined };

/**
 * The model. A choice that the person has no part in is told on stderr.
 * @throws UsageError where a provider is named that there is not, or that has no usual model.
 */
export const modelFor = async (
  { model, provider }: Named,
  config: Pick<Config, 'model' | 'provider' | 'backends'>,
  env: Readonly<Record<string, string | undefined>>,
  last?: Pick<LogEntry, 'requested' | 'provider'>,
): Promise<AskedModel> => {
  if (provider !== undefined) providerNamed(await allProviders(config), provider);
  if (model !== undefined) return { model, provider };
  if (provider !== undefined) return { model: modelOf(provider, config), provider };
  if (last !== undefined) return { model: last.requested, provider: last.provider ?? undefined };
  const configured = env.G4F_MODEL || config.model;
  if (configured) return { model: configured, provider: config.provider };
  if (config.provider !== undefined)
    return { model: modelOf(config.provider, config), provider: config.provider };
  const chosen = chooseModel(await allProviders(config), env);
  note(chosen.said);
  return chosen;
};

function modelOf(provider: string, config: Pick<Config, 'model' | 'provider'>): string {
  const usual = provider === 'local' ? 'smollm2-135m' : DEFAULT_MODELS[provider];
  const model = config.provider === provider ? (config.model ?? usual) : usual;
  if (model !== undefined) return model;
  throw new UsageError(`name a model of ${provider} with -m: "g4f models --provider ${provider}" lists them`);
}
