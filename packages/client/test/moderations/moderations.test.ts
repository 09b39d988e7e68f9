// `moderations.create`: what is asked of a provider, what its answer must be, and who is asked next.
import {
  type Context,
  G4FError,
  type ModerationRequest,
  type ModerationResponse,
  type Provider,
} from '@g4f/core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import type { ModerationParams } from '../../src/surface/moderations.ts';
import type { CallOptions } from '../../src/surface/options.ts';
import { stock } from '../fake-catalog.ts';
import { failureOf, fakeProvider, saying } from '../fake-provider.ts';

vi.mock('@g4f/providers/registry', async (original) =>
  (await import('../fake-catalog.ts')).catalogInsteadOfRegistry(original),
);

beforeEach(() => stock());

const client = new AsyncClient({ env: {}, maxRetries: 0 });
const moderate = (params: Partial<ModerationParams> & object, options: CallOptions = {}) =>
  client.moderations.create({ input: 'x', ...params }, options);

const found = (flagged = false) => ({ flagged, categories: { violence: flagged }, category_scores: {} });
const answerTo = ({ input, model }: ModerationRequest): ModerationResponse => ({
  id: 'modr-1',
  model,
  results: typeof input[0] === 'string' ? input.map((one) => found(one === 'bad')) : [found()],
});

type Moderate = NonNullable<Provider['moderate']>;
const moderator = (id: string, method?: Moderate): Provider => ({
  id,
  name: id,
  website: 'https://example.com',
  key: 'none',
  models: {},
  modelsFor: { moderate: { 'omni-moderation': `${id}-own` } },
  moderate:
    method ??
    async function* (request) {
      yield answerTo(request);
    },
});
const answering = (answer: (request: ModerationRequest) => unknown): Moderate =>
  async function* (request) {
    yield answer(request) as ModerationResponse;
  };

describe('what is asked', () => {
  const recorder = () => {
    const asked: [ModerationRequest, Context][] = [];
    const provider = moderator('recorder', async function* (request, context) {
      asked.push([request, context]);
      yield answerTo(request);
    });
    return { asked, provider };
  };
  const PARTS = [
    { type: 'text', text: 'a' },
    { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
  ] as const;

  it.each<[string, ModerationParams['input'], unknown]>([
    ['one text', 'a', ['a']],
    ['several texts', ['a', 'b'], ['a', 'b']],
    ['the parts of one thing', PARTS, PARTS],
  ])('is always a list: %s', async (_, input, list) => {
    const { asked, provider } = recorder();
    await moderate({ input }, { provider });
    expect(asked[0]?.[0].input).toEqual(list);
  });

  it('is of the model that is named, and OpenAI’s own where none is; null says nothing', async () => {
    const { asked, provider } = recorder();
    await moderate({ model: null }, { provider });
    await moderate({ model: 'omni-moderation' }, { provider });
    await moderate({ model: 'my-own', ...{ threshold: 0.5 } }, { provider });
    expect(asked.map(([request]) => request)).toEqual([
      { model: 'omni-moderation-latest', input: ['x'] },
      { model: 'recorder-own', input: ['x'] },
      { model: 'my-own', input: ['x'], threshold: 0.5 },
    ]);
  });

  it.each<[object, string]>([
    [{ input: undefined }, 'input: a text, a list of texts, or a list of parts'],
    [{ input: [] }, 'input: a text, a list of texts, or a list of parts'],
    [
      { input: ['a secret', 5] },
      'input[1]: a text, as before it in the list, was expected, got the number 5.',
    ],
    [{ input: [{ type: 'text' }] }, 'input[0].text: a text was expected, but it is missing.'],
    [{ input: [{ type: 'sound', text: 'a secret' }] }, 'input[0].type: a part:'],
    [{ input: [{ type: 'image_url', image_url: 'x' }] }, 'input[0].image_url: a part:'],
    [{ model: '' }, 'model: the name of a model was expected, got an empty string.'],
    [{ apiKey: 'k' }, 'apiKey has no place among the parameters'],
  ])('is refused before anybody is asked: %j', async (params, message) => {
    const { asked, provider } = recorder();
    const error = await failureOf(moderate(params, { provider }));
    expect(error).toMatchObject({ code: 'invalid-request', message: expect.stringContaining(message) });
    expect(error.message).not.toContain('secret');
    expect(asked).toEqual([]);
  });

  it('that is misspelt is warned of', async () => {
    const { provider } = recorder();
    const { warnings } = await moderate({ ...{ modell: 'x' } }, { provider });
    expect(warnings?.[0]).toContain('Did you mean model?');
  });
});

describe('the answer', () => {
  it("has OpenAI's shape, says who answered, and what could not be sent", async () => {
    const provider = moderator('acme', async function* (request, context) {
      context.warn('no pictures');
      yield answerTo(request);
    });
    expect(await moderate({ model: 'omni-moderation', input: ['good', 'bad'] }, { provider })).toEqual({
      id: 'modr-1',
      model: 'acme-own',
      results: [found(), found(true)],
      provider: 'acme',
      warnings: ['no pictures'],
    });
  });

  it.each<[string, unknown, string]>([
    ['has too few results', { results: [found()] }, '2 results were expected, and 1 came'],
    ['has too many', { results: [found(), found(), found()] }, '2 results were expected, and 3 came'],
    ['has none', { id: 'x' }, 'the answer has no list of results'],
    ['is nothing', null, 'the answer has no list of results'],
    [
      'does not say whether',
      { results: [found(), { categories: {} }] },
      'the result at 1 does not say whether it is flagged, and for what',
    ],
    [
      'does not say for what',
      { results: [{ flagged: true }, found()] },
      'the result at 0 does not say whether it is flagged, and for what',
    ],
  ])('that %s is refused', async (_, answer, message) => {
    const provider = moderator(
      'acme',
      answering(() => answer),
    );
    expect(await failureOf(moderate({ input: ['a', 'b'] }, { provider }))).toMatchObject({
      code: 'bad-response',
      provider: 'acme',
      message: `acme: ${message}. Choose another provider.`,
    });
  });

  it('that comes twice, or not at all, is refused', async () => {
    const twice = moderator('acme', async function* (request) {
      yield answerTo(request);
      yield answerTo(request);
    });
    expect((await failureOf(moderate({}, { provider: twice }))).message).toContain(
      'a second answer came to one request',
    );
    const never = moderator('acme', async function* () {});
    expect(await failureOf(moderate({}, { provider: never }))).toMatchObject({ code: 'bad-response' });
  });
});

describe('who is asked', () => {
  it('is the next one where one fails, or answers what is no answer', async () => {
    stock(
      moderator(
        'a',
        answering(() => {
          throw new G4FError('broken.', { code: 'server', status: 500 });
        }),
      ),
      moderator(
        'b',
        answering(() => ({ results: [] })),
      ),
      moderator('c'),
      fakeProvider('chatter', saying('hi')),
    );
    const answer = await moderate({ input: 'bad' }, { routing: 'order' });
    expect(answer).toMatchObject({ provider: 'c', model: 'c-own', results: [{ flagged: true }] });
  });

  it('is nobody who cannot moderate: the error says so', async () => {
    stock(fakeProvider('chatter', saying('hi')));
    const error = await failureOf(moderate({}, { provider: 'chatter' }));
    expect(error.code).toBe('invalid-request');
    expect(error.message).toMatch(/chatter.*moderate/);
  });
});
