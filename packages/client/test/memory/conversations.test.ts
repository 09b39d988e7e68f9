// Who answered a conversation before, known by its beginning.
import type { Message } from '@g4f/core';
import { expect, it } from 'vitest';
import { createConversations } from '../../src/memory/conversations.ts';

const asking = (...conversation: Message[]) => ({ model: 'm', conversation });
const user = (content: string): Message => ({ role: 'user', content });
const system = (content: string): Message => ({ role: 'system', content });
const assistant: Message = { role: 'assistant', content: 'yes' };

it('knows the next turn of a conversation, and no other conversation', () => {
  const conversations = createConversations();
  conversations.answered(asking(system('be kind'), user('a')), 'groq');
  const of = (...messages: Message[]) => conversations.backendOf(asking(...messages));
  expect(of(system('be kind'), user('a'), assistant, user('b'))).toBe('groq');
  expect(of(system('be kind'), user('a'), assistant, user('b'), assistant, user('c'))).toBe('groq');
  expect(of(system('be rude'), user('a'), assistant, user('b'))).toBeUndefined();
  expect(of(user('a'), assistant, user('b'))).toBeUndefined();
  expect(
    conversations.backendOf({ ...asking(system('be kind'), user('a'), assistant), model: 'other' }),
  ).toBeUndefined();
});

it('one that only begins has no provider yet, though others began in the same words', () => {
  const conversations = createConversations();
  conversations.answered(asking(user('Hello')), 'groq');
  expect(conversations.backendOf(asking(user('Hello')))).toBeUndefined();
});

it('remembers the last thousand', () => {
  const conversations = createConversations();
  for (let at = 0; at <= 1000; at++) conversations.answered(asking(user(`${at}`)), 'groq');
  expect(conversations.backendOf(asking(user('0'), assistant))).toBeUndefined();
  expect(conversations.backendOf(asking(user('1'), assistant))).toBe('groq');
});
