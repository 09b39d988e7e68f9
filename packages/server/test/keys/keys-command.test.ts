// `g4f-serve keys`, as an operator uses it beside a gateway.
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { runCommand } from '../../src/command/command.ts';
import { changeKey, createKey } from '../../src/keys/key-book.ts';
import { openState } from '../../src/state-engines/open-state.ts';
import { saying, start, stop, text, usage } from '../made-up.ts';
import { keyedGateway } from './keyed-gateway.ts';

const run = async (
  args: readonly string[],
  env: Record<string, string> = {},
  whenUp?: (url: string) => Promise<void>,
  folder = tmpdir(),
) => {
  let said = '';
  let printed = '';
  let end = (): void => undefined;
  const code = await runCommand(args, {
    env,
    version: '1.2.3',
    name: 'g4f-serve',
    folder,
    onReload: () => undefined,
    out(piece) {
      said += piece;
      const [, url] = / listens on (\S+)/.exec(piece) ?? [];
      if (url !== undefined) void (whenUp?.(url) ?? Promise.resolve()).finally(() => end());
    },
    print(piece) {
      printed += piece;
    },
    onSignal(stop) {
      end = stop;
    },
  });
  return { code, said, printed };
};

const folderOf = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'g4f-keys-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

it('makes keys that a running gateway takes at once, tells of them and ends them', async () => {
  const state = `sqlite:${join(await folderOf(), 'state.db')}`;
  const { ask } = await keyedGateway(saying([start()], [text('Hello')], [usage, stop]), { state });
  const keys = async (...args: string[]) => {
    const { code, said, printed } = await run(['keys', ...args, '--state', state]);
    expect([code, said]).toEqual([0, '']);
    return printed;
  };
  const limits = ['--limit', '60 requests/minute', '--limit', '0.5 dollars/day'];
  const made = await keys('create', '--name', 'Ann', '--model', 'model-*', ...limits);
  const [, key = '', id = ''] = /^(sk-g4f-\w{64})\n\nThis is the key (key_\w{16}) \(Ann\)/.exec(made) ?? [];
  expect((await ask(key)).status).toBe(200);
  expect(await keys('list')).toBe(
    [
      'ID                    NAME  KEY    MODELS   LIMITS                               EXPIRES  STATE',
      `${id}  Ann   …${key.slice(-4)}  model-*  60 requests/minute, 0.5 dollars/day  never    active`,
      '',
    ].join('\n'),
  );
  expect(await keys('show', id)).toMatch(/60 requests\/minute +1 +0 +20\d\d-/);
  expect(await keys('usage')).toMatch(/^OF +REQUESTS .*\nkey_\w{16} +1 +0 +11 +7 +0\n$/);
  expect(await keys('usage', '--by', 'day', '--to', '2020-01-01')).toBe('Nothing was used.\n');
  expect(JSON.parse(await keys('usage', '--by', 'request', '--json')).data).toMatchObject([
    { key: id, model: 'model-a', provider: 'made-up', operation: 'chat', status: 200, prompt_tokens: 11 },
  ]);
  expect(await keys('disable', id)).toContain('disabled');
  expect((await ask(key)).status).toBe(401);
  await keys('enable', id);
  expect((await ask(key)).status).toBe(200);
  const rotated = JSON.parse(await keys('rotate', id, '--json'));
  expect([(await ask(key)).status, (await ask(rotated.key)).status]).toEqual([401, 200]);
  expect(await keys('delete', id)).toBe(`${id} is deleted.\n`);
  expect((await ask(rotated.key)).status).toBe(401);
  // Its rows stay.
  expect(await keys('usage')).toContain(id);
});

it('says in one line what is wrong', async () => {
  const folder = await folderOf();
  const config = join(folder, 'server.json');
  await writeFile(config, '{"state": "memory"}');
  const state = ['--state', `sqlite:${join(folder, 'state.db')}`];
  for (const [args, why] of [
    [['creat'], /keys creat is not known: use create, list/],
    [['create', ...state], /name must be/],
    [['create', '--name', 'a', '--limit', 'lots', ...state], /--limit must be such as "60 requests\/minute"/],
    [
      ['create', '--name', 'a', '--limit', '5 euros/day', ...state],
      /an amount of one of requests, tokens, dollars/,
    ],
    [['create', '--name', 'a', '--limit', '5 tokens/year', ...state], /per must be one of minute/],
    [['create', '--name', 'a', '--expires', 'soon', ...state], /expires must be a time/],
    [['show', ...state], /takes the id of one key/],
    [['show', 'key_1', ...state], /There is no key with the id "key_1"/],
    [['list', 'key_1', ...state], /no further words/],
    [['list', '--by', 'day', ...state], /keys list takes no --by/],
    [['usage', '--by', 'week', ...state], /by must be one of key, model/],
    [['list', '--stat', 'x'], /--stat/],
    [['list', '--state', 'postgres://x'], /--state must say where keys are kept/],
    [['list', '--config', config], /use its admin API/],
    [['list'], /--state must say/],
  ] as const) {
    const { code, said, printed } = await run(['keys', ...args]);
    expect([args, code, printed]).toEqual([args, 1, '']);
    expect(said).toMatch(why);
    expect(said.trim().split('\n')).toHaveLength(1);
  }
  expect((await run(['keys', '--help'])).printed).toContain('keys create');
});

it('keeps keys in a file of the user’s own, which the server takes when it is there, unless told otherwise', async () => {
  const env = { XDG_STATE_HOME: await folderOf() };
  const statuses: number[] = [];
  const serve = (args: readonly string[]) =>
    run(['--port', '0', ...args], env, async (url) => {
      statuses.push((await fetch(`${url}/api/version`)).status);
    });
  await serve([]);
  await run(['keys', 'create', '--name', 'Ann'], env);
  const { said } = await serve([]);
  await serve(['--state', 'none']);
  await serve(['--state', 'memory']);
  expect(statuses).toEqual([200, 401, 200, 401]);
  expect(said).toMatch(/Callers need a key of sqlite:.*g4f.gateway\.db\./);
});

it('makes no state by looking for one, and takes that of the configuration where it is run', async () => {
  const folder = await folderOf();
  const env = { XDG_STATE_HOME: folder };
  const keys = (...args: string[]) => run(['keys', ...args], env, undefined, folder);
  for (const args of [['list'], ['usage'], ['disable', 'key_1']])
    expect(await keys(...args)).toMatchObject({
      code: 1,
      said: expect.stringMatching(/no key has been made/),
    });
  expect(await readdir(folder)).toEqual([]);
  const state = join(folder, 'ours.db');
  await writeFile(join(folder, 'g4f.config.yaml'), `state: sqlite:${state}\n`);
  expect(await keys('create', '--name', 'Ann')).toMatchObject({ code: 0 });
  expect((await keys('list')).printed).toContain('Ann');
  expect((await readdir(folder)).filter((name) => name === 'g4f')).toEqual([]);
});

it('lists a key whose time is over as expired', async () => {
  const url = `sqlite:${join(await folderOf(), 'state.db')}`;
  const state = await openState({ url, timeout: 5_000, days: 1 });
  const { id } = await createKey(state, { name: 'Ann' });
  await changeKey(state, id, { expires: '2020-01-01' });
  await state.close();
  expect((await run(['keys', 'list', '--state', url])).printed).toMatch(/2020-01-01\S* +expired/);
});
