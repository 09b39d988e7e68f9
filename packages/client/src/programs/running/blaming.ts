// A program whose caller is told the place of what cannot be read.
import { asCallers } from '../../options/unreadable.ts';
import type { Program } from './program.ts';

/** The program. What a function of the caller throws stays as it is. @param given what the caller gave */
export function* blaming<T, Params, Answer>(
  given: readonly unknown[],
  program: () => Program<T, Params, Answer>,
): Program<T, Params, Answer> {
  try {
    return yield* program();
  } catch (thrown) {
    throw asCallers(thrown, ...given);
  }
}
