// A client's own providers: rows among its options, or in the file that G4F_CONFIG names.
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadRegistry } from '@g4f/providers/registry';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { failureOf, fakeProvider, saying } from '../fake-provider.ts';
import { type FakeService, startService } from '../fake-service.ts';

vi.mock('@g4f/providers/registry', async (original) => {
  const door = await original<typeof import('@g4f/providers/registry')>();
  return { ...door, loadRegistry: vi.fn(door.loadRegistry) };
});

let service: FakeService;
let folder: string;
beforeAll(async () => {
  service = await startService();
  folder = await mkdtemp(join(tmpdir(), 'g4f-config-'));
});
afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true, force: true });
});

const row = () => ({
  id: 'acme',
  baseURL: service.url,
  apiKeyEnv: 'ACME_KEY',
  models: { 'gpt-4': 'acme-4' },
});
const config = async (content: unknown): Promise<string> => {
  const path = join(folder, 'g4f.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const ask = (client: AsyncClient, more: object = {}) =>
  client.chat.completions.create({ model: 'gpt-4', messages: 'hi', ...more });

it('the registry is loaded by the first who needs it, once for all clients', async () => {
  const wellKnown = { env: { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: service.url } };
  await ask(new AsyncClient({ provider: fakeProvider('mine', saying('x')) }));
  await ask(new AsyncClient({ baseURL: service.url, env: {} }));
  expect(loadRegistry).not.toHaveBeenCalled();
  await ask(new AsyncClient(wellKnown));
  expect(await ask(new AsyncClient(wellKnown))).toMatchObject({ provider: 'openai' });
  expect(loadRegistry).toHaveBeenCalledOnce();
});

describe('a row', () => {
  it('answers for the families it offers, with its own key and its own id', async () => {
    const client = new AsyncClient({ backends: [row()], env: { ACME_KEY: 'k' } });
    expect(await ask(client)).toMatchObject({ provider: 'acme' });
    expect(service.requests.at(-1)).toMatchObject({
      headers: { authorization: 'Bearer k' },
      body: { model: 'acme-4' },
    });
  });

  it.each([{ provider: 'acme' }, { model: 'acme:gpt-4' }])('is chosen as any other: %j', async (choice) => {
    const client = new AsyncClient({ backends: [row()], env: {}, apiKey: { acme: 'k' } });
    expect(await ask(client, choice)).toMatchObject({ provider: 'acme' });
  });

  it('stands in the list of models', async () => {
    const { data } = await new AsyncClient({ backends: [row()], env: {} }).models.list();
    expect(data.find(({ id }) => id === 'gpt-4')?.providers).toContain('acme');
  });

  it('comes from a file that begins with a byte order mark, as some editors write it', async () => {
    const G4F_CONFIG = await config(`\uFEFF${JSON.stringify({ backends: [row()] })}`);
    expect(await ask(new AsyncClient({ env: { ACME_KEY: 'k', G4F_CONFIG } }))).toMatchObject({
      provider: 'acme',
    });
  });

  it('comes from the file in G4F_CONFIG as well', async () => {
    const env = { ACME_KEY: 'k', G4F_CONFIG: await config({ backends: [row()] }) };
    expect(await ask(new AsyncClient({ env }))).toMatchObject({ provider: 'acme' });
  });
});

describe('a mistake is named, with where it stands', () => {
  it.each<[string, unknown, string]>([
    [
      'an unknown field',
      { backends: [{ ...{ id: 'a', baseURL: 'http://a' }, modles: {} }] },
      'g4f.json[0]: there is no field "modles". Did you mean models?',
    ],
    ['no list', { backends: {} }, 'g4f.json must be a list of rows.'],
    ['no object', '[]', 'g4f.json (G4F_CONFIG) must hold an object'],
    ['no JSON', '{', 'g4f.json (G4F_CONFIG) is no JSON'],
    ['another field', { backend: [] }, 'there is no field "backend"; it may hold "backends"'],
    [
      'an id twice',
      {
        backends: [
          { id: 'a', baseURL: 'http://a' },
          { id: 'a', baseURL: 'http://b' },
        ],
      },
      'g4f.json[1]: id "a" is there twice.',
    ],
  ])('%s', async (_name, content, message) => {
    const G4F_CONFIG = await config(content);
    const error = await failureOf(() => ask(new AsyncClient({ env: { G4F_CONFIG } })));
    expect(error).toMatchObject({ code: 'invalid-request', message: expect.stringContaining(message) });
    expect(error.message).not.toContain('\n');
  });

  it('no such file', async () => {
    const error = await failureOf(() =>
      ask(new AsyncClient({ env: { G4F_CONFIG: join(folder, 'none.json') } })),
    );
    expect(error).toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('G4F_CONFIG cannot be read'),
    });
  });

  const special: [string, (path: string) => unknown, string][] = [
    ['a folder', (path) => mkdirSync(path), 'is a folder; it must be a file'],
    ['a pipe', (path) => execFileSync('mkfifo', [path]), 'is a pipe; it must be a file'],
    ['a device', (path) => symlinkSync('/dev/zero', path), 'is a device or a socket; it must be a file'],
    [
      'a file of 10 GB',
      (path) => {
        writeFileSync(path, '');
        truncateSync(path, 1e10);
      },
      'has more than 1048576 bytes',
    ],
    [
      'a file that is a little too long',
      (path) => writeFileSync(path, ' '.repeat(1_048_577)),
      'has more than',
    ],
  ];
  it.skipIf(process.platform === 'win32').each(special)(
    '%s is refused at once',
    async (name, make, message) => {
      const path = join(folder, name.replaceAll(' ', '-'));
      make(path);
      const error = await failureOf(() => ask(new AsyncClient({ env: { G4F_CONFIG: path } })));
      expect(error).toMatchObject({
        code: 'invalid-request',
        message: expect.stringMatching(
          /^the file in G4F_CONFIG cannot be read \(.*\)\. Correct the variable/,
        ),
      });
      expect(error.message).toContain(message);
    },
  );

  it.runIf(process.platform === 'linux')('a file that is longer than it says', async () => {
    const error = await failureOf(() => ask(new AsyncClient({ env: { G4F_CONFIG: '/proc/kallsyms' } })));
    expect(error.message).toContain('has more than 1048576 bytes');
  });

  it('a file may be as long as the limit', async () => {
    const text = JSON.stringify({ backends: [row()] });
    const G4F_CONFIG = await config(text + ' '.repeat(1_048_576 - text.length));
    expect(await ask(new AsyncClient({ env: { ACME_KEY: 'k', G4F_CONFIG } }))).toMatchObject({
      provider: 'acme',
    });
  });
});
