// The providers that a client knows: those of the registry, and the rows of its own configuration.
import { G4FError, LIMITS } from '@g4f/core';
import { deniedFlag } from '@g4f/core/internal';
import { ownFields } from '@g4f/providers/options';
import { type BackendRow, loadRegistry, type RegistryEntry, readBackendRow } from '@g4f/providers/registry';
import { readConfiguration } from '../platform/read-configuration.ts';

/** Providers by their ids. */
export type ProviderCatalog = Readonly<Record<string, RegistryEntry>>;

/** Gives the catalog, for which the registry has to be loaded once. */
export type LoadCatalog = () => ProviderCatalog | Promise<ProviderCatalog>;

interface Configured {
  readonly backends?: readonly BackendRow[];
}

const catalogs = new WeakMap<Configured, LoadCatalog>();

/**
 * The way to the client's catalog. Its own rows are read at once, so that what is wrong with them is told when it is made.
 *
 * @param env may hold the path of a file in G4F_CONFIG: JSON, `{"backends": [row, …]}`.
 * @throws G4FError `invalid-request` naming the row, the field, and what it must be.
 */
export const catalogOf = (
  client: Configured,
  env: Readonly<Record<string, string | undefined>>,
): LoadCatalog => {
  const known = catalogs.get(client);
  if (known !== undefined) return known;
  const { backends } = ownFields(client);
  const own = rowsOf(backends, env.G4F_CONFIG?.trim());
  const open = own === undefined ? openRegistry : openBoth(own);
  catalogs.set(client, open);
  return open;
};

let registry: ProviderCatalog | undefined;

/** The registry alone, the same for all clients. */
const openRegistry: LoadCatalog = () =>
  registry ??
  loadRegistry().then((loaded) => {
    registry = loaded;
    return loaded;
  });

/** The registry, and a client's own rows beside it. */
const openBoth = (own: ProviderCatalog): LoadCatalog => {
  let both: ProviderCatalog | undefined;
  return async () => {
    both ??= { ...(await openRegistry()), ...own };
    return both;
  };
};

function rowsOf(backends: Configured['backends'], path: string | undefined): ProviderCatalog | undefined {
  if (backends === undefined && !path) return undefined;
  const catalog: Record<string, RegistryEntry> = {};
  const add = (rows: unknown, where: string): void => {
    if (!Array.isArray(rows) || rows.includes(undefined)) throw wrong(`${where} must be a list of rows`);
    rows.forEach((row, at) => {
      const entry = readBackendRow(row, `${where}[${at}]`);
      if (Object.hasOwn(catalog, entry.id))
        throw wrong(`${where}[${at}]: id ${JSON.stringify(entry.id)} is there twice`);
      catalog[entry.id] = entry;
    });
  };
  if (backends !== undefined) add(backends, 'backends');
  if (path) add(rowsIn(path), `backends of ${path}`);
  return catalog;
}

function rowsIn(path: string): unknown {
  const config: unknown = parse(readText(path), path);
  if (typeof config !== 'object' || config === null || Array.isArray(config))
    throw wrong(`${path} (G4F_CONFIG) must hold an object, such as {"backends": []}`);
  const unknown = Object.keys(config).find((name) => name !== 'backends');
  if (unknown !== undefined)
    throw wrong(`${path} (G4F_CONFIG): there is no field ${JSON.stringify(unknown)}; it may hold "backends"`);
  return Object.hasOwn(config, 'backends') && 'backends' in config ? config.backends : [];
}

function readText(path: string): string {
  try {
    return readConfiguration(path, LIMITS.configurationBytes);
  } catch (error) {
    const why = error instanceof Error ? error.message.split(',')[0] : String(error);
    const flag = deniedFlag(error);
    const advice = flag === undefined ? '' : `Start the program with ${flag} as well, or: `;
    throw wrong(`the file in G4F_CONFIG cannot be read (${why}). ${advice}Correct the variable, or unset it`);
  }
}

function parse(text: string, path: string): unknown {
  try {
    // Some editors begin a file with a mark of its byte order.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    // Without the piece of the file that engines quote: a key may stand there, cut so that it looks like none.
    const why = (error instanceof Error ? error.message : String(error)).replace(
      /(?:, )?(?:\.{3})?["`].*/s,
      '',
    );
    throw wrong(`${path} (G4F_CONFIG) is no JSON: ${why}`);
  }
}

const wrong = (message: string): G4FError => new G4FError(`${message}.`, { code: 'invalid-request' });
