// `POST /v1/completions`, read by OpenAI's own library.
import { G4FError, type Provider, type TextCompletion } from '@g4f/core';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { all, gatewayWith, post } from '../made-up.ts';

const asked = { model: 'model-a', prompt: 'const pi =', suffix: ';' };
const clientOf = (url: string) => new OpenAI({ baseURL: `${url}/v1`, apiKey: 'any', maxRetries: 0 });

const chunk = (text: string, finish_reason: 'stop' | null = null, model = 'm'): TextCompletion => ({
  id: 'cmpl-1',
  object: 'text_completion',
  created: 1_700_000_000,
  model,
  choices: [{ index: 0, text, logprobs: null, finish_reason }],
});

/** A provider that completes with these texts, and fails where an error stands among them. */
const completing = (...parts: readonly (string | Error)[]) => {
  const requests: object[] = [];
  const complete: Provider['complete'] = async function* (request) {
    requests.push(request);
    if (!request.stream) {
      yield chunk(parts.filter((part) => typeof part === 'string').join(''), 'stop');
      return;
    }
    for (const part of parts) {
      if (part instanceof Error) throw part;
      yield chunk(part);
    }
    yield chunk('', 'stop');
  };
  return { complete, requests };
};

describe('completions', () => {
  it('gives a whole text, and sends on what was asked', async () => {
    const { complete, requests } = completing(' 3.', '14');
    const { url } = await gatewayWith({ complete });
    const { data, response } = await clientOf(url).completions.create(asked).withResponse();
    expect(data).toMatchObject({ object: 'text_completion', choices: [{ text: ' 3.14' }] });
    expect(response.headers.get('x-g4f-model')).toBe('m');
    expect(requests).toMatchObject([{ prompt: ['const pi ='], suffix: ';' }]);
  });

  it.each([
    ['const pi = the key of the operator', '[no name]'],
    [`sk-${'abcdefgh0123456789'.repeat(3)}`, '[redacted]'],
    ['org/name-3.1:8b', 'org/name-3.1:8b'],
  ])('names in a header only what may be the name of a model: %s', async (model, named) => {
    const complete: Provider['complete'] = async function* () {
      yield chunk('3', 'stop', model);
    };
    const { url } = await gatewayWith({ complete });
    for (const stream of [true, false]) {
      const { headers } = await post(`${url}/v1/completions`, { ...asked, stream });
      expect(headers.get('x-g4f-model')).toBe(named);
    }
  });

  it('streams, with a good end', async () => {
    const { url } = await gatewayWith({ complete: completing(' 3.', '14').complete });
    const chunks = await all(await clientOf(url).completions.create({ ...asked, stream: true }));
    expect(chunks.map(({ choices }) => choices[0]?.text).join('')).toBe(' 3.14');
    const said = await (await post(`${url}/v1/completions`, { ...asked, stream: true })).text();
    expect(said.endsWith('data: [DONE]\n\n')).toBe(true);
  });

  it('has a status of its own for a failure before the first word', async () => {
    const full = new G4FError('Too many.', { code: 'rate-limit' });
    for (const parts of [[full], ['', full]]) {
      const { url } = await gatewayWith({ complete: completing(...parts).complete });
      const failure = clientOf(url).completions.create({ ...asked, stream: true });
      await expect(failure).rejects.toBeInstanceOf(OpenAI.RateLimitError);
    }
  });

  it('tells of a failure in the middle, and has no good end', async () => {
    const dead = new G4FError('The line went dead.', { code: 'network' });
    const { url } = await gatewayWith({ complete: completing(' 3.', dead).complete });
    const stream = await clientOf(url).completions.create({ ...asked, stream: true });
    await expect(all(stream)).rejects.toThrow(/The line went dead/);
    const said = await (await post(`${url}/v1/completions`, { ...asked, stream: true })).text();
    expect(said).not.toContain('[DONE]');
  });
});
