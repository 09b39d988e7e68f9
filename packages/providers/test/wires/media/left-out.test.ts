// Parts that a service cannot be sent: beside others a warning says so, and where nothing is left the error says of what and why.
import type { Message } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import deepseek from '../../../src/backends/deepseek.ts';
import { anthropicMessages } from '../../../src/wires/anthropic-messages/index.ts';
import { cohereChat } from '../../../src/wires/cohere-chat/index.ts';
import { gemini } from '../../../src/wires/gemini/index.ts';
import { ollamaChat } from '../../../src/wires/ollama-chat/index.ts';
import { openaiResponses } from '../../../src/wires/openai-responses/index.ts';
import { replicatePrediction } from '../../../src/wires/replicate-prediction/index.ts';
import { createFakeContext } from '../../backends/fake-context.ts';
import { encoded, user } from '../encoded.ts';

const PDF = 'JVBERi0xLjcKJcOkw7zDtsOfCjIgMCBvYmoKPDwvTGVuZ3RoIDMgMCBS';
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk';
const UNKNOWN = 'bm90aGluZyB0aGF0IGlzIGtub3du';
const text = { type: 'text', text: 'Read.' } as const;
const audio = { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } } as const;
const file = (file_data: string) => ({ type: 'file', file: { file_data, filename: 'f' } }) as const;
const picture = (url: string) => ({ type: 'image_url', image_url: { url } }) as const;
const system: Message = { role: 'system', content: 'Be brief.' };

const failing = (messages: readonly Message[], wire = anthropicMessages) =>
  expect(() => encoded(wire, { messages }));
const refusal = (message: string) => expect.objectContaining({ code: 'invalid-request', message });

describe('a conversation of which nothing is left', () => {
  it.each([
    [[user([audio])], 0, 'this provider takes no audio: a part of a message was not sent.'],
    [[system, user([audio, audio])], 1, 'this provider takes no audio: a part of a message was not sent.'],
    [[user(' '), user([file(UNKNOWN)])], 1, 'the file f has neither a data URL nor an id: not sent.'],
  ] as const)('Anthropic: %j', (messages, at, why) => {
    failing(messages).toThrow(
      refusal(
        `messages[${at}].content: something that Anthropic takes was expected, but nothing is left: ${why}`,
      ),
    );
  });

  it('Gemini', () => {
    failing([user([file(UNKNOWN)])], gemini).toThrow(
      refusal(
        'messages[0].content: something that Gemini takes was expected, but nothing is left: the file f is neither an address nor bytes of a known type, which a data URL names: not sent.',
      ),
    );
  });

  it.each([anthropicMessages, gemini])('because nothing was said', (wire) => {
    failing([system, user('')], wire).toThrow(
      refusal('messages[1].content: something that is said was expected, got the string "".'),
    );
  });

  it('beside others a part that is left out is warned of, and the others go', () => {
    const { body, warnings } = encoded(anthropicMessages, { messages: [user([text, audio])] });
    expect(body.messages).toEqual([{ role: 'user', content: [text] }]);
    expect(warnings).toEqual(['this provider takes no audio: a part of a message was not sent.']);
  });
});

const before: readonly Message[] = [user('Hi'), { role: 'assistant', content: 'Hello' }];

const sure: Message = { role: 'assistant', content: 'Sure:' };
const called: Message = {
  role: 'assistant',
  content: null,
  tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'f', arguments: '{}' } }],
};
const result: Message = { role: 'tool', tool_call_id: 'call_1', content: 'It rains.' };
const empty = { type: 'text', text: '' } as const;
const blank = { type: 'text', text: ' ' } as const;

/** The question is this part, at this place. */
const lostIn = (part: typeof audio | ReturnType<typeof file>): [string, number, readonly Message[]][] => [
  ['alone', 0, [user([part])]],
  ['after an answer', 2, [...before, user([part])]],
  ['after words that nobody answered', 1, [user('Listen.'), user([part])]],
  ['after what a tool returned', 3, [user('Hi'), called, result, user([part])]],
  ['before an instruction', 2, [...before, user([part]), system]],
  ['before the beginning of the answer', 0, [user([part]), sure]],
  ['before what a tool returned', 0, [user([part]), called, result]],
  ['beside an empty text', 0, [user([part, empty])]],
  ['beside a blank text', 0, [user([blank, part])]],
];

describe('a question of which nothing is left', () => {
  it.each([
    [anthropicMessages, audio],
    [gemini, file(UNKNOWN)],
    [cohereChat, audio],
    [ollamaChat, audio],
    [openaiResponses, audio],
    [replicatePrediction, audio],
  ])('is refused, and another provider may take it: $name', (wire, part) => {
    for (const [where, at, messages] of lostIn(part))
      expect(() => encoded(wire, { messages }), where).toThrow(
        expect.objectContaining({
          ...{ code: 'invalid-request', scope: 'provider' },
          message: expect.stringContaining(`messages[${at}].content: something that`),
        }),
      );
  });

  it.each([anthropicMessages, cohereChat, ollamaChat, openaiResponses, replicatePrediction])(
    'what was said before, and what stands beside words, is warned of: $name',
    (wire) => {
      const asked = [user([audio]), sure, user([audio]), user([{ type: 'text', text: 'So?' }, audio])];
      const { body, warnings } = encoded(wire, { messages: asked });
      expect(JSON.stringify(body)).toContain('So?');
      expect(warnings).toContainEqual(expect.stringMatching(/not sent\.$/));
    },
  );

  const askDeepSeek = async (messages: readonly Message[]) => {
    const context = createFakeContext({}, { apiKey: 'sk-1' });
    const asking = { model: 'deepseek-flash', messages: [...messages], stream: false };
    const chat = deepseek.chat?.(asking, context)[Symbol.asyncIterator]();
    const error = await chat?.next().catch((thrown: unknown) => thrown);
    return { error, requests: context.requests };
  };

  it.each([...lostIn(audio), ['a picture', 2, [...before, user([picture(PNG)])]] as const])(
    'DeepSeek takes text only: %s',
    async (_, at, messages) => {
      expect(await askDeepSeek(messages)).toMatchObject({
        error: {
          ...{ code: 'invalid-request', scope: 'provider' },
          message: expect.stringContaining(`messages[${at}].content: something that`),
        },
        requests: [],
      });
    },
  );

  it('DeepSeek is asked what stands in words', async () => {
    const asked = [user([audio]), sure, user([text, audio])];
    expect((await askDeepSeek(asked)).requests).toHaveLength(1);
  });
});

describe('bytes in bare base64', () => {
  const messages = [user([text, file(PDF), picture(PNG)])];

  it('Anthropic: are of the type that they begin with', () => {
    const { body, warnings } = encoded(anthropicMessages, { messages });
    expect(body.messages[0].content.slice(1)).toEqual([
      {
        type: 'document',
        source: { type: 'base64', media_type: 'application/pdf', data: PDF },
        title: 'f',
      },
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } },
    ]);
    expect(warnings).toEqual([]);
  });

  it('Gemini: are no address of a file', () => {
    const { body, warnings } = encoded(gemini, { messages });
    expect(body.contents[0].parts.slice(1)).toEqual([
      { inlineData: { mimeType: 'application/pdf', data: PDF } },
      { inlineData: { mimeType: 'image/png', data: PNG } },
    ]);
    expect(warnings).toEqual([]);
  });

  it('Gemini: what is of no known type is not sent, and addresses and ids are', () => {
    const unknown = [user([text, file(UNKNOWN), picture(UNKNOWN)])];
    const lost = encoded(gemini, { messages: unknown });
    expect(lost.body.contents[0].parts).toEqual([{ text: 'Read.' }]);
    expect(lost.warnings).toEqual([
      expect.stringMatching(/^the file f is neither an address nor bytes of a known type/),
      expect.stringMatching(/^a picture is neither an address nor bytes of a known type/),
    ]);
    const known = [user([file('gs://b/f'), { type: 'file', file: { file_id: 'files/1' } }])];
    expect(encoded(gemini, { messages: known }).body.contents[0].parts).toEqual([
      { fileData: { fileUri: 'gs://b/f' } },
      { fileData: { fileUri: 'files/1' } },
    ]);
  });
});
