// Plays a tape to a provider, and hears what it makes of it.
import {
  type Batch,
  type ChatCompletion,
  type ChatRequest,
  createGrammar,
  fold,
  type Provider,
} from '@g4f/core';
import type { Tape } from '../tapes/tape.ts';
import { type Lent, type LentAnswer, type LentContext, lendContext } from './lent-context.ts';

/** A key that is recognised wherever it turns up. */
export const KIT_KEY = 'kit-key-that-nobody-may-read-0123456789';
/** Where a provider is told to go: nothing that is sent there leaves this process. */
export const KIT_BASE = 'http://127.0.0.1:9/v1';

/** What came of it. */
export interface Heard {
  readonly answer: ChatCompletion | undefined;
  readonly text: string;
  readonly error: unknown;
  readonly context: LentContext;
}

/** What the provider is lent: the kit's key where it takes one, and the kit's address. */
export const lendTo = (provider: Provider, answer: Lent): LentContext =>
  lendContext(answer, {
    baseURL: KIT_BASE,
    env: Object.fromEntries((provider.env ?? []).map((name) => [name, KIT_KEY])),
  });

/** The provider's answer to a request. @throws Error if it cannot chat */
export const chatWith = (
  provider: Provider,
  request: ChatRequest,
  context: LentContext,
): AsyncIterable<Batch> => {
  if (provider.chat === undefined) throw new Error('it has no chat');
  return provider.chat(request, context);
};

/** Asks with the tape's request, and reads to the end; the events must keep the stream grammar. */
export const hear = async (
  provider: Provider,
  tape: Tape,
  answer: Partial<LentAnswer> = {},
): Promise<Heard> => {
  const context = lendTo(provider, {
    status: tape.status,
    headers: tape.headers,
    body: tape.body,
    ...answer,
  });
  let text = '';
  const checked = async function* (): AsyncGenerator<Batch> {
    const grammar = createGrammar(provider.id);
    for await (const batch of chatWith(provider, frozen(tape.request), context)) {
      for (const event of batch) {
        grammar.accept(event);
        if (event.type === 'text-delta') text += event.text;
      }
      yield batch;
    }
    grammar.end();
  };
  try {
    const folded = await fold(checked());
    return { answer: folded, text, error: undefined, context };
  } catch (error) {
    return { answer: undefined, text, error, context };
  }
};

/** The same value, in which nothing can be changed. */
export const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
};
