// Declaring a provider: a good one passes as it is, a bad fact is named.
import { expect, it } from 'vitest';
import type { Provider } from '../src/index.ts';
import { defineProvider, G4FError } from '../src/index.ts';

const GOOD: Provider = {
  id: 'acme-ai',
  name: 'Acme AI',
  website: 'https://acme.example/docs',
  key: 'required',
  env: ['ACME_API_KEY'],
  baseURL: 'https://api.acme.example/v1',
  models: { 'gpt-4': 'gpt-4' },
};

it('returns the very object it was given', () => {
  expect(defineProvider(GOOD)).toBe(GOOD);
});

it('needs neither an address nor a variable for a model in the process', () => {
  const inProcess: Provider = {
    id: 'local',
    name: 'L',
    website: 'https://l.example',
    key: 'none',
    models: {},
  };
  expect(defineProvider(inProcess)).toBe(inProcess);
});

it('takes an address without TLS: a server on this machine has none', () => {
  const server = { ...GOOD, baseURL: 'http://127.0.0.1:8000/v1' };
  expect(defineProvider(server)).toBe(server);
});

// Facts as JavaScript callers may give them: the types alone would refuse some of these.
it.each<[string, Readonly<Record<string, unknown>>]>([
  ['id', { id: 'Acme' }],
  ['id', { id: 'acme_ai' }],
  ['id', { id: '-acme' }],
  ['id', { id: '' }],
  ['id', { id: 7 }],
  ['name', { name: '' }],
  ['website', { website: 'acme' }],
  ['key', { key: 'maybe' }],
  ['env', { env: [] }],
  ['env', { env: undefined }],
  ['baseURL', { baseURL: 'api.acme.example' }],
  ['baseURL', { baseURL: 'ftp://acme.example' }],
  ['baseURL', { baseURL: 'xhttp://acme.example' }],
  ['baseURL', { baseURL: 'https://acme.example/v1/' }],
  ['models', { models: null }],
  ['models', { models: 'gpt-4' }],
])('names the fact that is wrong: %s of %j', (fact, facts) => {
  const declare = () => defineProvider(Object.assign({ ...GOOD }, facts));
  expect(declare).toThrow(G4FError);
  expect(declare).toThrow(new RegExp(`^provider .*: ${fact} must be .+\\.$`));
});
