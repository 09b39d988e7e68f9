// Fields of a wrong kind: refused by name, never left out.
import { describe, expect, it } from 'vitest';
import { gatewayOf, post, saying, start, stop, text } from '../made-up.ts';

const hello = saying([start()], [text('Hello')], [stop]);
const user = { role: 'user', content: 'Hello' };

const ANTHROPIC = '/v1/messages';
const anthropic = (more: object) => ({ model: 'model-a', max_tokens: 9, messages: [user], ...more });
const block = (one: object) => anthropic({ messages: [{ role: 'user', content: [one] }] });
const said = (one: object) => anthropic({ messages: [user, { role: 'assistant', content: [one] }, user] });

const GEMINI = '/v1beta/models/model-a:generateContent';
const gemini = (more: object) => ({ contents: 'Hello', ...more });
const part = (one: object, role = 'user') => gemini({ contents: [{ role, parts: [one] }] });
const config = (generationConfig: object) => gemini({ generationConfig });
const tools = [{ functionDeclarations: [{ name: 'f' }] }];

const CHAT = '/api/chat';
const ollama = (more: object) => ({ model: 'model-a', stream: false, messages: [user], ...more });
const turn = (more: object) => ollama({ messages: [{ ...user, ...more }] });
const GENERATE = '/api/generate';
const generate = (more: object) => ({ model: 'model-a', stream: false, prompt: 'Hello', ...more });

/** A path, a body in which one field is wrong, and the name of that. */
const CASES: readonly (readonly [string, object, string])[] = [
  ...[5, true, 'a', [5]].flatMap((wrong): [string, object, string][] => [
    [ANTHROPIC, anthropic({ metadata: wrong }), 'metadata'],
    [ANTHROPIC, anthropic({ thinking: wrong }), 'thinking'],
    [ANTHROPIC, anthropic({ output_config: wrong }), 'output_config'],
    [ANTHROPIC, anthropic({ output_format: wrong }), 'output_format'],
    [ANTHROPIC, anthropic({ tool_choice: wrong }), 'tool_choice'],
    [ANTHROPIC, anthropic({ tools: wrong }), 'tools'],
    [ANTHROPIC, block({ type: 'image', source: wrong }), 'messages[0].content[0].source'],
    [ANTHROPIC, said({ type: 'tool_use', id: 'a', name: 'f', input: wrong }), 'content[0].input'],
    [GEMINI, config({ thinkingConfig: wrong }), 'generationConfig.thinkingConfig'],
    [GEMINI, gemini({ generationConfig: wrong }), 'generationConfig'],
    [GEMINI, gemini({ tools: wrong }), 'tools'],
    [GEMINI, gemini({ tools: [{ functionDeclarations: wrong }] }), 'tools[0].functionDeclarations'],
    [GEMINI, gemini({ tools, toolConfig: wrong }), 'toolConfig'],
    [GEMINI, gemini({ toolConfig: { functionCallingConfig: wrong } }), 'toolConfig.functionCallingConfig'],
    [GEMINI, config({ responseMimeType: 'application/json', responseSchema: wrong }), 'responseSchema'],
    [GEMINI, part({ inlineData: wrong }), 'contents[0].parts[0].inlineData'],
    [GEMINI, part({ fileData: wrong }), 'contents[0].parts[0].fileData'],
    [GEMINI, part({ functionCall: wrong }, 'model'), 'contents[0].parts[0].functionCall'],
    [GEMINI, part({ functionResponse: wrong }), 'contents[0].parts[0].functionResponse'],
    [CHAT, ollama({ options: wrong }), 'options'],
    [CHAT, ollama({ tools: wrong }), 'tools'],
    [CHAT, turn({ tool_calls: wrong }), 'messages[0].tool_calls'],
    [CHAT, turn({ tool_calls: [{ function: wrong }] }), 'messages[0].tool_calls[0].function'],
    [GENERATE, generate({ options: wrong }), 'options'],
  ]),
  ...[5, true, { a: 1 }].flatMap((wrong): [string, object, string][] => [
    [ANTHROPIC, anthropic({ system: wrong }), 'system'],
    [ANTHROPIC, anthropic({ stop_sequences: wrong }), 'stop_sequences'],
    [ANTHROPIC, anthropic({ metadata: { user_id: wrong } }), 'metadata.user_id'],
    [ANTHROPIC, anthropic({ output_config: { effort: wrong } }), 'output_config.effort'],
    [ANTHROPIC, anthropic({ thinking: { type: wrong } }), 'thinking.type'],
    [ANTHROPIC, said({ type: 'thinking', thinking: wrong }), 'content[0].thinking'],
    [GEMINI, part({ text: wrong }), 'contents[0].parts[0].text'],
    [GEMINI, part({ text: 'a' }, wrong as never), 'contents[0].role'],
    [GEMINI, config({ stopSequences: wrong }), 'generationConfig.stopSequences'],
    [GEMINI, config({ responseModalities: wrong }), 'generationConfig.responseModalities'],
    [GEMINI, config({ responseMimeType: wrong }), 'generationConfig.responseMimeType'],
    [GEMINI, config({ thinkingConfig: { thinkingLevel: wrong } }), 'thinkingConfig.thinkingLevel'],
    [CHAT, turn({ images: wrong }), 'messages[0].images'],
    [CHAT, turn({ thinking: wrong }), 'messages[0].thinking'],
    [GENERATE, generate({ images: wrong }), 'images'],
    [GENERATE, generate({ system: wrong }), 'system'],
    [GENERATE, generate({ prompt: wrong }), 'prompt'],
  ]),
  ...['a', { a: 1 }, [1]].flatMap((wrong): [string, object, string][] => [
    [ANTHROPIC, anthropic({ thinking: { type: 'enabled', budget_tokens: wrong } }), 'thinking.budget_tokens'],
    [
      ANTHROPIC,
      anthropic({ tool_choice: { type: 'auto', disable_parallel_tool_use: wrong } }),
      'tool_choice.disable_parallel_tool_use',
    ],
    [GEMINI, config({ maxOutputTokens: wrong }), 'generationConfig.maxOutputTokens'],
    [GEMINI, config({ thinkingConfig: { thinkingBudget: wrong } }), 'thinkingConfig.thinkingBudget'],
    [CHAT, ollama({ options: { num_predict: wrong } }), 'options.num_predict'],
    [GENERATE, generate({ raw: wrong }), 'raw'],
  ]),
  [GEMINI, config({ responseModalities: [{ toString: 'x' }] }), 'generationConfig.responseModalities[0]'],
  [GEMINI, gemini({ systemInstruction: 5 }), 'systemInstruction'],
  [GEMINI, gemini({ systemInstruction: { parts: [5] } }), 'systemInstruction.parts[0]'],
  [GEMINI, part({ text: 'a' }, 'assistant'), 'contents[0].role'],
  ['/v1beta/models/model-a:embedContent', { content: 5 }, 'content'],
  [CHAT, ollama({ think: 5 }), 'think'],
  [CHAT, turn({ images: [5] }), 'messages[0].images[0]'],
  [CHAT, ollama({ tools: [5] }), 'tools[0]'],
  // A picture without its bytes, its address or its type.
  [CHAT, turn({ images: [''] }), 'messages[0].images[0]'],
  [GENERATE, generate({ images: [null] }), 'images[0]'],
  [GEMINI, part({ inlineData: { mimeType: 'image/png' } }), 'inlineData.data'],
  [GEMINI, part({ inlineData: { data: 'AA==' } }), 'inlineData.mimeType'],
  [GEMINI, part({ inline_data: { mime_type: '', data: 'AA==' } }), 'inlineData.mimeType'],
  [GEMINI, part({ fileData: { mimeType: 'image/png' } }), 'fileData.fileUri'],
  [ANTHROPIC, block({ type: 'image', source: { type: 'base64', media_type: 'image/png' } }), 'source.data'],
  [ANTHROPIC, block({ type: 'image', source: { type: 'base64', data: 'AA==' } }), 'source.media_type'],
  [ANTHROPIC, block({ type: 'image', source: { type: 'url' } }), 'source.url'],
  [ANTHROPIC, block({ type: 'image' }), 'messages[0].content[0].source'],
  [ANTHROPIC, block({ type: 'document', source: { type: 'base64', data: '' } }), 'source.media_type'],
  [ANTHROPIC, block({ type: 'document', source: { type: 'text' } }), 'source.data'],
];

describe('a field of a wrong kind', () => {
  it('is refused by its name', async () => {
    const { url, seen } = await gatewayOf(hello);
    for (const [path, body, field] of CASES) {
      const answer = await post(url + path, body);
      const told = JSON.stringify(await answer.json());
      expect([JSON.stringify(body), answer.status]).toEqual([JSON.stringify(body), 400]);
      expect(told).toContain(field);
    }
    expect(seen.requests).toEqual([]);
  });

  it('may be null, as if it were not there', async () => {
    const { url } = await gatewayOf(hello);
    for (const [path, body] of [
      [
        ANTHROPIC,
        anthropic({ metadata: null, thinking: null, tool_choice: null, tools: null, system: null }),
      ],
      [GEMINI, gemini({ systemInstruction: null, tools: null, toolConfig: null, generationConfig: null })],
      [CHAT, ollama({ options: null, tools: null, think: null })],
      [GENERATE, generate({ options: null, images: null, system: null, raw: null })],
    ] as const)
      expect([path, (await post(url + path, body)).status]).toEqual([path, 200]);
  });
});
