// What counts as content: it ends the wait for the first word and commits the reader to a provider.
import { expect, it } from 'vitest';
import type { StreamEvent } from '../src/index.ts';
import { isContent } from '../src/index.ts';

it.each<[boolean, string, StreamEvent]>([
  [true, 'text', { type: 'text-delta', text: ' ' }],
  [false, 'empty text', { type: 'text-delta', text: '' }],
  [true, 'reasoning', { type: 'reasoning-delta', text: 'hm' }],
  [false, 'empty reasoning', { type: 'reasoning-delta', text: '' }],
  [true, 'a tool call without arguments', { type: 'tool-call-delta', key: '0', name: 'now' }],
  [true, 'a picture', { type: 'media', mediaType: 'image/png', url: 'data:image/png;base64,AA' }],
  [true, 'something new inside the delta', { type: 'aside', extra: { delta: { refusal: 'I cannot' } } }],
  [false, 'something beside the choices', { type: 'aside', extra: { chunk: { system_fingerprint: 'f' } } }],
  [false, 'something inside the choice', { type: 'aside', extra: { choice: { logprobs: null } } }],
  [false, 'the start (a role-only chunk)', { type: 'answer-start', model: 'm' }],
  [false, 'a source', { type: 'source', url: 'https://example.com' }],
  [
    false,
    'a token count',
    { type: 'usage', usage: { prompt_tokens: 1, completion_tokens: 0, total_tokens: 1 } },
  ],
  [false, 'a finish', { type: 'finish', reason: 'stop' }],
])('%s: %s', (content, _, event) => {
  expect(isContent(event)).toBe(content);
});
