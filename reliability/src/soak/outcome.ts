// What came of one request of a soak, judged by what its reader heard and how the answer ended.
import { isG4FError } from '@g4f/client';
import { type Ending, fallsShort } from '../verdict.ts';
import type { Plan } from './plan.ts';

/** What came of a request, and in which words it went wrong. */
export type Outcome =
  | { readonly kind: 'delivered' | 'failed' | 'left' | 'hung' }
  | { readonly kind: 'wrong'; readonly what: string };

/** What a reader throws in its own loop. */
export const OWN = new Error('the error of the reader’s own loop');

/** @param hasLeft the reader went before the end of the answer. */
export const judge = (ending: Ending, hasLeft: boolean, { expected, temper }: Plan): Outcome => {
  const { heard, thrown } = ending;
  const isAborted = isG4FError(thrown) && thrown.code === 'aborted' && temper.kind === 'aborts';
  if (hasLeft || thrown === OWN || isAborted) {
    const { text = heard.text, reasoning = heard.reasoning } = expected;
    const isBeginning = text.startsWith(heard.text) && reasoning.startsWith(heard.reasoning);
    return isBeginning
      ? { kind: 'left' }
      : { kind: 'wrong', what: `no beginning of the answer: ${JSON.stringify(heard.text.slice(0, 80))}` };
  }
  // No row has this deadline: it is there for what would not have ended.
  if (isG4FError(thrown) && thrown.phase === 'total') return { kind: 'hung' };
  if (thrown !== undefined && !isG4FError(thrown))
    return { kind: 'wrong', what: `threw what is no G4FError: ${String(thrown)}` };
  const short = fallsShort(ending, expected);
  if (short.length > 0) return { kind: 'wrong', what: short.join('; ') };
  return { kind: thrown === undefined ? 'delivered' : 'failed' };
};
