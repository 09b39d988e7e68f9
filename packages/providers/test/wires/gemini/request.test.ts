// What Gemini is sent: contents of parts, its own names for everything, and where.
import { describe, expect, it } from 'vitest';
import { gemini } from '../../../src/wires/gemini/index.ts';
import { CONVERSATION, encoded, JSON_SCHEMA, SCHEMA, TOOL, user } from '../encoded.ts';

const body = (given: Parameters<typeof encoded>[1], model?: string) => encoded(gemini, given, model).body;

it.each([
  ['gemini-3.8-flash', true, '/models/gemini-3.8-flash:streamGenerateContent?alt=sse'],
  ['models/gemini-x', false, '/models/gemini-x:generateContent'],
  ['tunedModels/my one', false, '/tunedModels/my%20one:generateContent'],
])('asks %s (stream: %s) at %s', (model, stream, path) => {
  expect(gemini.endpoints.chat.path({ model, stream, messages: [] })).toBe(path);
});

describe('messages', () => {
  it('are turns of parts, with all instructions apart and results under the name of their function', () => {
    expect(encoded(gemini, { messages: CONVERSATION })).toEqual({
      warnings: [],
      body: {
        systemInstruction: { parts: [{ text: 'Be brief.' }, { text: 'In German.' }] },
        contents: [
          {
            role: 'user',
            parts: [{ text: 'What is this?' }, { inlineData: { mimeType: 'image/png', data: 'AAAA' } }],
          },
          {
            role: 'model',
            parts: [
              { text: 'Let me look.' },
              { functionCall: { id: 'c1', name: 'look', args: { at: 'it' } } },
              { functionCall: { id: 'c2', name: 'wait', args: {} } },
            ],
          },
          {
            role: 'user',
            parts: [
              { functionResponse: { id: 'c1', name: 'look', response: { seen: 'a cat' } } },
              { functionResponse: { id: 'c2', name: 'wait', response: { result: 'done' } } },
              { text: 'So?' },
            ],
          },
        ],
      },
    });
  });

  it('carry sound, files and addresses', () => {
    const { contents } = body({
      messages: [
        user([
          { type: 'input_audio', input_audio: { data: 'AA', format: 'wav' } },
          { type: 'file', file: { file_data: 'data:application/pdf;base64,JVBE' } },
          { type: 'image_url', image_url: { url: 'https://e.example/a.png' } },
        ]),
      ],
    });
    expect(contents[0].parts).toEqual([
      { inlineData: { mimeType: 'audio/wav', data: 'AA' } },
      { inlineData: { mimeType: 'application/pdf', data: 'JVBE' } },
      { fileData: { fileUri: 'https://e.example/a.png' } },
    ]);
  });

  it('send signatures back on the parts they came with', () => {
    const { contents } = body({
      messages: [
        user('hi'),
        {
          role: 'assistant',
          tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' } }],
          reasoning_details: [
            { type: 'reasoning.encrypted', format: 'gemini', id: 'c1', data: 'sig' },
            { type: 'reasoning.encrypted', format: 'anthropic-messages', data: 'other' },
          ],
        },
      ],
    });
    expect(contents[1].parts).toEqual([
      { functionCall: { id: 'c1', name: 'f', args: {} }, thoughtSignature: 'sig' },
    ]);
  });
});

describe('parameters', () => {
  it('have its names, and the caller’s own go over them', () => {
    expect(
      body({
        max_tokens: 5,
        stop: ['x'],
        temperature: 0.5,
        top_p: 0.9,
        top_k: 3,
        seed: 1,
        n: 2,
        tools: [TOOL],
        tool_choice: { type: 'function', function: { name: 'look' } },
        response_format: JSON_SCHEMA,
        generationConfig: { temperature: 1 },
        safetySettings: [],
      }),
    ).toMatchObject({
      tools: [
        {
          functionDeclarations: [
            { name: 'look', description: 'Looks', parametersJsonSchema: TOOL.function.parameters },
          ],
        },
      ],
      toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['look'] } },
      generationConfig: {
        temperature: 1,
        topP: 0.9,
        topK: 3,
        seed: 1,
        candidateCount: 2,
        maxOutputTokens: 5,
        stopSequences: ['x'],
        responseMimeType: 'application/json',
        responseJsonSchema: SCHEMA,
      },
      safetySettings: [],
    });
  });

  it.each([
    ['gemini-2.5-flash', 'none', { thinkingBudget: 0, includeThoughts: false }],
    ['gemini-2.5-pro', 'high', { thinkingBudget: 24_576, includeThoughts: true }],
    ['gemini-3.8-flash', 'low', { thinkingLevel: 'low', includeThoughts: true }],
  ])('%s thinks with effort %s as it can', (model, reasoning_effort, thinkingConfig) => {
    expect(body({ reasoning_effort }, model).generationConfig).toEqual({ thinkingConfig });
  });

  it('warn of what has no place', () => {
    expect(
      encoded(gemini, { logit_bias: {}, user: 'me', reasoning_effort: 'none' }, 'gemini-3.8-flash').warnings,
    ).toEqual([
      expect.stringContaining('no place for logit_bias, user'),
      expect.stringContaining('always thinks'),
    ]);
  });
});
