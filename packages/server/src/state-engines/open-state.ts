// The state that an address names: `memory`, `sqlite:/path/to/file.db`, `redis://host:6379`.
import { urlOf } from '@g4f/core/internal';
import type { State } from '../state/state.ts';
import { stateError } from '../state/state-error.ts';
import { createMemoryState } from './memory-state.ts';

/** How state is opened. */
export interface StateTerms {
  readonly url: string;
  /** How long one operation may take, in ms. */
  readonly timeout: number;
  /** For how many days the ledger is kept. */
  readonly days: number;
}

/** What an address may look like, for messages. */
export const STATE_URLS = 'memory, sqlite:path/to/file.db or redis://host:6379/0';

/** Whether an address names a state. */
export const isStateUrl = (url: unknown): url is string =>
  typeof url === 'string' && (url === 'memory' || /^sqlite:./.test(url) || isRedisUrl(url));

/** Whether it names a Redis. The path is the number of a database, or none. */
export const isRedisUrl = (url: string): boolean =>
  /^rediss?:\/\/./.test(url) && /^(?:\/\d{0,5})?$/.test(urlOf(url)?.pathname ?? 'none');

/** @throws StateError where it cannot be opened. A Redis that is away is waited for later. */
export const openState = async ({ url, timeout, days }: StateTerms): Promise<State> => {
  if (url === 'memory') return createMemoryState();
  if (/^sqlite:~/.test(url))
    throw stateError(
      `SQLite file ${url.slice('sqlite:'.length)}`,
      '~ means no folder here. Write the path out',
    );
  if (url.startsWith('sqlite:')) {
    const { openSqliteState } = await import('./sqlite-state.ts');
    return openSqliteState({ file: url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, ''), timeout });
  }
  const { openRedisState } = await import('./redis-state.ts');
  return openRedisState({ url, timeout, days });
};
