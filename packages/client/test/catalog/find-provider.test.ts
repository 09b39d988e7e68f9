// Providers named by a module or given as an object.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Provider } from '@g4f/core';
import { registry } from '@g4f/providers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { findProvider } from '../../src/catalog/find-provider.ts';
import type { ProviderEntry } from '../../src/catalog/provider-entry.ts';
import type { ProviderChoice } from '../../src/surface/options.ts';
import { failureOf, fakeProvider, saying } from '../fake-provider.ts';

/** As a call finds it: it may be found at once, or have to be loaded. */
const find = async (choice: ProviderChoice): Promise<ProviderEntry> => findProvider(choice, () => registry);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'g4f-backends-'));
});
afterAll(() => rm(folder, { recursive: true }));

const SOURCE = `{
  id: 'own', name: 'Own', website: 'https://example.com', key: 'none', models: { family: 'own-1' },
  async *chat(request) {
    yield [{ type: 'answer-start', model: request.model }, { type: 'text-delta', text: 'from a module' },
      { type: 'finish', reason: 'stop' }];
  },
}`;
let written = 0;
const moduleOf = async (source: string): Promise<URL> => {
  written += 1;
  const file = join(folder, `module-${written}.mjs`);
  await writeFile(file, source);
  return pathToFileURL(file);
};

describe('a module', () => {
  it.each([
    ['by default', `export default ${SOURCE}`],
    ['by name', `export const answer = 42; export const own = ${SOURCE}`],
  ])('that exports a provider %s answers', async (_, source) => {
    const url = await moduleOf(source);
    const hello = { model: 'family', messages: 'x' };
    for (const answering of [
      new AsyncClient({ provider: url }).chat.completions.create(hello),
      new AsyncClient({ provider: url.href }).chat.completions.create(hello),
      new AsyncClient().chat.completions.create(hello, { provider: [url] }),
    ]) {
      const answer = await answering;
      expect(answer).toMatchObject({
        provider: 'own',
        model: 'own-1',
        choices: [{ message: { content: 'from a module' } }],
      });
    }
  });

  it('without a provider is refused', async () => {
    const url = await moduleOf('export default { id: 5 }; export const id = "x";');
    expect(await failureOf(find(url))).toMatchObject({
      code: 'invalid-request',
      message: `the module ${url.href} exports no provider. Export what defineProvider or openaiCompatible returns.`,
    });
  });

  it('whose provider is wrong says which fact', async () => {
    const url = await moduleOf(`export default { ...${SOURCE}, key: 'maybe' }`);
    expect((await failureOf(find(url))).message).toBe(
      'provider "own": key must be "none", "optional" or "required".',
    );
  });

  it('that throws, or is not there, says why in one line', async () => {
    const throwing = await moduleOf('throw new Error("no licence\\nat all")');
    const error = await failureOf(find(throwing));
    expect(error.message).toBe(
      `the module ${throwing.href} could not be loaded: no licence. Check the URL and the module.`,
    );
    expect(error.code).toBe('invalid-request');
    const absent = await failureOf(find(new URL('absent.mjs', throwing)));
    expect(absent.message).toContain('could not be loaded: ');
    expect(absent.message).not.toContain('\n');
  });
});

describe('an object', () => {
  it('that is an instance of a class keeps what its prototype holds', async () => {
    const plain = fakeProvider('classy', saying('from a class'));
    class Classy implements Provider {
      readonly name = 'Classy';
      readonly website = 'https://example.com';
      readonly key = 'none';
      get id(): string {
        return 'classy';
      }
      get models(): Provider['models'] {
        return { family: 'classy-1' };
      }
      chat(...given: Parameters<NonNullable<Provider['chat']>>): ReturnType<NonNullable<Provider['chat']>> {
        return plain.chat?.(...given) ?? given[1].signal.reason;
      }
    }
    const provider = new Classy();
    const answer = await new AsyncClient().chat.completions.create({
      model: 'family',
      messages: 'x',
      provider,
    });
    expect(answer).toMatchObject({ provider: 'classy', model: 'classy-1' });
  });

  it('that is no provider says which fact is wrong', async () => {
    const half = { id: 'half' } as unknown as Provider;
    expect(await failureOf(find(half))).toMatchObject({
      code: 'invalid-request',
      message: 'provider "half": name must be the name a person knows it by.',
    });
  });

  it('whose facts change is asked by the new ones', async () => {
    const asked: string[] = [];
    const provider = {
      ...fakeProvider('changing', (request, context) => {
        asked.push(request.model);
        return saying('ok')(request, context);
      }),
      models: { family: 'first' },
    };
    const { completions } = new AsyncClient({ provider }).chat;
    await completions.create({ model: 'family', messages: 'x' });
    provider.models = { family: 'second' };
    await completions.create({ model: 'family', messages: 'x' });
    expect(asked).toEqual(['first', 'second']);
  });
});

describe('several', () => {
  it('of which two are wrong tell the first, and leave no rejection that nobody hears', async () => {
    const unheard = vi.fn();
    process.on('unhandledRejection', unheard);
    const provider = [new URL('file:///nowhere.mjs'), { ...fakeProvider('x', saying()), id: 'BAD ID!' }];
    const asking = new AsyncClient({ provider }).chat.completions.create({ model: 'm', messages: 'x' });
    expect(await failureOf(asking)).toMatchObject({ code: 'invalid-request' });
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    process.off('unhandledRejection', unheard);
    expect(unheard).not.toHaveBeenCalled();
  });
});
