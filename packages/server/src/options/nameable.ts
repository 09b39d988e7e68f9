// The ids of providers in the options: which there are, and which of them callers may name.

import type { AsyncClient, ClientOptions } from '@g4f/client';
import { urlOf } from '@g4f/core/internal';
import { BACKEND_IDS } from '@g4f/providers/options';
import type { Nameable } from '../guard/own-fields.ts';
import { wrong } from './wrong.ts';

/** By what it can do, because a program may have two copies of the class. */
export const isClient = (client: AsyncClient | ClientOptions): client is AsyncClient => 'chat' in client;

/**
 * Whom callers may name: those of `providers`, else those of the client, else all. What a client that was made elsewhere is
 * confined to is not known here, and so callers name nobody unless `providers` says whom.
 * @throws G4FError `invalid-request` for an id that no provider has
 */
export const nameableOf = (
  client: AsyncClient | ClientOptions,
  providers: readonly string[] | undefined,
): Nameable => {
  const options = isClient(client) ? undefined : client;
  const chosen = namedBy(options);
  const own = new Map((chosen?.own ?? []).map((provider) => [provider.id, provider]));
  const rows = (options?.backends ?? []).map(({ id }) => id);
  const known = new Set<string>([...BACKEND_IDS, ...rows, ...own.keys()]);
  checkKnown('client.provider', chosen?.ids ?? [], known);
  // A client that was made elsewhere may know others.
  if (options !== undefined) checkKnown('providers', providers ?? [], known);
  return {
    ids: new Set(providers ?? chosen?.ids ?? (options === undefined ? [] : known)),
    known,
    own,
    checksModels: providers !== undefined && chosen === undefined,
  };
};

/** The ids of the providers that the options name: one that is an object brings its own. Of the URL of a module none is known. */
export const namedBy = (options: ClientOptions | undefined) => {
  if (options?.provider == null) return undefined;
  const list = [options.provider].flat().map((one) => (typeof one === 'string' && urlOf(one)) || one);
  const own = list.flatMap((one) =>
    typeof one === 'object' && !(one instanceof URL) && 'id' in one ? one : [],
  );
  const texts = list.flatMap((one) => (typeof one === 'string' ? one : []));
  return { list, own, ids: [...texts, ...own.map(({ id }) => id)] };
};

function checkKnown(option: string, ids: readonly string[], known: ReadonlySet<string>): void {
  const stranger = ids.find((id) => !known.has(id));
  if (stranger !== undefined)
    throw wrong(option, `the id of a provider, and none is called ${JSON.stringify(stranger.slice(0, 100))}`);
}
