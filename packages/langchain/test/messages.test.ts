// LangChain's messages to OpenAI's, and back.
import { AIMessageChunk, HumanMessage } from '@langchain/core/messages';
import { concat } from '@langchain/core/utils/stream';
import { expect, it } from 'vitest';
import { toAIMessage, toLastChunk } from '../src/to-ai-message.ts';
import { toMessages } from '../src/to-messages.ts';

it('keeps what a service wants back with the next message', () => {
  const details = [{ type: 'reasoning.encrypted' as const, data: 'c2VhbGVk', format: 'one-v1' }];
  const call = {
    id: 'call_1',
    type: 'function' as const,
    function: { name: 'weather', arguments: '{"city":"Oslo"}' },
    signature: 'sealed',
  };
  // The first cannot be read, so it stands after the others.
  const broken = { ...call, id: 'call_0', function: { name: 'weather', arguments: '{' }, signature: 'other' };
  const plain = { id: 'call_2', type: 'function' as const, function: { name: 'weather', arguments: '{}' } };
  const last = { ...call, id: 'call_3', signature: 'last' };
  const message = {
    role: 'assistant' as const,
    content: null,
    refusal: null,
    reasoning_details: details,
    tool_calls: [broken, call, plain, last],
  };
  const choice = { index: 0, finish_reason: 'tool_calls' as const, message, logprobs: null };
  const answer = {
    id: 'chatcmpl-1',
    object: 'chat.completion' as const,
    created: 1,
    model: 'model-1',
    provider: 'one',
    choices: [choice],
  };
  const said = { role: 'assistant', content: null, reasoning_details: details };
  expect(toMessages([toAIMessage(answer, choice)])).toEqual([
    { ...said, tool_calls: [call, plain, last, broken] },
  ]);
  const streamed = concat(new AIMessageChunk(''), toLastChunk(answer, choice));
  expect(toMessages([streamed])).toEqual([{ ...said, tool_calls: [call, plain, last] }]);
});

it('keeps pictures, sounds and files in every form that LangChain has', () => {
  const content = [
    { type: 'text', text: 'Look' },
    { type: 'image_url', image_url: 'https://pictures.example/1.png' },
    { type: 'image', data: 'iVBORw==', mimeType: 'image/png' },
    { type: 'image', source_type: 'url', url: 'https://pictures.example/2.png' },
    { type: 'audio', data: 'SUQz', mimeType: 'audio/mpeg' },
    { type: 'file', data: new Uint8Array([37, 80]), mimeType: 'application/pdf' },
  ];
  expect(toMessages([new HumanMessage({ content })])).toEqual([
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Look' },
        { type: 'image_url', image_url: { url: 'https://pictures.example/1.png' } },
        { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw==' } },
        { type: 'image_url', image_url: { url: 'https://pictures.example/2.png' } },
        { type: 'input_audio', input_audio: { data: 'SUQz', format: 'mp3' } },
        { type: 'file', file: { file_data: 'data:application/pdf;base64,JVA=' } },
      ],
    },
  ]);
});

it('refuses what has no place in a chat', () => {
  const film = new HumanMessage({ content: [{ type: 'video', url: 'https://films.example/1' }] });
  expect(() => toMessages([film])).toThrow('ChatG4F: a content block of the type "video"');
});
