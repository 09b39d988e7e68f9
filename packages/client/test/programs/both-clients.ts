// Both clients before the provider of fixtures/scripted.mjs, asked by one form: the same is expected of them.
import { AsyncClient } from '../../src/async-client.ts';
import { Client } from '../../src/client.ts';
import type { Surface } from '../../src/surface/surface.ts';

/** The module of the provider. */
export const SCRIPTED = new URL('../sync/fixtures/scripted.mjs', import.meta.url);
const options = { env: {}, provider: SCRIPTED, maxRetries: 0 };

/** What the provider says in one step. */
export interface ScriptStep {
  readonly content?: string;
  readonly pieces?: readonly string[];
  readonly calls?: readonly (readonly [id: string, name: string, args: string])[];
  readonly finish?: string;
  readonly refusal?: string;
  readonly reasoning?: string;
  readonly usage?: object;
  /** It is refused, with this status. */
  readonly refuses?: number;
  /** The stream fails before its end. */
  readonly breaks?: true;
  /** Says the request that it got, as JSON. */
  readonly echo?: true;
}

// Several files share them in one process: nobody closes them.
export const client = new Client(options);
export const asyncClient = new AsyncClient(options);

export type Completions = Surface<'async'>['chat']['completions'] | Surface<'sync'>['chat']['completions'];

/** By their names. */
export const CLIENTS: readonly (readonly [string, Completions])[] = [
  ['AsyncClient', asyncClient.chat.completions],
  ['Client', client.chat.completions],
];

/** The clients themselves, by their names. */
export const WHOLE_CLIENTS: readonly (readonly [string, AsyncClient | Client])[] = [
  ['AsyncClient', asyncClient],
  ['Client', client],
];

export type ResponseMethods = Surface<'async'>['responses'] | Surface<'sync'>['responses'];

/** The same of responses. */
export const RESPONDING: readonly (readonly [string, ResponseMethods])[] = [
  ['AsyncClient', asyncClient.responses],
  ['Client', client.responses],
];

/** The parameters of a call to which the provider answers by this script. */
export const asked = (...script: readonly ScriptStep[]) => ({ model: 'model', messages: 'hello', script });

/** Calls either client, whose answers differ in that one is a promise. */
export const call = async <T>(method: object, params: object): Promise<T> =>
  Reflect.apply(Object(method), undefined, [params]);
