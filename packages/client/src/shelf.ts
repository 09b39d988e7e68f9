// The backends that a client knows: those of the registry, and the rows of its own configuration.
import { G4FError } from '@g4f/core';
import { type BackendRow, type RegistryEntry, readBackendRow, registry } from '@g4f/providers/registry';

/** Backends by their ids. */
export type Shelf = Readonly<Record<string, RegistryEntry>>;

interface Configured {
  readonly backends?: readonly BackendRow[];
}

const shelves = new WeakMap<Configured, Shelf>();

/**
 * The client's shelf, put together with its first call.
 *
 * @param env may hold the path of a file in G4F_CONFIG: JSON, `{"backends": [row, …]}`.
 * @throws G4FError `invalid-request` naming the row, the field, and what it must be.
 */
export const shelfOf = (client: Configured, env: Readonly<Record<string, string | undefined>>): Shelf => {
  const shelf = shelves.get(client) ?? putTogether(client, env.G4F_CONFIG);
  shelves.set(client, shelf);
  return shelf;
};

function putTogether({ backends }: Configured, file: string | undefined): Shelf {
  const path = file?.trim();
  if (backends === undefined && !path) return registry;
  const shelf: Record<string, RegistryEntry> = { ...registry };
  const add = (rows: unknown, where: string): void => {
    if (!Array.isArray(rows)) throw wrong(`${where} must be a list of rows`);
    rows.forEach((row, at) => {
      const entry = readBackendRow(row, `${where}[${at}]`);
      if (Object.hasOwn(shelf, entry.id))
        throw wrong(`${where}[${at}]: id ${JSON.stringify(entry.id)} is there twice`);
      shelf[entry.id] = entry;
    });
  };
  if (backends !== undefined) add(backends, 'backends');
  if (path) add(rowsIn(path), `backends of ${path}`);
  return shelf;
}

function rowsIn(path: string): unknown {
  const config: unknown = parse(readText(path), path);
  if (typeof config !== 'object' || config === null || Array.isArray(config))
    throw wrong(`${path} (G4F_CONFIG) must hold an object, such as {"backends": []}`);
  const unknown = Object.keys(config).find((name) => name !== 'backends');
  if (unknown !== undefined)
    throw wrong(`${path} (G4F_CONFIG): there is no field ${JSON.stringify(unknown)}; it may hold "backends"`);
  return 'backends' in config ? config.backends : [];
}

/** Not imported, because the browser's build has no files. */
function readText(path: string): string {
  try {
    const fs = globalThis.process.getBuiltinModule('node:fs');
    return fs.readFileSync(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message.split(',')[0] : String(error);
    throw wrong(`the file in G4F_CONFIG cannot be read (${why}). Correct the variable, or unset it`);
  }
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw wrong(`${path} (G4F_CONFIG) is no JSON: ${why}`);
  }
}

const wrong = (message: string): G4FError => new G4FError(`${message}.`, { code: 'invalid-request' });
