// What is told of a conversation of which a service can be sent nothing, or nothing of what it is asked.
import { G4FError } from '@g4f/core';
import { asObject } from '../decoding/json.ts';
import { invalid } from '../fit/invalid.ts';
import type { FitMessage } from '../fit/message.ts';
import type { Warn } from '../fit/warn.ts';

/** How the messages of a conversation are translated, one by one. */
interface Translation<T> {
  /** Who is sent them, for errors: `Anthropic`, or `this provider`. */
  readonly service: string;
  /** @param at its place. */
  readonly encode: (message: FitMessage, warn: Warn, at: number) => T;
  /** Whether nothing of a message is left in what was made of it. */
  readonly isEmpty: (encoded: T) => boolean;
}

/** Why parts of messages were left out, and of which message the last one was. */
interface LeftOut {
  readonly reasons: Set<string>;
  place: number | undefined;
}

/**
 * The messages, translated. Parts that the service does not take are warned of, because others are sent.
 *
 * @throws G4FError `invalid-request` where nothing is left of the conversation, or of what the user said last: what would be
 *   sent asks for something else. Another provider may take it.
 */
export const encodeEach = <T>(
  messages: readonly FitMessage[],
  { service, encode, isEmpty }: Translation<T>,
  warn: Warn,
): readonly T[] => {
  const left: LeftOut = { reasons: new Set(), place: undefined };
  const encoded = messages.map((message, at) =>
    encode(
      message,
      (reason) => {
        left.place = at;
        left.reasons.add(reason);
        warn(reason);
      },
      at,
    ),
  );
  const since = messages.findLastIndex(({ role }) => role === 'assistant') + 1;
  const asked = encoded.slice(since).filter((_, at) => !isInstruction(messages[since + at]));
  const isLost = (left.place ?? -1) >= since && asked.length > 0 && asked.every(isEmpty);
  if (isLost) throw nothingLeft(service, messages, [...left.reasons].join(' '), left.place);
  return encoded;
};

/** Whether it is what the user says, and holds nothing: neither text nor parts, nor the pictures that stand beside it. */
export const isBare = (message: object): boolean => {
  const { role, content, images } = asObject(message) ?? {};
  return (
    role === 'user' &&
    images === undefined &&
    (content === '' || (Array.isArray(content) && content.length === 0))
  );
};

const isInstruction = (message: FitMessage | undefined): boolean =>
  message?.role === 'system' || message?.role === 'developer';

/** The error for a conversation in which nothing is said. @param messages of which there is at least one. */
export const nothingToSay = (messages: readonly FitMessage[]): G4FError =>
  invalid(
    `messages[${messages.length - 1}].content`,
    'something that is said',
    messages[messages.length - 1]?.content,
  );

/** The error for what is asked, of which nothing is left. @param at the place of its message, if not the last. */
export const nothingLeft = (
  service: string,
  messages: readonly unknown[],
  why: string,
  at = messages.length - 1,
): G4FError =>
  new G4FError(
    `messages[${at}].content: something that ${service} takes was expected, but nothing is left: ${why}`,
    { code: 'invalid-request', scope: 'provider' },
  );
