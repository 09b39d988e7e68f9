// docs/backends.md: what each provider can do, generated from the provider files.
import { FACTS_READ } from '../packages/providers/src/models/index.ts';
import type { BackendFacts } from './backend-facts.ts';
import { endedFamilies } from './model-ends.ts';
import { familiesOf } from './registry-output.ts';

const FEATURES = ['tools', 'images', 'audio', 'files', 'json-schema', 'reasoning'] as const;
const ON_THIS_MACHINE = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])/;

/** The page, whole. */
export const renderBackendsPage = (backends: readonly BackendFacts[]): string => {
  const [near, far] = [backends.filter(isNear), backends.filter((facts) => !isNear(facts))];
  return `# What each provider can do

Generated from \`packages/providers/src/backends/\` by \`npm run generate\`; do not edit.

\`operations\` is what a provider can be asked for: to chat (\`chat.completions.create\`), to embed (\`embeddings.create\`). Every chat streams. The other columns say what the service's chat takes besides text, as its documentation tells; whether a certain model of it does is the service's to say.

A request that needs what a provider does not declare (tools, images, audio, files, a JSON schema, a reasoning effort) goes to those that declare it first, in the order of the \`routing\` policy; the others are asked last, and if one of them answers, the \`warnings\` of the first chunk name what it may ignore. It is still sent what was asked for, unless its wire has no place for it: that is named in \`warnings\`, too. A provider of your own that declares no \`features\` is taken to have them all.

\`list\` means that \`models.list({ provider })\` asks the service itself.

## Services

${tableOf(far)}

## On your machine

They need no key unless they were started with one. \`discover()\` of \`@g4f/providers\` finds those that are running.

${tableOf(near)}

## Ended models

Models that their maker's own service has ended, or has announced to end, and the successor that the maker names; read at the makers' pages on ${FACTS_READ}. A call for an ended one moves on to the successor with \`retired: 'successor'\`, and is an error without. Other services that offer a model end it on days of their own.

| family | maker | ends | successor |
|---|---|---|---|
${endedFamilies()
  .map(({ name, maker, ended, successor = '' }) => `| ${name} | ${maker} | ${ended} | ${successor} |`)
  .join('\n')}

## Wires

A wire is the protocol a provider speaks; a row of your configuration may name any of them.

| wire | providers |
|---|---|
${[...byWire(backends)].map(([wire, ids]) => `| \`${wire}\` | ${ids.join(', ')} |`).join('\n')}
`;
};

const isNear = ({ baseURL }: BackendFacts): boolean => baseURL === undefined || ON_THIS_MACHINE.test(baseURL);

function tableOf(backends: readonly BackendFacts[]): string {
  const head = ['provider', 'key', 'operations', ...FEATURES, 'list', 'families'];
  return [
    `| ${head.join(' | ')} |`,
    `|${head.map((_, at) => (at > 2 && at < head.length - 1 ? ':-:' : '---')).join('|')}|`,
    ...backends.map(rowOf),
  ].join('\n');
}

function rowOf(backend: BackendFacts): string {
  const { id, name, website, key, env, operations, features, lists } = backend;
  const variables = env?.map((variable) => `\`${variable}\``).join(' or ') ?? 'none';
  const cells = [
    `[${name}](${website}) \`${id}\``,
    key === 'optional' ? `${variables}, optional` : variables,
    operations.join(', '),
    ...FEATURES.map((feature) => (features?.includes(feature) ? '✓' : '')),
    lists ? '✓' : '',
    familiesOf(backend).join(', ') || 'its own ids',
  ];
  return `| ${cells.join(' | ')} |`;
}

function byWire(backends: readonly BackendFacts[]): ReadonlyMap<string, readonly string[]> {
  const wires = new Map<string, string[]>();
  for (const { id, wire = 'its own' } of backends) wires.set(wire, [...(wires.get(wire) ?? []), id]);
  return wires;
}
