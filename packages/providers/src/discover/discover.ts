// Finds the servers that run on this machine.
import { G4FError } from '@g4f/core';
import { urlOf, withoutEnd } from '@g4f/core/internal';
import { createSend } from '#platform/send';
import { withoutFragment } from '../http/text/without-fragment.ts';
import { askServer } from '../local-servers/ask-server.ts';
import type { ServerId } from '../local-servers/known-servers.ts';
import { ollamaAddress } from '../local-servers/ollama-address.ts';
import { baseURLVariable } from '../provider/credentials.ts';
import { ownEnv } from '../provider/own-fields.ts';
import { registry } from '../registry/registry.gen.ts';

/** A server that answers on this machine. */
export interface FoundServer {
  /** Its provider: `provider: '…'`. */
  readonly id: ServerId;
  readonly name: string;
  /** Where it answers; what `baseURL` of its provider is to be if it is not where that looks by itself. */
  readonly baseURL: string;
  readonly version?: string;
  /** The ids of its models. */
  readonly models: readonly string[];
  /** Present if it lists its models only to who has a key; then its id is that of whose usual address it is. */
  readonly needsKey?: true;
}

/** Where to look, and for how long. */
export interface DiscoverOptions {
  /** In place of process.env: OLLAMA_HOST and the `<ID>_BASE_URL` variables say where servers are. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** More addresses to look at, such as `http://127.0.0.1:9000`; only this machine's own are. */
  readonly addresses?: readonly string[];
  /** Most ms for all of it; 300. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

const LOCAL_IDS: readonly ServerId[] = [
  ...([
    'ollama',
    'lmstudio',
    'llamacpp',
    'vllm',
    'jan',
    'localai',
    'llamafile',
    'koboldcpp',
    'sglang',
  ] as const),
];

/**
 * The servers that run on this machine, in the order of the shelf. Only loopback addresses are asked, all at once, without
 * any key and past any proxy; what each is, is told by what it answers.
 * @throws G4FError `aborted`
 */
export const discover = async (options: DiscoverOptions = {}): Promise<readonly FoundServer[]> => {
  const { timeoutMs = 300, signal } = options;
  const env = ownEnv(options.env);
  const left = new AbortController();
  const leave = (): void => left.abort();
  signal?.addEventListener('abort', leave);
  const send = createSend({
    provider: 'discover',
    signal: left.signal,
    env: {},
    connectMs: timeoutMs,
    enter: () => undefined,
  });
  try {
    if (signal?.aborted) leave();
    const places = placesIn(env, options.addresses ?? []);
    const found = await Promise.all(
      [...places].map(async ([base, usual]) => toFound(await askServer(base, send, timeoutMs), base, usual)),
    );
    if (left.signal.aborted) throw new G4FError('discover: aborted by the caller.', { code: 'aborted' });
    return found
      .filter((server) => server !== undefined)
      .sort((a, b) => LOCAL_IDS.indexOf(a.id) - LOCAL_IDS.indexOf(b.id));
  } finally {
    signal?.removeEventListener('abort', leave);
  }
};

/** Addresses to ask → the server that is usually there. */
function placesIn(
  env: DiscoverOptions['env'] & object,
  more: readonly string[],
): ReadonlyMap<string, ServerId | undefined> {
  const places = new Map<string, ServerId | undefined>();
  const add = (base: string | undefined, usual?: ServerId): void => {
    if (base === undefined || !isLoopback(base)) return;
    const key = withoutEnd(withoutFragment(new URL(base).href), '/').replace(/\/v1$/, '');
    if (!places.has(key)) places.set(key, usual);
  };
  for (const id of LOCAL_IDS) {
    add(env[baseURLVariable(id)], id);
    if (id === 'ollama') add(addressOrNone(env), id);
    add(registry[id]?.baseURL, id);
  }
  for (const address of more) add(address);
  return places;
}

/** A setting that cannot be read is for the provider to complain of. */
function addressOrNone(env: DiscoverOptions['env'] & object): string | undefined {
  try {
    return ollamaAddress({ env });
  } catch {
    return undefined;
  }
}

function isLoopback(base: string): boolean {
  const { protocol = '', hostname = '' } = urlOf(base) ?? {};
  return /^https?:$/.test(protocol) && /^(127(\.\d+){3}|localhost|\[::1\])$/.test(hostname);
}

function toFound(
  heard: Awaited<ReturnType<typeof askServer>>,
  base: string,
  usual: ServerId | undefined,
): FoundServer | undefined {
  if (typeof heard === 'string') return undefined;
  const id = heard.id ?? (heard.needsKey ? usual : undefined);
  if (id === undefined) return undefined;
  return {
    id,
    name: registry[id]?.name ?? id,
    // Ollama's own wire stands at the root, OpenAI's of the others below /v1.
    baseURL: id === 'ollama' ? base : `${base}/v1`,
    models: heard.models,
    ...(heard.version !== undefined && { version: heard.version }),
    ...(heard.needsKey && { needsKey: true }),
  };
}
