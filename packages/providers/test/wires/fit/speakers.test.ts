// Names of speakers go where a service takes them; elsewhere the caller is told that they did not go.
import type { Message } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { loadWire, WIRE_NAMES } from '../../../src/provider/named-wire.ts';
import { sentTo } from '../../backends/sent-to.ts';
import { encoded } from '../encoded.ts';

const NAMED: readonly Message[] = [
  { role: 'user', name: 'Ann', content: 'Who am I?' },
  { role: 'assistant', name: 'Bot', content: 'Ann.' },
  { role: 'user', name: 'Bo', content: 'And I?' },
];
const NO_NAMES = ['this provider takes no names of speakers: the name of a message was not sent.'];

describe('names of speakers', () => {
  it.each(WIRE_NAMES.filter((name) => name !== 'openai-chat'))(
    '%s has no place for them: one warning, however many there are',
    async (name) => {
      const wire = await loadWire(name);
      const { body, warnings } = encoded(wire, { messages: NAMED });
      expect(warnings).toEqual(NO_NAMES);
      expect(JSON.stringify(body)).not.toContain('"Bo"');
    },
  );

  it.each(['groq', 'mistral', 'anthropic', 'gemini', 'cohere', 'openai-responses'])(
    '%s is sent none, and says so once',
    async (id) => {
      const { text, warnings } = await sentTo(id, NAMED);
      expect(warnings).toEqual(NO_NAMES);
      expect(text).not.toContain('"Bo"');
    },
  );

  it.each(['openai', 'deepseek', 'openrouter'])('%s is sent all, without a warning', async (id) => {
    const { body, warnings } = await sentTo(id, NAMED);
    expect(body.messages.map(({ name }: { name?: string }) => name)).toEqual(['Ann', 'Bot', 'Bo']);
    expect(warnings).toEqual([]);
  });

  it('the name of a result, and one that is empty, names no speaker', async () => {
    const messages = [
      { role: 'user', name: '', content: 'Look.' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'look', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'c1', name: 'look', content: 'rain' },
    ] as unknown as readonly Message[];
    for (const name of WIRE_NAMES)
      expect(encoded(await loadWire(name), { messages }).warnings, name).toEqual([]);
  });
});
