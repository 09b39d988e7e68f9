// A provider's facts: complete, and what the rest of the library builds upon.
import { type ChatFeature, defineProvider, OPERATIONS, type Provider } from '@g4f/core';
import { ANSWERS_AS } from '../mock-wires/mock-wire.ts';
import { MOCK_WIRES } from '../mock-wires/mock-wires.ts';
import type { Check } from './check.ts';
import { expect, expectEqual } from './expectation.ts';
import { KIT_BASE, lendTo } from './play.ts';

const FEATURES: ReadonlySet<string> = new Set<ChatFeature>([
  'tools',
  'images',
  'audio',
  'files',
  'json-schema',
  'reasoning',
]);

/** @param file the name of its file, where it has one. */
export const factChecks = (provider: Provider, file: string | undefined): readonly Check[] => [
  {
    name: 'has the facts of a provider',
    async run() {
      defineProvider(provider);
      expect(provider.name.trim() !== '', 'name: it is empty');
      expect(/^https?:/.test(provider.website), 'website: it must be an http(s) URL');
      expect(
        OPERATIONS.some((operation) => typeof provider[operation] === 'function'),
        `it has none of ${OPERATIONS.join(', ')}`,
      );
      expect(
        provider.wire === undefined || /^[a-z]+(-[a-z]+)*$/.test(provider.wire),
        `wire: "${provider.wire}" is no plain name, such as openai-chat`,
      );
      for (const feature of provider.features ?? [])
        expect(FEATURES.has(feature), `features: "${feature}" is none of ${[...FEATURES].join(', ')}`);
      if (provider.key !== 'none')
        expect(
          (provider.env ?? []).length > 0 || provider.key === 'optional',
          'env: which variable holds its key?',
        );
    },
  },
  {
    name: 'names families plainly, and each by an id of its own',
    async run() {
      for (const [family, id] of Object.values({ models: provider.models, ...provider.modelsFor }).flatMap(
        Object.entries,
      )) {
        expect(
          /^[a-z0-9][a-z0-9.-]*$/.test(family),
          `models: "${family}" is no plain name (a-z, 0-9, dot and dash)`,
        );
        expect(typeof id === 'string' && id !== '', `models: ${family} has no id`);
      }
    },
  },
  {
    name: 'is called like its file',
    ...(file === undefined && { skipped: 'the name of its file is not known' }),
    run: async () => expectEqual('id', provider.id, file),
  },
  listCheck(provider),
];

const listCheck = (provider: Provider): Check => {
  const speech = provider.wire === undefined ? undefined : MOCK_WIRES[provider.wire];
  const skipped =
    provider.listModels === undefined
      ? 'it has no listModels'
      : speech === undefined
        ? 'it speaks no wire that the kit knows'
        : undefined;
  return {
    name: 'lists its models',
    ...(skipped !== undefined && { skipped }),
    async run() {
      const context = lendTo(provider, { body: speech?.models ?? '' });
      const list = (await provider.listModels?.(context)) ?? [];
      expect(list.length > 0, 'listModels: the list is empty');
      // A service that lists nothing has a list of its own, and asks nobody.
      if (context.requests.length > 0) {
        expectEqual('listModels', list[0]?.id, ANSWERS_AS);
        expectEqual('listModels: method', context.requests[0]?.method, 'GET');
        expect(
          context.requests[0]?.url.startsWith(new URL(KIT_BASE).origin) === true,
          'listModels: it goes to another address than the one it is given',
        );
      }
    },
  };
};
