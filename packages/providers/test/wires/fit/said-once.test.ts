// A service's own field beside messages that say the same: one of them would be lost, so that neither is sent.
import type { ChatRequest } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { anthropicMessages } from '../../../src/wires/anthropic-messages/index.ts';
import { gemini } from '../../../src/wires/gemini/index.ts';
import { openaiResponses } from '../../../src/wires/openai-responses/index.ts';
import { encoded, user } from '../encoded.ts';

const RULES: ChatRequest['messages'] = [{ role: 'system', content: 'Be kind.' }, user('hi')];

describe('what a service calls the conversation', () => {
  it.each([
    ['system', anthropicMessages, { system: 'Be rude.', messages: RULES }],
    ['systemInstruction', gemini, { systemInstruction: { parts: [{ text: 'Be rude.' }] }, messages: RULES }],
    ['contents', gemini, { contents: [{ role: 'user', parts: [{ text: 'other' }] }] }],
    ['input', openaiResponses, { input: 'other' }],
  ] as const)('%s is refused beside messages that say it', (field, wire, given) => {
    expect(() => encoded(wire, given as Partial<ChatRequest>)).toThrow(
      expect.objectContaining({
        code: 'invalid-request',
        message: `${field}: the messages say this already, and would not be sent. Put it into messages.`,
      }),
    );
  });

  it('goes as it is where the messages say nothing of it', () => {
    expect(encoded(anthropicMessages, { system: 'Be kind.' }).body).toMatchObject({ system: 'Be kind.' });
    const systemInstruction = { parts: [{ text: 'Be kind.' }] };
    expect(encoded(gemini, { systemInstruction }).body).toMatchObject({ systemInstruction });
  });
});
