// The texts that are generated from the providers' facts.
import type { BackendFacts } from './backend-facts.ts';
import { endsAt } from './model-ends.ts';
import { pricesAt } from './model-prices.ts';

const START = '<!-- backends:start -->';
const END = '<!-- backends:end -->';
/** Families that the table names before it says how many more there are. */
const FAMILIES_SHOWN = 5;

/** The module `registry.gen.ts`: facts as plain data, and a lazy import each. */
export const renderRegistry = (backends: readonly BackendFacts[]): string => {
  const entries = backends.map(
    ({ lists: _, ...facts }) => `  ${propertyName(facts.id)}: {
${Object.entries({ ...facts, ...endsAt(facts, backends), ...pricesAt(facts, backends) })
  .map(([name, value]) => `    ${name}: ${literal(value, '    ')},`)
  .join('\n')}
    load: () => import('../backends/${facts.id}.ts').then((module) => module.default),
  },`,
  );
  return `// Generated from src/backends by scripts/generate-registry; do not edit.
import type { RegistryEntry } from './registry.ts';

/** Every provider of this package by its id: what is known before it is loaded, and how to load it. */
export const registry: Readonly<Record<string, RegistryEntry>> = {
${entries.join('\n')}
};
`;
};

/** The module `backend-ids.gen.ts`. */
export const renderIds = (backends: readonly BackendFacts[]): string =>
  `// Generated from src/backends by scripts/generate-registry; do not edit.

/** Of every provider of this package; the registry, which holds their facts, is loaded only when it is asked for. */
export const BACKEND_IDS: readonly string[] = [
${backends.map(({ id }) => `  ${quoted(id)},`).join('\n')}
];
`;

/** The module `names.gen.ts`: what an editor can complete. */
export const renderNames = (backends: readonly BackendFacts[]): string => {
  const models = new Set(backends.flatMap(familiesOf));
  return `// Generated from src/backends by scripts/generate-registry; do not edit.

/** The ids of the providers of this package. */
export type KnownProvider =
${union(backends.map(({ id }) => id))}

/** The families of models that at least one of them offers. */
export type KnownModel =
${union([...models].sort())}
`;
};

/** The families that a provider offers, whatever they are asked for. */
const familiesOf = ({ models, modelsFor = {} }: BackendFacts): readonly string[] => [
  ...new Set([models, ...Object.values(modelsFor)].flatMap((offered) => Object.keys(offered))),
];

const union = (names: readonly string[]): string =>
  `${names.length === 0 ? '  never' : names.map((name) => `  | ${quoted(name)}`).join('\n')};`;

function literal(value: unknown, indent: string): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, indent)).join(', ')}]`;
  const fields = Object.entries(Object(value));
  if (fields.length === 0) return '{}';
  const lines = fields.map(
    ([name, field]) => `${indent}  ${propertyName(name)}: ${literal(field, `${indent}  `)},`,
  );
  return `{\n${lines.join('\n')}\n${indent}}`;
}

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
const propertyName = (name: string): string => (/^[a-zA-Z_$][\w$]*$/.test(name) ? name : quoted(name));

interface Manifest {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly publishConfig: { readonly exports: Readonly<Record<string, unknown>> };
}

/** `package.json` with one door for each provider; the doors that lead elsewhere stay as they are. */
export const renderManifest = (before: string, backends: readonly BackendFacts[]): string => {
  const manifest: Manifest = JSON.parse(before);
  const ofBackend = Object.keys(manifest.exports).filter((door) =>
    JSON.stringify(manifest.exports[door]).includes('"./src/backends/'),
  );
  const withDoors = (doors: Manifest['exports'], source: boolean): Manifest['exports'] => {
    const { './package.json': itself, ...others } = doors;
    const kept = Object.entries(others).filter(([door]) => !ofBackend.includes(door));
    const made = backends.map(({ id }) => [`./${id}`, doorOf(id, source)] as const);
    return Object.fromEntries([
      ...kept,
      ...made,
      ...(itself === undefined ? [] : [['./package.json', itself] as const]),
    ]);
  };
  const { exports, publishConfig } = manifest;
  const after = {
    ...manifest,
    exports: withDoors(exports, true),
    publishConfig: { ...publishConfig, exports: withDoors(publishConfig.exports, false) },
  };
  return `${JSON.stringify(after, null, 2)}\n`;
};

const doorOf = (id: string, source: boolean): object => ({
  ...(source && { '@g4f/source': `./src/backends/${id}.ts` }),
  import: { types: `./dist/${id}.d.ts`, default: `./dist/${id}.js` },
  require: { types: `./dist/${id}.d.cts`, default: `./dist/${id}.cjs` },
});

/** The README with the table between its marks, or at its end if it has none. */
export const renderReadme = (before: string, backends: readonly BackendFacts[]): string => {
  const table = [
    START,
    '| id | service | key | address | models |',
    '|---|---|---|---|---|',
    ...backends.map(row),
    END,
  ];
  const from = before.indexOf(START);
  const to = before.indexOf(END);
  if (from === -1 || to < from)
    return `${before.trimEnd()}\n\n## Providers\n\n${table.join('\n')}\n`.trimStart();
  return before.slice(0, from) + table.join('\n') + before.slice(to + END.length);
};

function row(backend: BackendFacts): string {
  const { id, name, website, key, env, baseURL } = backend;
  const variables = env?.map((variable) => `\`${variable}\``).join(' or ') ?? 'none';
  const address = baseURL === undefined ? 'on this machine' : `\`${baseURL}\``;
  const families = familiesOf(backend);
  const more = families.length - FAMILIES_SHOWN;
  const shown = families.slice(0, FAMILIES_SHOWN).join(', ') + (more > 0 ? ` and ${more} more` : '');
  const columns = [
    `\`${id}\``,
    `[${name}](${website})`,
    key === 'optional' ? `${variables}, optional` : variables,
    address,
    shown || 'by its own ids',
  ];
  return `| ${columns.join(' | ')} |`;
}
