// What must be true of every answer, whatever becomes of its bytes.
import { isDeepStrictEqual } from 'node:util';
import { type ErrorCode, isG4FError } from '@g4f/client';
import type { WireName } from '@g4f/providers';
import type { Heard } from '../heard.ts';
import type { Ending } from '../verdict.ts';
import type { StreamedAnswer } from './answers.ts';
import { type Mutation, mutate } from './mutations.ts';
import { type Delivery, isHang, play } from './play.ts';

/** How an answer may end. */
export type End = 'complete' | ErrorCode;

/** Thrown when a property does not hold. */
class Violation extends Error {
  override readonly name = 'Violation';
}

const CODES: ReadonlySet<string> = new Set<ErrorCode>([
  'bad-response',
  'content-filter',
  'context-length',
  'invalid-request',
  'model-not-found',
  'network',
  'payment-required',
  'rate-limit',
  'server',
  'stream-truncated',
  'timeout',
  'auth',
]);

/**
 * What an answer on this wire must hold to be complete; read off the protocols' documentation, not off our code. Bytes
 * that are no letters or digits may have come between.
 */
const SIGNS: Readonly<Record<WireName, RegExp>> = {
  'openai-chat': /\[DONE\]|finish_reason"\s*:\s*"/,
  'openai-responses': /response\.(completed|incomplete)|"status"\s*:\s*"(completed|incomplete)"/,
  'anthropic-messages': /message_stop|stop_reason"\s*:\s*"/,
  gemini: /finishReason"\s*:\s*"|blockReason/,
  'ollama-chat': /"done"\s*:\s*true/,
  'cohere-chat': /message-end|finish_reason"\s*:\s*"/,
};

/** Nothing hangs, nothing untyped is thrown, and nothing is complete that the bytes do not justify. @throws Violation */
export const checkAnything = async (
  answer: StreamedAnswer,
  mutations: readonly Mutation[],
  delivery: Delivery,
  playIt = play,
): Promise<End> => {
  const bytes = mutations.reduce(mutate, Buffer.from(answer.body));
  const end = endOf(await playIt(answer, bytes, delivery));
  if (end === 'complete' && !SIGNS[answer.wire].test(bytes.toString('latin1')))
    throw new Violation('it was taken for a whole answer, and nothing in its bytes says so');
  return end;
};

/** Harmless changes change nothing. @throws Violation */
export const checkHarmless = async (
  answer: StreamedAnswer,
  mutations: readonly Mutation[],
  delivery: Delivery,
): Promise<End> => {
  const bytes = Buffer.from(answer.body);
  const ending = await play(answer, mutations.reduce(mutate, bytes), delivery);
  const plain = await play(answer, bytes, { sizes: [bytes.length], ends: 'end' });
  if (!isDeepStrictEqual(meaningOf(ending.heard), meaningOf(plain.heard)))
    throw new Violation(
      `${JSON.stringify(meaningOf(ending.heard))} was heard instead of ${JSON.stringify(meaningOf(plain.heard))}`,
    );
  if (endOf(ending) !== endOf(plain)) throw new Violation(`it ended with ${endOf(ending)}: ${ending.thrown}`);
  return endOf(ending);
};

/** What comes of a cut answer is the beginning of the whole one. @throws Violation */
export const checkCut = async (answer: StreamedAnswer, at: number, delivery: Delivery): Promise<End> => {
  const bytes = Buffer.from(answer.body);
  const cut = mutate(bytes, { kind: 'cut', at });
  const ending = await play(answer, cut, delivery);
  const whole = await play(answer, bytes, { sizes: [bytes.length], ends: 'end' });
  const { heard } = ending;
  const begins = (what: string, part: string, of: string): void => {
    // A character that was cut in the middle is a mark of damage.
    if (!of.startsWith(part.replace(/\uFFFD+$/, '')))
      throw new Violation(`${what}: ${part} does not begin ${of}`);
  };
  begins('text', heard.text, whole.heard.text);
  begins('reasoning', heard.reasoning, whole.heard.reasoning);
  heard.calls.forEach((call, index) => {
    begins(`arguments of call ${index}`, call.arguments, whole.heard.calls[index]?.arguments ?? '');
  });
  const end = endOf(ending);
  if (end === 'complete' && !SIGNS[answer.wire].test(cut.toString('latin1')))
    throw new Violation('a cut answer was taken for a whole one');
  return end;
};

/** @throws Violation for a hang, and for what is no G4FError of one line with a code that may come from a service. */
function endOf({ thrown }: Ending): End {
  if (thrown === undefined) return 'complete';
  if (isHang(thrown)) throw new Violation('it hung');
  if (!isG4FError(thrown)) throw new Violation(`threw what is no G4FError: ${String(thrown)}`);
  if (!CODES.has(thrown.code)) throw new Violation(`threw ${thrown.code}: ${thrown.message}`);
  if (thrown.message.includes('\n')) throw new Violation(`the message has several lines: ${thrown.message}`);
  if (/error of its own/.test(thrown.message)) throw new Violation(`a bug of ours: ${thrown.message}`);
  return thrown.code;
}

/** Ids that the service did not give are made up, and differ. */
const meaningOf = ({ calls, ...heard }: Heard): object => ({
  ...heard,
  calls: calls.map(({ name, arguments: given }) => ({ name, arguments: given })),
});
