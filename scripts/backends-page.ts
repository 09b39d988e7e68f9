// docs/backends.md: what each provider can do, generated from the provider files.
import { OPERATIONS } from '@g4f/core';
import { FACTS_READ } from '../packages/providers/src/models/index.ts';
import type { BackendFacts } from './backend-facts.ts';
import { endedFamilies } from './model-ends.ts';

const FEATURES = ['tools', 'images', 'audio', 'files', 'json-schema', 'reasoning'] as const;
const ON_THIS_MACHINE = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])/;

/** The methods of a client by the operation that they carry out, and what comes of them. */
const METHODS: Readonly<Record<string, readonly [methods: string, gives: string]>> = {
  chat: ['`chat.completions.create`', 'the answer of a model to a conversation'],
  embed: ['`embeddings.create`', 'vectors of texts'],
  moderate: ['`moderations.create`', 'what is objectionable in a text or a picture'],
  complete: ['`completions.create`', 'how a text goes on, or what stands between it and a suffix'],
  image: ['`images.generate`, `images.edit`, `images.createVariation`', 'pictures'],
  speech: ['`audio.speech.create`', 'a text read aloud'],
  transcribe: ['`audio.transcriptions.create`, `audio.translations.create`', 'what is said in a recording'],
  respond: ['`responses.create`', 'the answer of a model, as items'],
  storedResponse: [
    '`responses.retrieve`, `.cancel`, `.delete`, `.inputItems.list`',
    'a response that the service keeps, by its id',
  ],
};

/** @throws Error for an operation that has no line in the table above */
function methodOf(operation: string): string {
  const row = METHODS[operation];
  if (row === undefined)
    throw new Error(`scripts/backends-page.ts: say which method carries out ${operation}`);
  return row.join(' | ');
}

/** The page, whole. */
export const renderBackendsPage = (backends: readonly BackendFacts[]): string => {
  const [near, far] = [backends.filter(isNear), backends.filter((facts) => !isNear(facts))];
  const chats = backends.filter(({ operations }) => operations.includes('chat'));
  return `# What each provider can do

Generated from \`packages/providers/src/backends/\` by \`npm run generate\`; do not edit.

| operation | method | gives |
|---|---|---|
${OPERATIONS.map((operation) => `| \`${operation}\` | ${methodOf(operation)} |`).join('\n')}

What is marked below is checked by the test kit, with answers as the service documents them and with what services do wrong (the embedded model by tests of its own). \`list\` means that \`models.list({ provider })\` asks the service itself.

## Services

${table(far, OPERATION_COLUMNS)}

## On your machine

They need no key unless they were started with one. \`discover()\` of \`@g4f/providers\` finds those that are running.

${table(near, OPERATION_COLUMNS)}

## What their chats take

Every chat streams. The columns say what the service's chat takes besides text, as its documentation tells; whether a certain model of it does is the service's to say.

A request that needs what a provider does not declare (tools, images, audio, files, a JSON schema, a reasoning effort) goes to those that declare it first, in the order of the \`routing\` policy; the others are asked last, and if one of them answers, the \`warnings\` of the first chunk name what it may ignore. It is still sent what was asked for, unless its wire has no place for it: that is named in \`warnings\`, too. Where nothing of the last message of the user has a place (a question that is sound alone, or beside an empty text, for a service that takes none), whatever stands before and behind it, that provider is not asked: \`invalid-request\`, and the next one is. A provider of your own that declares no \`features\` is taken to have them all.

${table(chats, FEATURE_COLUMNS)}

## Families

The families of models that a provider offers, by operation. One that is not here takes its own ids alone; every other takes them as well.

${familyTable(backends)}

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

/** A column: its head, and what stands in it of a provider. A mark is centred. */
type Column = readonly [head: string, cell: (backend: BackendFacts) => string | boolean];

const PROVIDER: Column = ['provider', ({ id, name, website }) => `[${name}](${website}) \`${id}\``];

const OPERATION_COLUMNS: readonly Column[] = [
  PROVIDER,
  ...OPERATIONS.map((operation): Column => [operation, ({ operations }) => operations.includes(operation)]),
  ['list', ({ lists }) => lists],
  [
    'key',
    ({ env, key }) => {
      const variables = env?.map((variable) => `\`${variable}\``).join(' or ') ?? 'none';
      return key === 'optional' ? `${variables}, optional` : variables;
    },
  ],
];

const FEATURE_COLUMNS: readonly Column[] = [
  ['provider', ({ id }) => `\`${id}\``],
  ...FEATURES.map((feature): Column => [feature, ({ features }) => features?.includes(feature) === true]),
];

function table(backends: readonly BackendFacts[], columns: readonly Column[]): string {
  const [first] = backends;
  const isMark = columns.map(([, cell]) => first !== undefined && typeof cell(first) === 'boolean');
  const rows = backends.map((backend) =>
    columns.map(([, cell]) => {
      const text = cell(backend);
      return text === true ? '✓' : text === false ? '' : text;
    }),
  );
  return [
    `| ${columns.map(([head]) => head).join(' | ')} |`,
    `|${isMark.map((mark) => (mark ? ':-:' : '---')).join('|')}|`,
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n');
}

/** A row for each provider and operation that has families. */
const familyTable = (backends: readonly BackendFacts[]): string =>
  [
    '| provider | operation | families |',
    '|---|---|---|',
    ...backends.flatMap(({ id, models, modelsFor = {} }) =>
      Object.entries({ chat: models, ...modelsFor })
        .map(([operation, offered]) => [operation, Object.keys(offered).join(', ')] as const)
        .filter(([, families]) => families !== '')
        .map(([operation, families]) => `| \`${id}\` | ${operation} | ${families} |`),
    ),
  ].join('\n');

function byWire(backends: readonly BackendFacts[]): ReadonlyMap<string, readonly string[]> {
  const wires = new Map<string, string[]>();
  for (const { id, wire = 'its own' } of backends) wires.set(wire, [...(wires.get(wire) ?? []), id]);
  return wires;
}
