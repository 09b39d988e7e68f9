// Which providers there are to this person: those of the package, and the rows of the configuration.
import { type BackendRow, loadRegistry, type RegistryEntry, readBackendRow } from '@g4f/providers/registry';
import { UsageError } from '../failure/usage-error.ts';
import { nearest } from '../terminal/nearest.ts';

/** What of a configuration says who may be asked. */
export interface Rows {
  readonly backends?: readonly BackendRow[];
}

/** Every provider by its id. @throws G4FError for a row that is not what it must be. */
export const allProviders = async ({ backends = [] }: Rows): Promise<ReadonlyMap<string, RegistryEntry>> => {
  const own = backends.map((row, at) => readBackendRow(row, `backends[${at}] of config.yaml`));
  const entries = [...Object.values(await loadRegistry()), ...own];
  return new Map(entries.map((entry) => [entry.id, entry]));
};

/** One of them. @throws UsageError that names the nearest id. */
export const providerNamed = (providers: ReadonlyMap<string, RegistryEntry>, id: string): RegistryEntry => {
  const entry = providers.get(id);
  if (entry !== undefined) return entry;
  const near = nearest(id, providers.keys());
  throw new UsageError(
    `there is no provider "${id}"; ${near === undefined ? '' : `did you mean "${near}"? `}"g4f providers" lists them`,
  );
};

/** The variable of the environment that holds a provider's key, of those that do. */
export const keyVariable = (
  { env = [] }: Pick<RegistryEntry, 'env'>,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined => env.find((name) => environment[name]);
