// What the bodies of each API mean in the client's parameters, besides what the libraries' own tests send.
import { describe, expect, it } from 'vitest';
import { readAnthropicChat } from '../../src/dialects/anthropic/request.ts';
import type { Asked } from '../../src/dialects/dialect.ts';
import { readGeminiChat } from '../../src/dialects/gemini/request.ts';
import { readOllamaChat, readOllamaGenerate } from '../../src/dialects/ollama/request.ts';
import type { Json } from '../../src/json/json.ts';
import { gatewayOf, post, saying, start, stop, text } from '../made-up.ts';

const asked: Asked = { requestId: 'req_1', path: {}, query: new URLSearchParams() };

describe('Anthropic', () => {
  const read = (body: Json) =>
    readAnthropicChat({ model: 'm', messages: [{ role: 'user', content: 'a' }], ...body }, asked).params;

  it('a budget for thinking is an effort, and an effort is itself', () => {
    const thinking = (budget_tokens: number) => read({ thinking: { type: 'enabled', budget_tokens } });
    expect(thinking(1024)).toMatchObject({ reasoning_effort: 'low' });
    expect(thinking(8000)).toMatchObject({ reasoning_effort: 'medium' });
    expect(thinking(20_000)).toMatchObject({ reasoning_effort: 'high' });
    expect(read({ thinking: { type: 'adaptive' }, output_config: { effort: 'max' } })).toMatchObject({
      reasoning_effort: 'max',
    });
    expect(read({ thinking: { type: 'disabled' } })).not.toHaveProperty('reasoning_effort');
    expect(thinking(1024)).not.toHaveProperty('thinking');
  });

  it('a schema is a response_format', () => {
    const schema = { type: 'object' };
    expect(read({ output_config: { format: { type: 'json_schema', schema } } })).toMatchObject({
      response_format: { type: 'json_schema', json_schema: { schema } },
    });
  });

  it('signed and sealed reasoning goes back to where it came from', () => {
    const content = [
      { type: 'thinking', thinking: 'Hm', signature: 'sig' },
      { type: 'redacted_thinking', data: 'sealed' },
      { type: 'text', text: 'b', cache_control: { type: 'ephemeral' } },
    ];
    const { messages } = read({ messages: [{ role: 'assistant', content }] });
    expect(messages).toEqual([
      {
        role: 'assistant',
        content: [content[2]],
        reasoning: 'Hm',
        reasoning_details: [
          { type: 'reasoning.text', format: 'anthropic-messages', text: 'Hm', signature: 'sig' },
          { type: 'reasoning.encrypted', format: 'anthropic-messages', data: 'sealed' },
        ],
      },
    ]);
  });

  it('documents are files, and results that failed say so', () => {
    const source = { type: 'text', media_type: 'text/plain', data: 'Grüezi' };
    const content = [
      { type: 'document', title: 'a.txt', source },
      { type: 'document', source: { type: 'url', url: 'https://example.com/a.pdf' } },
      { type: 'tool_result', tool_use_id: 't', is_error: true },
    ];
    expect(read({ messages: [{ role: 'user', content }] }).messages).toEqual([
      { role: 'tool', tool_call_id: 't', content: '', is_error: true },
      {
        role: 'user',
        content: [
          { type: 'file', file: { filename: 'a.txt', file_data: 'data:text/plain;base64,R3LDvGV6aQ==' } },
          { type: 'file', file: { file_data: 'https://example.com/a.pdf' } },
        ],
      },
    ]);
  });

  it('what is the service’s own goes along as it is', () => {
    const search = { type: 'web_search_20250305', name: 'web_search', max_uses: 5 };
    expect(read({ tools: [search], top_k: 4, service_tier: 'auto', container: 'c' })).toMatchObject({
      tools: [search],
      top_k: 4,
      service_tier: 'auto',
      container: 'c',
    });
  });

  it('a beta, which needs a header that is not sent on, is left out', () => {
    const context_management = { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] };
    expect(read({ context_management })).not.toHaveProperty('context_management');
  });
});

describe('Gemini', () => {
  const read = (body: Json) => readGeminiChat({ contents: 'a', ...body }, asked, 'm', false).params;

  it('names may be written with underscores', () => {
    const params = read({
      system_instruction: { parts: [{ text: 'Brief.' }] },
      generation_config: { max_output_tokens: 5, top_p: 0.5, thinking_config: { thinking_budget: 0 } },
      tools: [
        { function_declarations: [{ name: 'f', parameters: { type: 'OBJECT' } }] },
        { google_search: {} },
      ],
      tool_config: { function_calling_config: { mode: 'ANY', allowed_function_names: ['f'] } },
      safety_settings: [],
    });
    expect(params).toMatchObject({
      messages: [{ role: 'system' }, { role: 'user' }],
      max_tokens: 5,
      top_p: 0.5,
      reasoning_effort: 'none',
      tools: [
        { type: 'function', function: { name: 'f', parameters: { type: 'object' } } },
        { googleSearch: {} },
      ],
      tool_choice: { type: 'function', function: { name: 'f' } },
      safetySettings: [],
    });
  });

  it('thinks as much as is asked for', () => {
    const thinking = (thinkingConfig: Json) =>
      read({ generationConfig: { thinkingConfig } }).reasoning_effort;
    expect(
      [{ thinkingBudget: 512 }, { thinkingBudget: 4000 }, { thinkingBudget: 30_000 }].map(thinking),
    ).toEqual(['low', 'medium', 'high']);
    expect(thinking({ thinkingBudget: -1 })).toBeUndefined();
    expect(thinking({ thinkingLevel: 'LOW' })).toBe('low');
  });

  it('sound, files and signatures have their places', () => {
    const contents = [
      {
        role: 'user',
        parts: [
          { inlineData: { mimeType: 'audio/mpeg', data: 'AA==' } },
          { fileData: { mimeType: 'application/pdf', fileUri: 'https://example.com/a.pdf' } },
        ],
      },
      {
        role: 'model',
        parts: [
          { text: 'Hm', thought: true },
          { functionCall: { name: 'f' }, thoughtSignature: 'sig' },
          { text: '', thoughtSignature: 'end' },
        ],
      },
    ];
    expect(read({ contents }).messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'input_audio', input_audio: { data: 'AA==', format: 'mp3' } },
          { type: 'file', file: { file_data: 'https://example.com/a.pdf' } },
        ],
      },
      {
        role: 'assistant',
        content: null,
        reasoning: 'Hm',
        tool_calls: [{ id: 'call_0', type: 'function', function: { name: 'f', arguments: '{}' } }],
        reasoning_details: [
          { type: 'reasoning.encrypted', format: 'gemini', data: 'sig', id: 'call_0' },
          { type: 'reasoning.encrypted', format: 'gemini', data: 'end' },
        ],
      },
    ]);
  });

  it('streams one JSON list to those who do not ask for events', async () => {
    const { url } = await gatewayOf(saying([start()], [text('Hel')], [text('lo')], [stop]));
    const answer = await post(`${url}/v1beta/models/m:streamGenerateContent`, { contents: 'a' });
    expect(answer.headers.get('content-type')).toContain('application/json');
    const list = (await answer.json()) as {
      candidates: { content: { parts: { text: string }[] }; finishReason?: string }[];
    }[];
    expect(list.map(({ candidates: [first] }) => first?.content.parts[0]?.text)).toEqual(['Hel', 'lo', '']);
    expect(list.at(-1)?.candidates[0]?.finishReason).toBe('STOP');
  });
});

describe('Ollama', () => {
  it('settings have OpenAI’s names, and those of its machinery are left out', () => {
    const options = { num_predict: -1, repeat_penalty: 1.1, stop: ['a'], num_ctx: 9, num_gpu: 1, seed: 7 };
    const { params } = readOllamaChat(
      { model: 'm', messages: [], options, keep_alive: '5m', think: false },
      asked,
    );
    expect(params).toEqual({ model: 'm', messages: [], repetition_penalty: 1.1, stop: ['a'], seed: 7 });
  });

  it('a format is any JSON, or a schema', () => {
    const format = (value: unknown) =>
      readOllamaGenerate({ model: 'm', prompt: 'a', format: value }, asked).params.response_format;
    expect(format('json')).toEqual({ type: 'json_object' });
    expect(format({ type: 'object' })).toMatchObject({ json_schema: { schema: { type: 'object' } } });
    expect(format('')).toBeUndefined();
    expect(() => format('xml')).toThrow(/format/);
  });

  it('results find their calls by id, by name, or in their order', () => {
    const call = (name: string, id?: string) => ({ ...(id && { id }), function: { name, arguments: {} } });
    const messages = [
      { role: 'assistant', content: '', tool_calls: [call('a'), call('b'), call('b', 'own')] },
      { role: 'tool', content: '1', tool_name: 'b' },
      { role: 'tool', content: '2', tool_call_id: 'own' },
      { role: 'tool', content: '3' },
    ];
    const read = readOllamaChat({ model: 'm', messages }, asked).params.messages as Json[];
    expect(read.slice(1).map(({ tool_call_id }) => tool_call_id)).toEqual(['call_2', 'own', 'call_1']);
  });
});
