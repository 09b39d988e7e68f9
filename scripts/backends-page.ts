// docs/backends.md: what each backend can do, generated from the backend files.
import type { BackendFacts } from './backend-facts.ts';

const FEATURES = ['tools', 'images', 'audio', 'files', 'json-schema', 'reasoning'] as const;
const ON_THIS_MACHINE = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])/;

/** The page, whole. */
export const renderBackendsPage = (backends: readonly BackendFacts[]): string => {
  const [near, far] = [backends.filter(isNear), backends.filter((facts) => !isNear(facts))];
  return `# What each backend can do

Generated from \`packages/providers/src/backends/\` by \`npm run generate\`; do not edit.

Every backend streams. A column says what the service's chat takes besides text, as its documentation tells; whether a certain model of it does is the service's to say. What a backend has no place for is not sent, and named in the \`warnings\` of the first chunk.
\`list\` means that \`models.list({ provider })\` asks the service itself.

## Services

${tableOf(far)}

## On your machine

They need no key unless they were started with one. \`discover()\` of \`@g4f/providers\` finds those that are running.

${tableOf(near)}

## Wires

A wire is the protocol a backend speaks; a row of your configuration may name any of them.

| wire | backends |
|---|---|
${[...byWire(backends)].map(([wire, ids]) => `| \`${wire}\` | ${ids.join(', ')} |`).join('\n')}
`;
};

const isNear = ({ baseURL }: BackendFacts): boolean => baseURL === undefined || ON_THIS_MACHINE.test(baseURL);

function tableOf(backends: readonly BackendFacts[]): string {
  const head = ['backend', 'key', ...FEATURES, 'list', 'families'];
  return [
    `| ${head.join(' | ')} |`,
    `|${head.map((_, at) => (at > 1 && at < head.length - 1 ? ':-:' : '---')).join('|')}|`,
    ...backends.map(rowOf),
  ].join('\n');
}

function rowOf({ id, name, website, key, env, features, lists, models }: BackendFacts): string {
  const variables = env?.map((variable) => `\`${variable}\``).join(' or ') ?? 'none';
  const cells = [
    `[${name}](${website}) \`${id}\``,
    key === 'optional' ? `${variables}, optional` : variables,
    ...FEATURES.map((feature) => (features?.includes(feature) ? '✓' : '')),
    lists ? '✓' : '',
    Object.keys(models).join(', ') || 'its own ids',
  ];
  return `| ${cells.join(' | ')} |`;
}

function byWire(backends: readonly BackendFacts[]): ReadonlyMap<string, readonly string[]> {
  const wires = new Map<string, string[]>();
  for (const { id, wire = 'its own' } of backends) wires.set(wire, [...(wires.get(wire) ?? []), id]);
  return wires;
}
