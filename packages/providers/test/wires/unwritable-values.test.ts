// Values that no text can be made of, where a conversation or an answer holds a text: they are read as none.
import type { Message } from '@g4f/core';
import { expect, it } from 'vitest';
import openai from '../../src/backends/openai.ts';
import { anthropicMessages } from '../../src/wires/anthropic-messages/index.ts';
import { createFakeContext } from '../backends/fake-context.ts';
import { encoded, user } from './encoded.ts';

const ODD = { toString: 'none' };
const said = (more: object): Message => ({ role: 'assistant', content: 'So?', ...more }) as Message;
const lastOf = (message: Message): unknown =>
  encoded(anthropicMessages, { messages: [user('Hi'), message] }, 'claude-3-haiku').body.messages[1].content;

it.each([ODD, 'constructor', 'toString'])('an order of blocks that names none is not told: %j', (type) => {
  expect(lastOf(said({ paused_turn: [{ type, length: 3 }] }))).toEqual([{ type: 'text', text: 'So?' }]);
});

it('a block of the service\u2019s own ends the conversation as it is', () => {
  const block = { type: 'own', text: ODD };
  expect(lastOf(said({ content: [block] }))).toEqual([block]);
});

it('the status of a failed response', async () => {
  const event = { type: 'response.failed', response: { status: ODD } };
  const context = createFakeContext(
    { type: 'text/event-stream', body: `data: ${JSON.stringify(event)}\n\n` },
    { apiKey: 'sk-1' },
  );
  const asked = openai.respond?.({ model: 'm', input: 'hi', stream: true }, context);
  await expect(asked?.[Symbol.asyncIterator]().next()).rejects.toMatchObject({ name: 'G4FError' });
});
