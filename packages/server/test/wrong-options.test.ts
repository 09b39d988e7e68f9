// Options that are not what they must be: each is told by its name, never by an error of our own code.
import { isG4FError } from '@g4f/core';
import { expect, it } from 'vitest';
import { createHandler, serve } from '../src/index.ts';

const OF_HANDLER = [
  ...['client', 'providers', 'models', 'keys', 'state', 'onStateDown', 'stateTimeout', 'ledgerDays'],
  ...['adminKey', 'cors', 'hosts', 'bodyLimit', 'bodyTimeout', 'keepAlive', 'responses', 'sharedCache'],
  ...['metrics', 'page', 'onRequest'],
];
const OF_SERVER = ['port', 'host', 'insecure', 'logging'];
const VALUES = [null, 5, 'x', {}, [], true];

const made = (...values: readonly unknown[]) => values.map((value) => JSON.stringify(value));

/** What is not refused, because it is meant or means nothing. */
const TAKEN: Readonly<Record<string, readonly string[]>> = {
  client: made({}),
  providers: made([]),
  models: made({}),
  keys: made([]),
  stateTimeout: made(5),
  ledgerDays: made(5),
  cors: made([], true),
  hosts: made([]),
  bodyLimit: made(5),
  bodyTimeout: made(5),
  keepAlive: made(5),
  metrics: made({}, true),
  page: made({}, []),
  port: made(5),
  insecure: made(true),
  logging: made({}, true),
};

const cases = (names: readonly string[]) =>
  names.flatMap((name) => VALUES.map((value) => [name, JSON.stringify(value), value] as const));

/** The message that refuses it, or `taken`. What is no option's fault, such as a port that may not be used, counts as taken. */
const told = async (start: () => unknown): Promise<string> => {
  try {
    await start();
    return 'taken';
  } catch (error) {
    if (!isG4FError(error)) return `no G4FError: ${String(error)}`;
    return error.message.includes(' must be ') ? `${error.code}: ${error.message}` : 'taken';
  }
};

const expected = (name: string, text: string): unknown =>
  TAKEN[name]?.includes(text)
    ? 'taken'
    : expect.stringMatching(new RegExp(`^invalid-request: server: ${name}\\b.* must be `));

it.each(cases(OF_HANDLER))('createHandler: %s as %s', async (name, text, value) => {
  expect(await told(() => createHandler({ [name]: value }))).toEqual(expected(name, text));
});

it.each(cases([...OF_SERVER, ...OF_HANDLER]))('serve: %s as %s', async (name, text, value) => {
  const start = async () => (await serve({ port: 0, logging: false, [name]: value })).close(0);
  expect(await told(start)).toEqual(expected(name, text));
});

it.each([null, 5, 'x', true].map((value) => [JSON.stringify(value), value] as const))(
  'no options at all: %s',
  async (_, value) => {
    for (const start of [() => createHandler(value as never), () => serve(value as never)])
      expect(await told(start)).toMatch(/^invalid-request: server: the options must be an object/);
  },
);
