// The list of models is read in every shape in which services give it.
import { describe, expect, it } from 'vitest';
import { contextOf, failureOf, startService } from '../../http/service.ts';
import { acme } from '../acme.ts';

describe('the list of models', () => {
  const list = async (text: string) => {
    const service = await startService((response, { url }) => {
      response.writeHead(url === '/v1/models' ? 200 : 404, { 'content-type': 'application/json' }).end(text);
    });
    return acme(service.url).listModels(contextOf());
  };

  it.each<[string, unknown, unknown]>([
    [
      'as OpenAI gives it',
      { object: 'list', data: [{ id: 'a', object: 'model', created: 5, owned_by: 'acme' }] },
      [{ id: 'a', created: 5, ownedBy: 'acme' }],
    ],
    [
      'as a bare list',
      [{ id: 'a', context_length: 8 }, { id: 'b' }],
      [{ id: 'a', contextLength: 8 }, { id: 'b' }],
    ],
    ['under models', { models: [{ name: 'a', context_window: 8 }] }, [{ id: 'a', contextLength: 8 }]],
    ['as names', ['a', 'b'], [{ id: 'a' }, { id: 'b' }]],
    [
      'with other names of the length',
      {
        data: [
          { id: 'a', max_context_length: 8, publisher: 'x' },
          { id: 'b', max_model_len: 9 },
        ],
      },
      [
        { id: 'a', contextLength: 8, ownedBy: 'x' },
        { id: 'b', contextLength: 9 },
      ],
    ],
    [
      'with kinds and prices: per token, as OpenRouter gives them',
      {
        data: [
          {
            id: 'a',
            architecture: {
              input_modalities: ['text', 'image', 'smell'],
              output_modalities: ['speech', 'audio'],
            },
            pricing: { prompt: '0.00000005', completion: '0.0000009' },
          },
          { id: 'auto', pricing: { prompt: '-1', completion: '-1' } },
          { id: 'free', pricing: { prompt: '0', completion: '0' }, architecture: { input_modalities: [] } },
        ],
      },
      [
        { id: 'a', input: ['text', 'image'], output: ['audio'], price: { input: 0.05, output: 0.9 } },
        { id: 'auto' },
        { id: 'free', price: { input: 0, output: 0 } },
      ],
    ],
    [
      'with prices per million tokens: as Together and DeepInfra give them',
      {
        data: [
          { id: 'a', pricing: { hourly: 0, input: 0.88, output: 0.9 } },
          { id: 'b', metadata: { context_length: 8, pricing: { input_tokens: 0.1, output_tokens: 0.3 } } },
          { id: 'c', pricing: { input: 1 }, metadata: null },
        ],
      },
      [
        { id: 'a', price: { input: 0.88, output: 0.9 } },
        { id: 'b', contextLength: 8, price: { input: 0.1, output: 0.3 } },
        { id: 'c' },
      ],
    ],
    [
      'with what is no model left out',
      { data: [null, 1, {}, { id: '' }, { id: 'a', created: null }] },
      [{ id: 'a' }],
    ],
    ['empty', { data: [] }, []],
  ])('%s', async (_name, json, expected) => {
    expect(await list(JSON.stringify(json))).toEqual(expected);
  });

  it.each(['', '<html>', '{"data":null}', '{"error":"acme-secret-1 is wrong"}', 'null', '3'])(
    'refuses %j',
    async (text) => {
      const error = await failureOf(() => list(text));
      expect(error).toMatchObject({
        code: 'bad-response',
        message: expect.stringContaining('where a list of models was expected'),
      });
      expect(error instanceof Error && error.message).not.toContain('acme-secret-1');
    },
  );
});
