// Compares what a reader got with what the fault table says they must get.
import { inspect, isDeepStrictEqual } from 'node:util';
import { isG4FError } from '@g4f/client';
import type { Expected } from '@g4f/testing';
import type { Heard } from './heard.ts';

/** How an answer ended for its reader. */
export interface Ending {
  readonly heard: Heard;
  /** What was thrown; undefined if the answer is complete. */
  readonly thrown: unknown;
}

/** The key, the prompt and the proxy's password of every request: no error may hold them, however it is printed. */
export const KEY = 'kRQ7-reliability-secret';
export const PROMPT = 'tell nobody that Zaphod is ill';
export const PROXY = 'http://me:proxy-password@127.0.0.1:9';

const LONGEST_QUOTE = 80;
const quote = (text: string): string =>
  JSON.stringify(text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}… (${text.length})` : text);

/** What fell short, in words; nothing if all is as it must be. */
export const fallsShort = (ending: Ending, expected: Expected): readonly string[] => [
  ...ofEnd(ending, expected),
  ...ofAnswer(ending.heard, expected),
];

function ofEnd(
  { thrown }: Ending,
  { end, phase, status, requestId, words, retryAfterMs }: Expected,
): string[] {
  if (end === 'complete') return thrown === undefined ? [] : [`failed: ${String(thrown)}`];
  if (thrown === undefined) return [`was taken for a whole answer, not for ${end.join(' or ')}`];
  if (!isG4FError(thrown)) return [`threw what is no G4FError: ${String(thrown)}`];
  const [least = 0, most = Number.POSITIVE_INFINITY] = retryAfterMs ?? [];
  const waits = thrown.retryAfterMs ?? -1;
  const wrong: readonly (readonly [boolean, string])[] = [
    [!end.includes(thrown.code), `failed by ${thrown.code}, not by ${end.join(' or ')}: ${thrown.message}`],
    [phase !== undefined && thrown.phase !== phase, `phase ${thrown.phase}, not ${phase}`],
    [status !== undefined && thrown.status !== status, `status ${thrown.status}, not ${status}`],
    [requestId !== undefined && thrown.requestId !== requestId, `request id ${thrown.requestId}`],
    [words !== undefined && !thrown.message.includes(words), `lost the service's words: ${thrown.message}`],
    [retryAfterMs !== undefined && !(waits >= least && waits <= most), `retryAfterMs ${thrown.retryAfterMs}`],
    [thrown.message.includes('\n'), 'the message has several lines'],
    [SECRETS.test(printed(thrown)), `a key, prompt or password is in the error: ${printed(thrown)}`],
  ];
  return wrong.filter(([is]) => is).map(([, what]) => what);
}

const SECRETS = /kRQ7-rel|Zaphod|proxy-pass/i;

/** Everything that any printer shows of an error. */
const printed = (error: Error): string =>
  [inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error), String(error), error.stack].join(
    '\n',
  );

function ofAnswer(heard: Heard, { end, text, reasoning, usage, calls }: Expected): string[] {
  const wrong: string[] = [];
  if (text !== undefined && heard.text !== text) wrong.push(`text ${quote(heard.text)}, not ${quote(text)}`);
  if (text === undefined && heard.text === '') wrong.push('no text came');
  if (reasoning !== undefined && heard.reasoning !== reasoning)
    wrong.push(`reasoning ${quote(heard.reasoning)}`);
  if (usage !== undefined) {
    const { prompt_tokens, completion_tokens } = heard.usage ?? {};
    if (!isDeepStrictEqual({ prompt_tokens, completion_tokens }, { ...usage }))
      wrong.push(`usage ${prompt_tokens}, ${completion_tokens}`);
  }
  const made = calls ?? [];
  if (end !== 'complete' && heard.finish === 'tool_calls')
    wrong.push('a cut call was handed out as a whole one');
  if (end !== 'complete') return wrong;
  if (heard.calls.length !== made.length) wrong.push(`${heard.calls.length} calls, not ${made.length}`);
  made.forEach((call, at) => {
    for (const [field, value] of Object.entries(call)) {
      const got = Object.entries(heard.calls[at] ?? {}).find(([name]) => name === field)?.[1];
      if (got !== value) wrong.push(`call ${at}: ${field} ${quote(String(got))}, not ${quote(value)}`);
    }
  });
  if (heard.calls.some(({ id }) => !id)) wrong.push('a call has no id');
  if (new Set(heard.calls.map(({ id }) => id)).size !== heard.calls.length)
    wrong.push('two calls have one id');
  return wrong;
}
