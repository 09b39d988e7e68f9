// The parameters of a call as they are when it is made: it may be sent later.
import { withFields } from '@g4f/core/internal';
import { type Fields, isPlainObject } from '../options/plain-value.ts';

/** No conversation has more messages: a list that does is read when the call is sent. */
const MOST = 10_000;

/**
 * The parameters, with `messages` and `input` as they are now: a program that goes on with its list changes no call that it has made. Not
 * copied: what stands deeper, the parts of one message, and what is no plain data, which its check refuses.
 */
export const givenNow = <Params extends object>(params: Params): Params => {
  try {
    if (!isPlainObject(params)) return params;
    const { messages, input }: Fields = params;
    if (isList(messages)) return withFields(params, { messages: messages.map(now) });
    return isList(input) ? withFields(params, { input: input.map(now) }) : params;
  } catch {
    // A getter or a Proxy that throws: the check of the call says where.
    return params;
  }
};

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value.length <= MOST;

const now = (item: unknown): unknown => (isPlainObject(item) ? { ...item } : item);
