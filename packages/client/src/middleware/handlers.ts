// Handlers of one operation, put inside each other: each is given the next as a function that may be called once.
import { G4FError, type Operation } from '@g4f/core';
import { isAsyncIterable } from '@g4f/core/internal';
import type { Middleware, MiddlewareCall } from '../surface/middleware.ts';

/** Parts of whatever operation: the types of one are told apart where a handler is written. */
export type AnyParts = AsyncIterable<unknown>;

/** A handler as it is called. */
type CalledHandler = (call: MiddlewareCall, next: () => AnyParts) => AnyParts | Promise<AnyParts>;

/** The answer of the outermost to this call. @param carryOut is what the innermost is given. */
export const throughAll = (
  use: readonly Middleware[],
  call: MiddlewareCall,
  carryOut: () => AnyParts,
): AnyParts =>
  through(
    use.flatMap((one) => handlerOf(one, call.operation) ?? []),
    call,
    carryOut,
  );

const handlerOf = (one: Middleware, operation: Operation): CalledHandler | undefined =>
  (typeof one === 'function' ? one : one[operation]?.bind(one)) as CalledHandler | undefined;

function through(
  [handler, ...inner]: readonly CalledHandler[],
  call: MiddlewareCall,
  carryOut: () => AnyParts,
): AnyParts {
  if (handler === undefined) return carryOut();
  let isCalled = false;
  return partsOf(() =>
    handler(call, () => {
      if (isCalled) throw calledTwice();
      isCalled = true;
      return through(inner, call, carryOut);
    }),
  );
}

/** What a handler gives, by promise perhaps. */
async function* partsOf(handle: () => AnyParts | Promise<AnyParts>): AnyParts {
  const parts = await handle();
  if (!isAsyncIterable(parts))
    throw new G4FError('a middleware gave no answer: return what next() gives, or an async iterable.', {
      code: 'internal',
    });
  yield* parts;
}

const calledTwice = (): G4FError =>
  new G4FError('a middleware called next() twice: a call is carried out once. Make another call.', {
    code: 'internal',
  });
