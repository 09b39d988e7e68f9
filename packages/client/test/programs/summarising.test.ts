// A summary of messages that no longer fit: in parts that fit, and none that is empty.
import { expect, it } from 'vitest';
import type { ConversationEntry } from '../../src/conversations/stored-conversation.ts';
import { summarising } from '../../src/programs/conversation/summarising.ts';
import { failureOf } from '../fake-provider.ts';

const entry = (content: string): ConversationEntry => ({
  id: content,
  message: { role: 'user', content },
  createdAt: 0,
});

/** Runs the program, and tells what the model was asked. */
const summarised = (entries: readonly ConversationEntry[], room: number, say: (at: number) => string) => {
  const program = summarising({
    params: { model: 'm' },
    before: 'Before.',
    entries,
    room,
    tokensOf: ({ message }) => String(message.content).length,
  });
  const asked: string[] = [];
  let turn = program.next();
  while (turn.done !== true) {
    if (turn.value.kind !== 'ask') throw new Error('it asks, and nothing else');
    asked.push(
      String(turn.value.params.messages.at(-1) && Object(turn.value.params.messages.at(-1)).content),
    );
    const message = { role: 'assistant', content: say(asked.length), refusal: null } as const;
    const choices = [{ index: 0, message, finish_reason: 'stop', logprobs: null } as const];
    const answer = {
      id: '',
      object: 'chat.completion',
      created: 0,
      model: 'm',
      provider: 'p',
      choices,
    } as const;
    turn = program.next({ kind: 'ask', answer });
  }
  return { asked, text: turn.value };
};

it('goes on from the summary before, part by part', () => {
  const { asked, text } = summarised([entry('aaaa'), entry('bbbb'), entry('cccc')], 8, (at) => ` S${at} `);
  expect(asked).toEqual([
    'Summary of what came before:\n\nBefore.\n\nConversation:\n\nuser: aaaa\n\nuser: bbbb',
    'Summary of what came before:\n\nS1\n\nConversation:\n\nuser: cccc',
  ]);
  expect(text).toBe('S2');
});

it('leaves out the middle of a message that is larger than the room, and says so', () => {
  const { asked } = summarised([entry(`${'a'.repeat(50)}${'b'.repeat(50)}`)], 10, () => 'S');
  expect(asked[0]).toContain('user: aaaaa\n[90 characters left out]\nbbbbb');
});

it('refuses an empty summary', async () => {
  expect(await failureOf(() => summarised([entry('a')], 8, () => ' '))).toMatchObject({
    code: 'bad-response',
    message: expect.stringContaining('the summary of the conversation is empty'),
  });
});
