// What a model's name means: the table of src/routing/model-id.ts, with the providers and ids of the real registry.
import { describe, expect, it } from 'vitest';
import { settle } from '../src/options/settings.ts';
import { modelIdAt } from '../src/routing/model-id.ts';
import { findRoute } from '../src/routing/route.ts';
import type { ClientOptions } from '../src/surface/options.ts';
import { createChatEngine } from './chat-engine.ts';
import { collect, failureOf } from './fake-provider.ts';

const KEYS = {
  OPENAI_API_KEY: 'o-key',
  OPENROUTER_API_KEY: 'or-key',
  GROQ_API_KEY: 'g-key',
  HF_TOKEN: 'h-key',
  ANTHROPIC_API_KEY: 'a-key',
  GEMINI_API_KEY: 'ge-key',
  FIREWORKS_API_KEY: 'f-key',
  CLOUDFLARE_API_TOKEN: 'c-key',
  CLOUDFLARE_ACCOUNT_ID: 'c-account',
  NVIDIA_API_KEY: 'n-key',
  XAI_API_KEY: 'x-key',
} as const;
type Key = keyof typeof KEYS;

const routeOf = async (model: string, options: ClientOptions = {}) =>
  findRoute({ model, operation: 'chat' }, settle({ env: KEYS, ...options }));
const linesOf = async (model: string, options: ClientOptions = {}): Promise<string> =>
  (await routeOf(model, options)).candidates
    .map(({ backend, model: own }) => `${backend.id} ${own}`)
    .join(', ');
const withOnly = (...keys: Key[]): ClientOptions => ({
  env: Object.fromEntries(keys.map((key) => [key, KEYS[key]])),
});

describe('with every key', () => {
  it.each([
    // A provider's id and a colon: that provider, whatever it calls its models.
    ['openai:gpt-5.4', 'openai gpt-5.4'],
    ['groq:gpt-oss-120b', 'groq openai/gpt-oss-120b'],
    ['groq:openai/gpt-oss-120b', 'groq openai/gpt-oss-120b'],
    ['openai:brand:new', 'openai brand:new'],
    // A provider's id and a slash: that provider, where it offers the model by its family or its own id.
    ['openai/gpt-5.4', 'openai gpt-5.4'],
    ['openai/gpt-5.4-mini', 'openai gpt-5.4-mini'],
    ['OpenAI/GPT-5.4', 'openai gpt-5.4'],
    ['groq/gpt-oss-120b', 'groq openai/gpt-oss-120b'],
    ['groq/openai/gpt-oss-120b', 'groq openai/gpt-oss-120b'],
    ['openrouter/gpt-oss-120b', 'openrouter openai/gpt-oss-120b'],
    ['openrouter/openai/gpt-oss-120b', 'openrouter openai/gpt-oss-120b'],
    ['xai/grok-4.5', 'xai grok-4.5'],
    // Both a provider and a maker.
    ['anthropic/claude-opus-5', 'anthropic claude-opus-5'],
    ['anthropic/claude-opus-4-8', 'anthropic claude-opus-4-8'],
    ['anthropic/claude-opus-4.8', 'anthropic claude-opus-4-8'],
    // A provider's id, but the model is others': the name as a whole is theirs.
    [
      'openai/gpt-oss-120b',
      'groq openai/gpt-oss-120b, huggingface openai/gpt-oss-120b, openrouter openai/gpt-oss-120b',
    ],
    // A provider's id, and nobody else knows the name.
    ['huggingface/org/model', 'huggingface org/model'],
    ['huggingface/meta-llama/Llama-3.3-70B-Instruct', 'huggingface meta-llama/Llama-3.3-70B-Instruct'],
    ['openai/gpt-99', 'openai gpt-99'],
    ['ollama/llama3:8b', 'ollama llama3:8b'],
    // Services that publish models under their own name.
    ['groq/compound', 'groq groq/compound'],
    ['nvidia/nemotron-99', 'nvidia nvidia/nemotron-99'],
    ['openrouter/auto', 'openrouter openrouter/auto'],
    // No provider's id.
    ['meta-llama/llama-3.3-70b-instruct', 'openrouter meta-llama/llama-3.3-70b-instruct'],
    ['meta-llama/Llama-3.3-70B-Instruct', 'huggingface meta-llama/Llama-3.3-70B-Instruct'],
    ['x-ai/grok-4.5', 'openrouter x-ai/grok-4.5'],
    ['accounts/fireworks/models/gpt-oss-120b', 'fireworks accounts/fireworks/models/gpt-oss-120b'],
    ['models/gemini-3.5-flash', 'gemini gemini-3.5-flash'],
    ['google/gemini-3.5-flash', 'gemini gemini-3.5-flash'],
    ['@cf/openai/gpt-oss-120b', 'cloudflare @cf/openai/gpt-oss-120b'],
    // OpenRouter's variants.
    ['openai/gpt-4o:free', 'openrouter openai/gpt-4o:free'],
    ['OpenAI/GPT-4o:FREE ', 'openrouter openai/gpt-4o:free'],
    ['gpt-4o:free', 'openrouter openai/gpt-4o:free'],
    ['openrouter:gpt-4o:free', 'openrouter openai/gpt-4o:free'],
    ['openrouter/openai/gpt-4o:nitro', 'openrouter openai/gpt-4o:nitro'],
    ['openrouter/auto:nitro', 'openrouter openrouter/auto:nitro'],
    ['deepseek/deepseek-r1:thinking', 'openrouter deepseek/deepseek-r1:thinking'],
    ['anthropic/claude-opus-5:online', 'openrouter anthropic/claude-opus-5:online'],
    ['some/new-model:extended', 'openrouter some/new-model:extended'],
    ['meta-llama/llama-3.3-70b-instruct:floor', 'openrouter meta-llama/llama-3.3-70b-instruct:floor'],
    ['openai/gpt-5.4:exacto', 'openrouter openai/gpt-5.4:exacto'],
    // Tags that say nothing of who serves it.
    ['gpt-5.5:latest', 'openai gpt-5.5'],
  ])('%s', async (model, lines) => {
    expect(await linesOf(model)).toBe(lines);
  });
});

describe('with some keys', () => {
  const missingOf = async (model: string, options: ClientOptions): Promise<string> =>
    (await routeOf(model, options)).unusable.map(({ missing }) => missing).join(', ');

  it('a name that two could mean goes to the one that can be used', async () => {
    expect(await linesOf('openai/gpt-5.4', withOnly('OPENAI_API_KEY'))).toBe('openai gpt-5.4');
    expect(await linesOf('openai/gpt-5.4', withOnly('OPENROUTER_API_KEY'))).toBe('openrouter openai/gpt-5.4');
    expect(await missingOf('openai/gpt-5.4', withOnly())).toBe('set OPENAI_API_KEY, set OPENROUTER_API_KEY');
  });

  it("a service's id leads to others that have the same model, where that service has no key", async () => {
    expect(await linesOf('x-ai/grok-4.5', withOnly('XAI_API_KEY'))).toBe('xai grok-4.5');
    expect(await linesOf('openai/gpt-oss-120b', withOnly('FIREWORKS_API_KEY'))).toBe(
      'fireworks accounts/fireworks/models/gpt-oss-120b',
    );
    expect(await missingOf('x-ai/grok-4.5', withOnly())).toBe('set OPENROUTER_API_KEY, set XAI_API_KEY');
  });

  it.each(['openai/gpt-4o:free', 'gpt-4o:free', 'openai/gpt-oss-120b:free', 'groq/gpt-oss-120b:nitro'])(
    '%s is never billed by another than OpenRouter',
    async (model) => {
      const { OPENROUTER_API_KEY: _, ...others } = KEYS;
      expect(await linesOf(model, { env: others })).toBe('');
      expect(await missingOf(model, { env: others })).toBe('set OPENROUTER_API_KEY');
    },
  );

  it.each(['groq/gpt-oss-120b', 'openai/gpt-4o:free', 'openai/gpt-5.4', 'groq:x'])(
    'one key goes to no provider that only the name %s names',
    async (model) => {
      const refused = await failureOf((async () => routeOf(model, { env: {}, apiKey: 'the-key' }))());
      expect(refused).toMatchObject({ code: 'invalid-request' });
      expect(refused.message).toMatch(/^apiKey is one key, and it is not clear whose: name /);
    },
  );
});

describe('of a named provider', () => {
  it.each([
    ['openai', 'openai/gpt-5.4', 'gpt-5.4'],
    ['openrouter', 'openai/gpt-5.4', 'openai/gpt-5.4'],
    ['openrouter', 'gpt-5.4:free', 'openai/gpt-5.4:free'],
    ['openai', 'openai/gpt-5.4:free', 'gpt-5.4:free'],
    ['groq', 'groq/compound', 'groq/compound'],
    ['groq', 'openai/gpt-oss-20b', 'openai/gpt-oss-20b'],
    ['huggingface', 'huggingface/org/model', 'org/model'],
    ['gemini', 'models/gemini-3.5-flash', 'models/gemini-3.5-flash'],
  ])('%s: %s is %s', async (provider, model, own) => {
    expect(await linesOf(model, { provider })).toBe(`${provider} ${own}`);
  });

  it('an address of the caller takes every name as it is written', async () => {
    const baseURL = 'http://127.0.0.1:9/v1';
    for (const model of ['openai/gpt-4o', 'openai/gpt-4o:free', 'x:free'])
      expect((await routeOf(model, { baseURL })).candidates[0]).toMatchObject({ model, baseURL });
    expect(modelIdAt({ id: 'custom', models: {} }, 'gpt-4o:free')).toBe('gpt-4o:free');
  });
});

describe('a name that nobody knows', () => {
  it.each([
    ['groqq:gpt-oss-120b', 'No provider is called "groqq"; did you mean groq?'],
    ['groqq/gpt-oss-120b', 'No provider is called "groqq"; did you mean groq?'],
    ['opnai/gpt-4o', 'No provider is called "opnai"; did you mean openai?'],
    ['opnai:gpt-4o', 'No provider is called "opnai"; did you mean openai'],
    ['gpt-5.44', 'Did you mean gpt-5.4'],
    ['gtp-5.4:free', 'no provider offers a model called "gtp-5.4:free"'],
  ])('%s', async (model, told) => {
    const error = await failureOf(routeOf(model));
    expect(error.code).toBe('model-not-found');
    expect(error.message).toContain(told);
  });

  it('suggests no provider for the name of a maker', async () => {
    for (const model of ['meta-llama/nothing', 'someone/gpt-oss-120b'])
      expect((await failureOf(routeOf(model))).message).not.toContain('No provider is called');
  });

  it.each(['x', '/', ':', '-', '1', '-1', 'sk-', 'eyJ-', 'openai/', ' ', '@'])(
    'is not searched for among others when it is 60,000 characters long: %j again and again',
    async (piece) => {
      const model = piece.repeat(Math.ceil(60_000 / piece.length));
      const read = async (): Promise<string> => {
        const { chat } = createChatEngine({ env: {} }, () => undefined);
        return (await failureOf(collect(chat({ model: `q${model}`, messages: 'x' })))).message;
      };
      expect((await read()).length).toBeLessThan(1000);
    },
  );
});
