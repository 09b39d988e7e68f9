// The messages of a conversation as its records tell them, in whatever order and from however many processes they come.
import { expect, it } from 'vitest';
import type { ConversationRecord } from '../../src/conversations/stored-conversation.ts';
import { Thread } from '../../src/programs/conversation/thread.ts';
import { failureOf } from '../fake-provider.ts';

const user = (id: string, parent: string | null): ConversationRecord => ({
  kind: 'message',
  id,
  parent,
  message: { role: 'user', content: id },
  createdAt: 1,
});
const answer = (id: string, parent: string, content: string, cut?: true): ConversationRecord => ({
  kind: 'message',
  id,
  parent,
  message: { role: 'assistant', content },
  createdAt: 2,
  ...(cut && { cut }),
});
const piece = (id: string, parent: string, text: string): ConversationRecord => ({
  kind: 'piece',
  id,
  parent,
  createdAt: 2,
  text,
});
const read = (...records: readonly ConversationRecord[]): readonly unknown[] =>
  Thread.from(records, 'x').entries.map(({ message, cut }) => [message.content, cut === true]);

it('takes the whole answer for the answer, whoever tells of it first', () => {
  const [whole, cut] = [answer('b', 'a', 'One two.'), answer('b', 'a', 'One ', true)];
  expect(read(user('a', null), whole, cut)).toEqual([
    ['a', false],
    ['One two.', false],
  ]);
  expect(read(user('a', null), cut, whole)).toEqual(read(user('a', null), whole, cut));
  expect(read(user('a', null), piece('b', 'a', 'On'), whole)).toEqual(read(user('a', null), whole));
});

it('goes on after an answer of which there are pieces alone, wherever they stand', () => {
  const records = [user('a', null), user('c', 'b'), piece('b', 'a', 'One '), piece('b', 'a', 'two')];
  expect(read(...records)).toEqual([
    ['a', false],
    ['One two', true],
    ['c', false],
  ]);
});

it('does not go back to an answer that was left before the last message', () => {
  expect(read(user('a', null), user('c', 'a'), piece('b', 'a', 'One'))).toEqual([
    ['a', false],
    ['c', false],
  ]);
});

it('ends at the last message, unless a record says after which one it goes on', () => {
  const records = [user('a', null), answer('b', 'a', 'B'), user('c', 'b')];
  expect(read(...records, { kind: 'head', id: 'a' })).toEqual([['a', false]]);
  expect(read(...records, { kind: 'head', id: 'nobody' })).toHaveLength(3);
});

it('refuses a message whose predecessor is missing, and does not run in a circle', async () => {
  expect(await failureOf(() => read(user('b', 'a')))).toMatchObject({ code: 'invalid-request' });
  expect(await failureOf(() => read(user('a', 'b'), user('b', 'a')))).toMatchObject({
    message: expect.stringContaining('is damaged'),
  });
});
