// Asks a provider for an operation besides chat, and answers it as a service would.
import type { Context, ErrorCode, HttpRequest, Operation, Operations, Provider } from '@g4f/core';
import type { Lent, LentAnswer, LentContext } from '../lent-context.ts';
import { frozen, lendTo } from '../play.ts';

/** The operations whose checks are made of what {@link OperationPlay} says of them. */
export type PlayedOperation = Exclude<Operation, 'chat'>;

/** What the kit knows of an operation. */
export interface OperationPlay<O extends PlayedOperation> {
  readonly operation: O;
  /** What is asked where it does not matter. */
  readonly request: Operations[O]['request'];
  /** A text of the request, which services repeat in their errors. */
  readonly prompt: string;
  /** A word of it, which no error of ours may hold. */
  readonly secret: string;
  /** The good answer to a request over HTTP. @throws Error for a path that the kit does not know */
  readonly answer: (request: HttpRequest) => LentAnswer | Promise<LentAnswer>;
  /** @throws Error unless the parts are what the good answer says. */
  readonly compare: (parts: readonly Operations[O]['part'][]) => void;
  /** What is wrong with an answer, and the answer: each must end in `bad-response`. */
  readonly wrong?: readonly (readonly [what: string, answer: Lent])[];
  /** The code of a 404; `model-not-found` unless given. */
  readonly notFound?: ErrorCode;
  /** Whether an answer in the middle of its body is no answer; true unless given. */
  readonly cutIsWrong?: boolean;
}

/** What came of it. */
export interface PlayedParts<O extends PlayedOperation> {
  readonly parts: readonly Operations[O]['part'][];
  readonly error: unknown;
  readonly context: LentContext;
}

type Method<O extends PlayedOperation> = (
  request: Operations[O]['request'],
  context: Context,
) => AsyncIterable<Operations[O]['part']>;

/** The provider's method. @throws Error if it has none */
const methodOf = <O extends PlayedOperation>(provider: Provider, operation: O): Method<O> => {
  const method = provider[operation] as Method<O> | undefined;
  if (method === undefined) throw new Error(`it has no ${operation}`);
  return (request, context) => method.call(provider, request, context);
};

/** Asks, and reads to the end. @param answer the good one unless given */
export const playOperation = async <O extends PlayedOperation>(
  provider: Provider,
  play: Pick<OperationPlay<O>, 'operation' | 'request'> & { readonly answer: Lent },
  answer: Lent = play.answer,
  context: LentContext = lendTo(provider, answer),
): Promise<PlayedParts<O>> => {
  const parts: Operations[O]['part'][] = [];
  try {
    for await (const part of methodOf(provider, play.operation)(frozen(play.request), context))
      parts.push(part);
  } catch (error) {
    return { parts, error, context };
  }
  return { parts, error: undefined, context };
};
