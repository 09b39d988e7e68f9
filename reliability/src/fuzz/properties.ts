// What must be true of every answer, whatever becomes of its bytes.
import { isDeepStrictEqual } from 'node:util';
import { type ErrorCode, isG4FError } from '@g4f/client';
import type { Heard } from '../heard.ts';
import type { StreamedAnswer } from './answers.ts';
import { type Dress, dressed } from './dress.ts';
import { type Mutation, mutate } from './mutations.ts';
import { type Delivery, isHang, type Played, play } from './play.ts';
import { mayBeWhole } from './sign.ts';
import { wordsIn } from './words.ts';

/** How an answer may end. */
export type End = 'complete' | ErrorCode;

/** How a property may be broken. */
export type Breach = 'hung' | 'untyped' | 'unjustified' | 'changed';

/** Thrown when a property does not hold. */
export class Violation extends Error {
  override readonly name = 'Violation';
  readonly breach: Breach;

  constructor(breach: Breach, message: string) {
    super(message);
    this.breach = breach;
  }
}

/** Those of the closed list that may come of what a service answers. */
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
const ALL_AT_ONCE: Delivery = { sizes: [Number.MAX_SAFE_INTEGER], ends: 'end' };

const played = new WeakMap<StreamedAnswer, Promise<Played>>();

/** What the answer is when nothing was done to it. */
const untouched = (answer: StreamedAnswer): Promise<Played> => {
  const plain = played.get(answer) ?? play(answer, Buffer.from(answer.body), ALL_AT_ONCE);
  played.set(answer, plain);
  return plain;
};

/** Nothing hangs, nothing untyped is thrown; what is complete is so by its bytes, and has their words. @throws Violation */
export const checkAnything = async (
  answer: StreamedAnswer,
  mutations: readonly Mutation[],
  dress: Dress,
  delivery: Delivery,
  playIt = play,
): Promise<End> => {
  const bytes = dressed(mutations.reduce(mutate, Buffer.from(answer.body)), dress);
  const ending = await playIt(answer, bytes, delivery);
  const end = endOf(ending);
  if (end !== 'complete') return end;
  if (!mayBeWhole(answer.wire, bytes))
    throw new Violation('unjustified', 'it was taken for a whole answer, and nothing in its bytes says so');
  const words = wordsIn(answer.wire, bytes);
  if (words !== undefined) same('text', [ending.heard.text], [words]);
  return end;
};

/** Another dress, and other pieces, change nothing; nor does a break after the end. @throws Violation */
export const checkHarmless = async (
  answer: StreamedAnswer,
  dress: Dress,
  delivery: Delivery,
  playIt = play,
): Promise<End> => {
  const bytes = Buffer.from(answer.body);
  const plain = await untouched(answer);
  const end = endOf(plain);
  // A break matters where the answer is cut, or where the last event could go on.
  const ends = end === 'complete' && !dress.open ? delivery.ends : 'end';
  const other = await playIt(answer, dressed(bytes, dress), { ...delivery, ends });
  same('event', other.events, plain.events);
  same('what was heard', [meaningOf(other.heard)], [meaningOf(plain.heard)]);
  same('the end', [endOf(other)], [end]);
  return end;
};

/** What comes of a cut answer is the beginning of the whole one. @throws Violation */
export const checkCut = async (
  answer: StreamedAnswer,
  at: number,
  dress: Dress,
  delivery: Delivery,
  playIt = play,
): Promise<End> => {
  const bytes = Buffer.from(answer.body);
  const cut = mutate(dressed(bytes, dress), { kind: 'cut', at });
  const ending = await playIt(answer, cut, delivery);
  const { heard } = ending;
  const whole = await untouched(answer);
  begins('text', heard.text, whole.heard.text);
  begins('reasoning', heard.reasoning, whole.heard.reasoning);
  heard.calls.forEach((call, index) => {
    const uncut = whole.heard.calls[index];
    begins(`name of call ${index}`, call.name, uncut?.name ?? '');
    begins(`arguments of call ${index}`, call.arguments, uncut?.arguments ?? '');
  });
  const end = endOf(ending);
  if (end === 'complete' && !mayBeWhole(answer.wire, cut))
    throw new Violation('unjustified', 'a cut answer was taken for a whole one');
  // A finish in mid-stream would make its reader run the calls of an answer that is not whole.
  if (end !== 'complete' && heard.finish !== undefined)
    throw new Violation('unjustified', `it finished with ${heard.finish}, and then failed with ${end}`);
  return end;
};

function begins(what: string, part: string, whole: string): void {
  if (!whole.startsWith(part))
    throw new Violation('changed', `${what}: ${quote(part)} does not begin ${quote(whole)}`);
}

/** Tells the first difference. */
function same(what: string, came: readonly unknown[], expected: readonly unknown[]): void {
  if (isDeepStrictEqual(came, expected)) return;
  const at = [...came, undefined].findIndex((one, index) => !isDeepStrictEqual(one, expected[index]));
  throw new Violation(
    'changed',
    `${what} ${expected.length > 1 ? at : ''} is ${quote(came[at])} instead of ${quote(expected[at])}`,
  );
}

const LONGEST_QUOTE = 300;
const quote = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
};

/** @throws Violation for a hang, and for what is no G4FError of one line with a code that may come from a service. */
function endOf({ thrown }: Pick<Played, 'thrown'>): End {
  if (thrown === undefined) return 'complete';
  if (isHang(thrown)) throw new Violation('hung', 'it hung');
  const untyped = (what: string): Violation => new Violation('untyped', what);
  if (!isG4FError(thrown)) throw untyped(`threw what is no G4FError: ${String(thrown)}`);
  const { code, message } = thrown;
  if (!CODES.has(code)) throw untyped(`threw ${code}: ${message}`);
  if (/[\n\r\u2028\u2029]/.test(message)) throw untyped(`the message has several lines: ${message}`);
  if (/error of its own/.test(message)) throw untyped(`a bug of ours: ${message}`);
  return code;
}

/** Ids that the service did not give are made up, and differ. */
const meaningOf = ({ calls, ...heard }: Heard): object => ({
  ...heard,
  calls: calls.map(({ name, arguments: given }) => ({ name, arguments: given })),
});
