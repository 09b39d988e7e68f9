// Google's own library against the gateway: it must not notice.
import { G4FError, type StreamEvent } from '@g4f/core';
import { GoogleGenAI, Type } from '@google/genai';
import { describe, expect, it } from 'vitest';
import { all, failing, gatewayOf, saying, start, stop, text, usage } from '../made-up.ts';

const clientOf = (baseUrl: string) => new GoogleGenAI({ apiKey: 'any', httpOptions: { baseUrl } });
const asked = { model: 'model-a', contents: 'Hello' };
const calls: StreamEvent[] = [
  { type: 'tool-call-delta', key: '0', id: 'call_1', name: 'weather', arguments: '{"city":' },
  { type: 'tool-call-delta', key: '0', arguments: '"Oslo"}' },
  { type: 'finish', reason: 'tool_calls' },
];

describe('@google/genai', () => {
  it('reads a whole answer and its counts', async () => {
    const { url, seen } = await gatewayOf(saying([start()], [text('Hel')], [text('lo')], [stop, usage]));
    const answer = await clientOf(url).models.generateContent({
      ...asked,
      config: {
        systemInstruction: 'Be brief.',
        temperature: 0.5,
        maxOutputTokens: 9,
        topP: 0.9,
        stopSequences: ['END'],
      },
    });
    expect(answer.text).toBe('Hello');
    expect(answer.usageMetadata).toMatchObject({
      promptTokenCount: 11,
      candidatesTokenCount: 7,
      cachedContentTokenCount: 3,
    });
    expect(answer.candidates?.[0]?.finishReason).toBe('STOP');
    expect(seen.requests[0]).toMatchObject({
      model: 'model-a',
      temperature: 0.5,
      max_tokens: 9,
      top_p: 0.9,
      stop: ['END'],
    });
    expect(seen.requests[0]?.messages).toMatchObject([
      { role: 'system' },
      { role: 'user', content: [{ type: 'text', text: 'Hello' }] },
    ]);
  });

  it('streams, with thoughts apart, for an id with slashes', async () => {
    const { url, seen } = await gatewayOf(
      saying(
        [start()],
        [{ type: 'reasoning-delta', text: 'Hm' }],
        [text('Hel')],
        [text('lo')],
        [stop, usage],
      ),
    );
    const chunks = await all(
      await clientOf(url).models.generateContentStream({ ...asked, model: 'models/org/model-b' }),
    );
    expect(chunks.map((chunk) => chunk.text ?? '').join('')).toBe('Hello');
    expect(chunks[0]?.candidates?.[0]?.content?.parts?.[0]).toMatchObject({ text: 'Hm', thought: true });
    expect(chunks.at(-1)?.usageMetadata?.totalTokenCount).toBe(18);
    expect(seen.requests[0]?.model).toBe('org/model-b');
  });

  it('is given calls, and sends results, pictures and schemas', async () => {
    const { url, seen } = await gatewayOf(saying([start()], calls));
    const client = clientOf(url);
    const parameters = { type: Type.OBJECT, properties: { city: { type: Type.STRING, nullable: true } } };
    const config = {
      tools: [{ functionDeclarations: [{ name: 'weather', description: 'It looks.', parameters }] }],
    };
    const answer = await client.models.generateContent({ ...asked, config });
    expect(answer.functionCalls).toMatchObject([{ id: 'call_1', name: 'weather', args: { city: 'Oslo' } }]);
    const chunks = await all(await client.models.generateContentStream({ ...asked, config }));
    expect(chunks.flatMap(({ functionCalls = [] }) => functionCalls)).toMatchObject([
      { name: 'weather', args: { city: 'Oslo' } },
    ]);
    await client.models.generateContent({
      model: 'model-a',
      contents: [
        { role: 'user', parts: [{ inlineData: { mimeType: 'image/png', data: 'iVBORw0KGgo=' } }] },
        { role: 'model', parts: [{ functionCall: { name: 'weather', args: { city: 'Oslo' } } }] },
        { role: 'user', parts: [{ functionResponse: { name: 'weather', response: { sky: 'snow' } } }] },
      ],
      config: {
        responseMimeType: 'application/json',
        responseSchema: { type: Type.OBJECT, properties: { a: { type: Type.NUMBER } } },
      },
    });
    expect(seen.requests[0]?.tools).toMatchObject([
      {
        function: {
          name: 'weather',
          parameters: { type: 'object', properties: { city: { type: ['string', 'null'] } } },
        },
      },
    ]);
    expect(seen.requests[2]).toMatchObject({
      messages: [
        {
          role: 'user',
          content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } }],
        },
        {
          role: 'assistant',
          tool_calls: [{ id: 'call_0', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }],
        },
        { role: 'tool', tool_call_id: 'call_0', content: '{"sky":"snow"}' },
      ],
      response_format: { json_schema: { schema: { type: 'object', properties: { a: { type: 'number' } } } } },
    });
  });

  it('throws before the first content, and in the middle', async () => {
    const early = await gatewayOf(failing(new G4FError('Too fast.', { code: 'rate-limit' }), [start()]));
    await expect(clientOf(early.url).models.generateContentStream(asked)).rejects.toMatchObject({
      status: 429,
    });
    const late = await gatewayOf(
      failing(new G4FError('The line went dead.', { code: 'network' }), [start()], [text('Half')]),
    );
    const said: string[] = [];
    const reading = (async () => {
      for await (const chunk of await clientOf(late.url).models.generateContentStream(asked))
        said.push(chunk.text ?? '');
    })();
    await expect(reading).rejects.toThrow(/The line went dead/);
    expect(said).toEqual(['Half']);
  });

  it('embeds one and several', async () => {
    const { url } = await gatewayOf(saying([start()], [stop]));
    const { embeddings } = await clientOf(url).models.embedContent({
      model: 'model-a',
      contents: ['a', 'b'],
    });
    expect(embeddings?.map(({ values }) => values)).toEqual([
      [0, 0.5],
      [1, 0.5],
    ]);
  });
});
