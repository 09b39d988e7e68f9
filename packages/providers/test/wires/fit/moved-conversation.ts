// A conversation that has been everywhere: with what other services, programs and our own answers put into it.
import type { Message } from '@g4f/core';
import { expect } from 'vitest';
import { encodedText } from '../encoded.ts';

/** As text, because its digits are more than JavaScript keeps. */
export const ARGUMENTS = '{"id":2512292042121000001}';
export const PNG = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } };

const CONVERSATION = [
  { role: 'system', content: 'Be brief.' },
  {
    role: 'user',
    content: [
      { type: 'text', text: 'What is this?' },
      null,
      { type: 'image_url', image_url: 'data:image/jpg;charset=utf-8;base64,AAAA' },
    ],
  },
  {
    role: 'assistant',
    content: null,
    refusal: null,
    annotations: [],
    reasoning: 'I must look.',
    reasoning_details: [{ type: 'reasoning.text', format: 'other', text: 'I must look.' }],
    tool_calls: [
      {
        index: 0,
        id: 'functions.look:0',
        type: 'function',
        function: { name: 'look', arguments: ARGUMENTS },
      },
      {
        index: 1,
        id: 'functions.wait:1',
        type: 'function',
        function: { name: 'wait', arguments: '{"for":' },
      },
      { index: 2, id: 'functions.look:2', type: 'function', function: { name: 'look', arguments: '' } },
    ],
  },
  { role: 'tool', tool_call_id: 'functions.wait:1', content: 'done' },
  {
    role: 'tool',
    tool_call_id: 'functions.look:0',
    content: [{ type: 'text', text: '{"seen":9007199254740993}' }, PNG],
  },
  { role: 'tool', tool_call_id: 'gone', content: 'late' },
  { role: 'assistant', content: null, refusal: 'I will not say.' },
  { role: 'assistant', content: 'But this: ', images: [PNG] },
] as unknown as readonly Message[];

export const CUT = expect.stringContaining('no JSON object: sent as text');
export const LONELY = expect.stringContaining(
  'messages[5] is the result of a call that is not in the conversation',
);
export const UNANSWERED = expect.stringContaining('the call of look (messages[2]) has no result');
export const NO_RESULT = 'There is no result: the call was not answered.';
export const LATE = 'Result of the call gone:\nlate';

/** Numbers of more digits than JavaScript keeps are compared as text. */
export const bodyOf = (wire: Parameters<typeof encodedText>[0], model?: string) => {
  const { text, warnings } = encodedText(wire, { messages: CONVERSATION }, model);
  return { body: JSON.parse(text), text, warnings };
};
