// Ids of providers that there are not: the schema knows none of them.
import { isProviderId } from '@g4f/core/internal';
import { BACKEND_IDS } from '@g4f/providers/options';
import { targetOf } from '../targets/target.ts';
import type { Config, ProviderConfig } from './config-schema.ts';
import { meant, type Path, type Problem } from './problems.ts';

/** What is wrong with the ids in a configuration. */
export const idProblems = ({ providers = {}, models = {}, fallback, routing }: Config): Problem[] => {
  const own = Object.entries(providers).filter(([id]) => !BACKEND_IDS.includes(id));
  const ids = [...BACKEND_IDS, ...own.map(([id]) => id)];
  const stranger = (id: string, path: Path, isName = false): Problem[] =>
    ids.includes(id)
      ? []
      : [{ path, isName, message: `no provider is called ${JSON.stringify(id)}.${meant(id, ids)}` }];
  return [
    ...own.flatMap(([id, provider]) =>
      provider?.baseURL === undefined
        ? [
            {
              path: ['providers', id],
              isName: true,
              message: `no provider is called ${JSON.stringify(id)}.${meant(id, BACKEND_IDS)} One of your own needs a baseURL.`,
            },
          ]
        : isProviderId(id)
          ? []
          : [
              {
                path: ['providers', id],
                isName: true,
                message: 'the name of a provider must be kebab-case, such as my-service.',
              },
            ],
    ),
    ...Object.entries(providers).flatMap(([id, provider]) => knownProblems(id, provider)),
    ...Object.entries(models).flatMap(([name, targets]) =>
      targets.flatMap((target, at) =>
        stranger(targetOf(target as string).provider, [
          'models',
          name,
          at,
          ...(typeof target === 'string' ? [] : ['provider']),
        ]),
      ),
    ),
    ...(fallback === undefined ? [] : stranger(fallback.split(':', 1)[0] ?? '', ['fallback'])),
    ...(typeof routing === 'object'
      ? Object.keys(routing.weights ?? {}).flatMap((id) => stranger(id, ['routing', 'weights', id], true))
      : []),
  ];
};

/** What only a provider of one's own may say. */
function knownProblems(id: string, provider: ProviderConfig | null): Problem[] {
  if (!BACKEND_IDS.includes(id) || provider === null) return [];
  const { wire, models, key, baseURL } = provider;
  const path = ['providers', id];
  const own = { wire, models };
  const wrong = Object.entries(own).filter(([, value]) => value !== undefined);
  return [
    ...wrong.map(([name]) => ({
      path: [...path, name],
      isName: true,
      message: `${id} has its own: leave it out, or give the provider another name.`,
    })),
    ...(Array.isArray(key) && key.length > 1 && baseURL !== undefined
      ? [
          {
            path: [...path, 'key'],
            message: 'must be one key where there is a baseURL; give a provider of your own for several.',
          },
        ]
      : []),
  ];
}
