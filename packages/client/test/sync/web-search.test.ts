// What a service cites when it has searched the web comes as OpenAI's annotations, from each protocol, by both clients.
import type { Annotation, ChatCompletionChunk } from '@g4f/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { Client } from '../../src/client.ts';
import { type JsonAnswer, startJsonService } from './json-service.ts';

const PAGE = { url: 'https://tides.example/moon', title: 'Tides' };
const TEXT = 'Twice a day.';

const stream = (events: readonly object[], named = false): JsonAnswer => ({
  type: 'text/event-stream',
  body: events
    .map((event) => `${named ? `event: ${Object(event).type}\n` : ''}data: ${JSON.stringify(event)}\n\n`)
    .join(''),
});

/** By the path of each protocol, as its documentation shows an answer that cites a page. */
const ANSWERS: Readonly<Record<string, JsonAnswer>> = {
  // https://platform.openai.com/docs/guides/tools-web-search
  '/v1/chat/completions': stream([
    { id: '1', model: 'm', choices: [{ index: 0, delta: { role: 'assistant', content: TEXT } }] },
    {
      id: '1',
      model: 'm',
      choices: [{ index: 0, delta: { annotations: [{ type: 'url_citation', url_citation: PAGE }] } }],
    },
    { id: '1', model: 'm', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
  ]),
  // https://platform.claude.com/docs/en/agents-and-tools/tool-use/web-search-tool
  '/v1/messages': stream(
    [
      {
        type: 'message_start',
        message: {
          id: 'msg_1',
          type: 'message',
          role: 'assistant',
          model: 'm',
          content: [],
          usage: { input_tokens: 5, output_tokens: 1 },
        },
      },
      {
        type: 'content_block_start',
        index: 0,
        content_block: { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} },
      },
      {
        type: 'content_block_delta',
        index: 0,
        delta: { type: 'input_json_delta', partial_json: '{"query":"tides"}' },
      },
      { type: 'content_block_stop', index: 0 },
      {
        type: 'content_block_start',
        index: 1,
        content_block: {
          type: 'web_search_tool_result',
          tool_use_id: 'srvtoolu_1',
          content: [{ type: 'web_search_result', ...PAGE, encrypted_content: 'abc', page_age: null }],
        },
      },
      { type: 'content_block_stop', index: 1 },
      { type: 'content_block_start', index: 2, content_block: { type: 'text', text: '', citations: [] } },
      {
        type: 'content_block_delta',
        index: 2,
        delta: {
          type: 'citations_delta',
          citation: {
            type: 'web_search_result_location',
            ...PAGE,
            encrypted_index: 'x',
            cited_text: 'twice',
          },
        },
      },
      { type: 'content_block_delta', index: 2, delta: { type: 'text_delta', text: TEXT } },
      { type: 'content_block_stop', index: 2 },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 9 } },
      { type: 'message_stop' },
    ],
    true,
  ),
  // https://ai.google.dev/gemini-api/docs/google-search
  '/v1/models/m:streamGenerateContent?alt=sse': stream([
    {
      candidates: [
        {
          content: { role: 'model', parts: [{ text: TEXT }] },
          finishReason: 'STOP',
          groundingMetadata: {
            webSearchQueries: ['tides'],
            groundingChunks: [{ web: { uri: PAGE.url, title: PAGE.title } }],
            groundingSupports: [{ segment: { endIndex: 12, text: TEXT }, groundingChunkIndices: [0] }],
          },
        },
      ],
      modelVersion: 'm',
    },
  ]),
};

let service: Awaited<ReturnType<typeof startJsonService>>;
beforeAll(async () => {
  service = await startJsonService(ANSWERS);
});
afterAll(() => service.stop());

const asked = { model: 'm', messages: 'Tides?', web_search_options: {} } as const;
const cited = (chunks: readonly ChatCompletionChunk[]): readonly Annotation[] =>
  chunks.flatMap(({ choices }) => choices.flatMap(({ delta }) => delta.annotations ?? []));

describe.each(['openai', 'anthropic', 'gemini'])('%s', (provider) => {
  const options = () => ({ provider, apiKey: 'k', baseURL: `${service.url}/v1`, maxRetries: 0 });
  const page = expect.objectContaining({ type: 'url_citation', url_citation: expect.objectContaining(PAGE) });

  it('cites on the deltas of both clients', async () => {
    const [client, blocking] = [new AsyncClient(options()), new Client(options())];
    const chunks: ChatCompletionChunk[] = [];
    for await (const chunk of client.chat.completions.create({ ...asked, stream: true })) chunks.push(chunk);
    expect(cited(chunks)).toEqual([page]);
    const same = [...blocking.chat.completions.create({ ...asked, stream: true })];
    expect(cited(same)).toEqual(cited(chunks));
    client.close();
    blocking.close();
  });

  it('cites on the message of both clients', async () => {
    const [client, blocking] = [new AsyncClient(options()), new Client(options())];
    const answer = await client.chat.completions.stream(asked).finalCompletion();
    expect(answer.choices[0]?.message).toMatchObject({ content: TEXT, annotations: [page] });
    const same = blocking.chat.completions.stream(asked).finalCompletion();
    expect(same.choices[0]?.message).toEqual(answer.choices[0]?.message);
    client.close();
    blocking.close();
  });
});
