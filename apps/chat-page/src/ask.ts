// Asks the gateway that this page comes from.
import { readEvents } from './read-events.ts';

/** A message of the chat. */
export interface ChatMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

/** What is asked. */
export interface AskedChat {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  /** Of the gateway; empty where it asks for none. */
  readonly key: string;
  readonly signal: AbortSignal;
}

/** A piece of the answer. */
export interface ChatPiece {
  readonly text: string;
  readonly model: string;
  readonly provider: string;
  readonly finish: string | null;
}

/** The gateway wants a key, or another one. */
export class KeyNeeded extends Error {
  override readonly name = 'KeyNeeded';
}

/** The headers of every request. */
export const headersWith = (key: string): Record<string, string> => ({
  'content-type': 'application/json',
  ...(key !== '' && { authorization: `Bearer ${key}` }),
});

/**
 * The answer, as it comes.
 * @throws KeyNeeded; Error with the words of the gateway where it fails, or where the answer ends too early.
 */
export async function* askChat({ model, messages, key, signal }: AskedChat): AsyncGenerator<ChatPiece, void> {
  const response = await fetch('/v1/chat/completions', {
    method: 'POST',
    headers: headersWith(key),
    body: JSON.stringify({ model, messages, stream: true }),
    signal,
  }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw new Error('The gateway does not answer: start it again, and send the message once more.');
  });
  if (!response.ok || response.body === null) throw await failureOf(response);
  let isWhole = false;
  for await (const data of untilBroken(readEvents(response.body), signal)) {
    if (data === '[DONE]') return;
    const { error, choices, model: answering = model, provider = '' } = parsed(data);
    if (error) throw new Error(String(error.message));
    const { delta, finish_reason: finish = null } = choices?.[0] ?? {};
    if (finish !== null) isWhole = true;
    yield { text: delta?.content ?? delta?.refusal ?? '', model: answering, provider, finish };
  }
  if (!isWhole) throw new Error(BROKEN);
}

const BROKEN = 'The connection ended before the answer did. Send the message again for a whole answer.';

/** What browsers say of a connection that breaks differs, and helps nobody. */
async function* untilBroken(
  events: AsyncIterable<string>,
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  try {
    yield* events;
  } catch (error) {
    throw signal.aborted ? error : new Error(BROKEN);
  }
}

/** @throws Error for an event that is not the gateway's: something stands between. */
function parsed(data: string) {
  try {
    return JSON.parse(data);
  } catch {
    throw new Error('What came is not of the gateway: something stands between it and this page.');
  }
}

/** What a refusal says. */
export const failureOf = async (response: Response): Promise<Error> => {
  const text = await response.text().catch(() => '');
  let message = `The gateway answered ${response.status}.`;
  try {
    message = String(JSON.parse(text).error.message);
  } catch {
    // It is not in the gateway's form: something stands between.
  }
  return response.status === 401 ? new KeyNeeded(message) : new Error(message);
};
