// Whether a server on the user's machine is running: one short question for its models, never with a key.
import { type Context, G4FError, type HttpResponse } from '@g4f/core';
import { asList, asObject } from './wires/json.ts';

/** A server that is there only when somebody has started it. */
export interface LocalServer {
  /** The name a person knows it by. */
  readonly name: string;
  readonly baseURL: string;
  /** Where it is for this caller, if not at its base. @throws G4FError if the setting cannot be read. */
  readonly address?: (context: Context) => string | undefined;
  /** Who owns its models by its own account, where other programs use the same port. */
  readonly owner?: string;
}

/** How long a server may take to answer, in ms; one on this machine takes a few. */
const PROBE_MS = 300;
/** Most bytes of its list that are looked at. */
const MOST_BYTES = 4 * 1024 * 1024;

/** `available` of such a server: `start Ollama (nothing answers at …)`, or undefined if it is there. */
export const probeOf =
  (server: LocalServer) =>
  async (context: Context): Promise<string | undefined> => {
    let base: string;
    try {
      base = context.baseURL ?? server.address?.(context) ?? server.baseURL;
    } catch (error) {
      if (error instanceof G4FError) return error.message;
      throw error;
    }
    const { origin } = new URL(base);
    const heard = await hear(context, `${base.replace(/\/+$/, '')}/models`);
    if (heard === 'nothing') return `start ${server.name} (nothing answers at ${origin})`;
    if (heard === 'late') return `start ${server.name} (no answer from ${origin} within ${PROBE_MS} ms)`;
    // It is there, and wants a key: that it has none is not for us to say.
    if (heard.status === 401 || heard.status === 403) return undefined;
    if (heard.status === 200 && isListOf(heard.body, server.owner)) return undefined;
    return `start ${server.name} (what answers at ${origin} is something else)`;
  };

interface Heard {
  readonly status: number;
  readonly body: string;
}

/** Asks, and gives up in time: an answer that is late is closed as soon as it can be. */
async function hear(context: Context, url: string): Promise<Heard | 'nothing' | 'late'> {
  let late = false;
  let close = (): void => undefined;
  const ask = async (): Promise<Heard | 'nothing'> => {
    const response = await context.send({ method: 'GET', url, headers: { accept: 'application/json' } });
    const bytes = response.body[Symbol.asyncIterator]();
    close = () => void bytes.return?.();
    if (late) close();
    return { status: response.status, body: late ? '' : await read(bytes, response) };
  };
  const answer = ask().catch((error: unknown): 'nothing' => {
    if (context.signal.aborted) throw error;
    return 'nothing';
  });
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => {
      late = true;
      close();
      resolve('late');
    }, PROBE_MS);
  });
  try {
    return await Promise.race([answer, silence]);
  } finally {
    clearTimeout(timer);
  }
}

async function read(bytes: AsyncIterator<Uint8Array>, response: HttpResponse): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let next = await bytes.next(); !next.done; next = await bytes.next()) {
    chunks.push(next.value);
    length += next.value.length;
    if (length > MOST_BYTES) {
      await bytes.return?.();
      return '';
    }
  }
  response.release();
  return Buffer.concat(chunks).toString('utf8');
}

/** Whether this is a list of models (of that owner). Ollama's is `{object: "list", data: null}` before the first pull. */
function isListOf(body: string, owner: string | undefined): boolean {
  try {
    const list = asObject(JSON.parse(body));
    if (owner === undefined) return Array.isArray(list?.data) || list?.object === 'list';
    return asList(list?.data).some((item) => asObject(item)?.owned_by === owner);
  } catch {
    return false;
  }
}
