// LangChain's ChatOpenAI against the gateway: it must not notice.
import { G4FError, type StreamEvent } from '@g4f/core';
import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { describe, expect, it } from 'vitest';
import { all, failing, gatewayOf, halfUntilLeft, saying, start, stop, text, usage } from '../made-up.ts';

const modelOf = (url: string, more: ConstructorParameters<typeof ChatOpenAI>[0] = {}) =>
  new ChatOpenAI({
    model: 'model-a',
    apiKey: 'any',
    maxRetries: 0,
    configuration: { baseURL: `${url}/v1` },
    ...more,
  });
const call: StreamEvent[] = [
  { type: 'tool-call-delta', key: '0', id: 'call_1', name: 'weather', arguments: '{"city":' },
  { type: 'tool-call-delta', key: '0', arguments: '"Oslo"}' },
  { type: 'finish', reason: 'tool_calls' },
];
const schema = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
} as const;

describe('@langchain/openai', () => {
  it('streams, with the counts at the end', async () => {
    const { url } = await gatewayOf(saying([start()], [text('Hel')], [text('lo 🌍')], [stop, usage]));
    const chunks = await all(await modelOf(url).stream('Hello'));
    expect(chunks.map(({ text: said }) => said).join('')).toBe('Hello 🌍');
    const whole = chunks.reduce((first, next) => first.concat(next));
    expect(whole.usage_metadata).toMatchObject({ input_tokens: 11, output_tokens: 7 });
    expect(whole.response_metadata).toMatchObject({ finish_reason: 'stop' });
  });

  it('answers by OpenAI’s Responses as well', async () => {
    const { url } = await gatewayOf(saying([start()], [text('Hel')], [text('lo')], [stop, usage]));
    const model = modelOf(url, { useResponsesApi: true });
    const chunks = await all(await model.stream('Hello'));
    expect(chunks.map(({ text: said }) => said).join('')).toBe('Hello');
    expect((await model.invoke('Hello')).usage_metadata).toMatchObject({ input_tokens: 11 });
  });

  it('is given a call in pieces, and sends its result', async () => {
    const { url, seen } = await gatewayOf(saying([start()], call));
    const weather = tool(() => 'Snow', { name: 'weather', description: 'It looks.', schema });
    const model = modelOf(url).bindTools([weather]);
    const asked = new HumanMessage('What is the weather?');
    const chunks = await all(await model.stream([asked]));
    const { tool_calls = [] } = chunks.reduce((first, next) => first.concat(next));
    expect(tool_calls).toMatchObject([{ id: 'call_1', name: 'weather', args: { city: 'Oslo' } }]);
    await model.invoke([
      asked,
      new AIMessage({ content: '', tool_calls }),
      new ToolMessage({ tool_call_id: 'call_1', content: 'Snow' }),
    ]);
    expect(seen.requests[1]?.messages.slice(1)).toMatchObject([
      { tool_calls: [{ id: 'call_1', function: { arguments: '{"city":"Oslo"}' } }] },
      { role: 'tool', tool_call_id: 'call_1', content: 'Snow' },
    ]);
  });

  it('asks for a schema, and sends pictures', async () => {
    const { url, seen } = await gatewayOf(saying([start()], [text('{"city":"Oslo"}'), stop]));
    const image_url = { url: 'data:image/png;base64,iVBORw0KGgo=' };
    const structured = modelOf(url).withStructuredOutput(schema, { name: 'place', method: 'jsonSchema' });
    const content = [
      { type: 'text', text: 'Where?' },
      { type: 'image_url', image_url },
    ];
    expect(await structured.invoke([new HumanMessage({ content })])).toEqual({ city: 'Oslo' });
    expect(seen.requests[0]).toMatchObject({
      messages: [{ content: [{ type: 'text' }, { image_url }] }],
      response_format: { type: 'json_schema', json_schema: { name: 'place', schema } },
    });
  });

  it('throws the status before the first content, and what failed in the middle', async () => {
    for (const [code, status] of [
      ['invalid-request', 400],
      ['auth', 401],
      ['model-not-found', 404],
      ['rate-limit', 429],
      ['server', 502],
    ] as const) {
      const { url } = await gatewayOf(failing(new G4FError('It failed.', { code }), [start()]));
      await expect(modelOf(url).invoke('Hello')).rejects.toMatchObject({ status });
      await expect(modelOf(url).stream('Hello')).rejects.toMatchObject({ status });
    }
    const error = new G4FError('The line went dead.', { code: 'network' });
    const { url } = await gatewayOf(failing(error, [start()], [text('Half')]));
    const said: string[] = [];
    const reading = (async () => {
      for await (const chunk of await modelOf(url).stream('Hello')) said.push(chunk.text);
    })();
    await expect(reading).rejects.toThrow(/The line went dead/);
    expect(said.join('')).toBe('Half');
  });

  it('aborts, and the provider is stopped as well', async () => {
    const { chat, left } = halfUntilLeft();
    const { url } = await gatewayOf(chat);
    const aborting = new AbortController();
    const reading = (async () => {
      for await (const chunk of await modelOf(url).stream('Hello', { signal: aborting.signal }))
        if (chunk.text === 'Half') aborting.abort();
    })();
    await expect(reading).rejects.toThrow();
    await left;
  });

  it('embeds', async () => {
    const { url } = await gatewayOf(saying([start()], [stop]));
    const embeddings = new OpenAIEmbeddings({
      model: 'model-a',
      apiKey: 'any',
      maxRetries: 0,
      configuration: { baseURL: `${url}/v1` },
    });
    expect(await embeddings.embedDocuments(['a', 'b'])).toEqual([
      [0, 0.5],
      [1, 0.5],
    ]);
  });
});
