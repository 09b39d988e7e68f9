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
}

/**
 * The messages, translated. Parts that the service does not take are warned of, because others are sent.
 *
 * @throws G4FError `invalid-request` where nothing is left of what the user said last: what would be sent asks for something
 *   else, whatever stands before and behind it. Another provider may take it.
 */
export const encodeEach = <T>(
  messages: readonly FitMessage[],
  { service, encode }: Translation<T>,
  warn: Warn,
): readonly T[] => {
  const asked = lastAsked(messages);
  const reasons = new Set<string>();
  const encoded = messages.map((message, at) =>
    encode(
      message,
      (reason) => {
        if (at === asked) reasons.add(reason);
        warn(reason);
      },
      at,
    ),
  );
  if (reasons.size > 0 && isBare(encoded[asked])) throw nothingLeft(service, asked, [...reasons].join(' '));
  return encoded;
};

/** The place of what the user says last; -1 where there is none. */
export const lastAsked = (messages: readonly { readonly role: string }[]): number =>
  messages.findLastIndex(({ role }) => role === 'user');

/** Whether what was made of a message, on whichever wire, holds no more than blank text: nothing else, and no pictures beside it. */
export const isBare = (made: unknown): boolean => {
  if (typeof made === 'string') return made.trim() === '';
  if (Array.isArray(made)) return made.every(isBare);
  const { content, parts, text, images } = asObject(made) ?? {};
  const said = content ?? parts ?? text;
  return said !== undefined && images === undefined && isBare(said);
};

/** The error for a conversation in which nothing is said. @param messages of which there is at least one. */
export const nothingToSay = (messages: readonly FitMessage[]): G4FError =>
  invalid(
    `messages[${messages.length - 1}].content`,
    'something that is said',
    messages[messages.length - 1]?.content,
  );

/** The error for what is asked, of which nothing is left. @param at the place of its message. */
export const nothingLeft = (service: string, at: number, why: string): G4FError =>
  new G4FError(
    `messages[${at}].content: something that ${service} takes was expected, but nothing is left: ${why}`,
    { code: 'invalid-request', scope: 'provider' },
  );
