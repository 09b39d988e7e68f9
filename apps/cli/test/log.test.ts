// The log: nothing that was acknowledged is lost, whatever happens to the process or the file.
import { once } from 'node:events';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FAKE_PIECES, type FakeOpenAI, startFakeOpenAI } from '../../../scripts/fake-openai.ts';
import { newConversationId } from '../src/store/conversation-id.ts';
import { startScripted } from './scripted-service.ts';
import { createHome, type Home, run, start } from './typed.ts';
import { withService } from './with-service.ts';

let service: FakeOpenAI;
let home: Home;
withService(startFakeOpenAI, (made) => {
  ({ service, home } = made);
});

const entries = async (...args: readonly string[]) =>
  JSON.parse((await run(['log', '--json', ...args], home.env)).stdout);

it('keeps a question, finds it by its words, and goes on with its conversation', async () => {
  await run(['-q', '-s', 'Be brief.', 'undo the last commit'], home.env);
  await run(['-q', '-c', 'and in French?'], home.env);
  expect(service.requests.at(-1)?.body.messages).toEqual([
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'undo the last commit' },
    { role: 'assistant', content: FAKE_PIECES.join('') },
    { role: 'user', content: 'and in French?' },
  ]);
  const found = await entries('--search', 'commit und');
  expect(found).toMatchObject([
    { prompt: 'undo the last commit', status: 'ok', provider: 'openai', prompt_tokens: 3 },
  ]);
  expect(await entries('--cid', found[0].cid)).toHaveLength(2);
  expect(await entries('--search', '"commit" AND ( OR * NEAR')).toEqual([]);
});

it('writes nothing where it is told not to', async () => {
  const before = (await entries('-n', '1000')).length;
  await run(['-q', '--no-log', 'secret'], home.env);
  expect(await entries('-n', '1000')).toHaveLength(before);
});

it('has the question of a process that was killed', async () => {
  const slow = await startScripted((asked) => asked.say('a word'));
  const { child, ended } = start(['-q', 'will be killed'], { ...home.env, OPENAI_BASE_URL: slow.url });
  child.stdin.end();
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await ended;
  await slow.close();
  expect(await entries('--search', 'will be killed')).toMatchObject([{ status: 'running' }]);
});

it('is written by several processes at once', async () => {
  const questions = Array.from({ length: 6 }, (_, at) => `at once ${at}`);
  const ended = await Promise.all(questions.map((question) => run(['-q', question], home.env)));
  expect(ended.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
    questions.map(() => ({ code: 0, stderr: '' })),
  );
  const found: { readonly prompt: string }[] = await entries('--search', 'at once', '-n', '20');
  expect(found.map(({ prompt }) => prompt).sort()).toEqual(questions);
});

it('exports every entry as a line, and counts by model and day', async () => {
  const { stdout } = await run(['log', '--export'], home.env);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.length).toBe((await entries('-n', '1000')).length);
  const { models, days } = await entries('--stats');
  expect(models[0]).toMatchObject({ provider: 'openai', model: 'gpt-5.4-mini' });
  const counted = models.map(({ answers, failures, unfinished }: Record<string, number>) => [
    ...[answers, failures, unfinished],
  ]);
  expect(counted.flat().reduce((sum: number, count: number) => sum + count)).toBe(lines.length);
  expect(days).toHaveLength(1);
});

it('keeps a damaged file aside, says so, and begins a new one', async () => {
  const damaged = await createHome();
  const env = { ...home.env, HOME: damaged.folder };
  await run(['-q', 'first'], env);
  const folder = join(damaged.folder, '.local/share/g4f');
  // What SQLite keeps beside the file could mend it.
  for (const part of await readdir(folder)) await rm(join(folder, part));
  await writeFile(
    join(folder, 'log.db'),
    'this is no database, and long enough to be taken for one'.repeat(100),
  );
  const { code, stderr } = await run(['second'], env);
  expect(code).toBe(0);
  expect(stderr).toMatch(/the log is damaged\. It is kept as .*log\.db\.damaged-/);
  expect((await readdir(folder)).some((file) => file.startsWith('log.db.damaged-'))).toBe(true);
  expect(JSON.parse((await run(['log', '--json'], env)).stdout)).toMatchObject([{ prompt: 'second' }]);
  await damaged.remove();
});

it('names conversations so that their ids can be typed as the value of an option', () => {
  for (let at = 0; at < 1000; at++) expect(newConversationId()).toMatch(/^[a-z2-9]{8}$/);
});
