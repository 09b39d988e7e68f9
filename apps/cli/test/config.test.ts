// What is settled for all questions: how it is set and taken back, and what is wrong with it.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type FakeOpenAI, startFakeOpenAI } from '../../../scripts/fake-openai.ts';
import { createHome, type Home, run } from './typed.ts';
import { withService } from './with-service.ts';

let service: FakeOpenAI;
let home: Home;
withService(startFakeOpenAI, (made) => {
  ({ service, home } = made);
});

describe('g4f config', () => {
  it.each([
    ['provider', 'opnai', 'openai'],
    ['fallback', 'locall', 'local'],
    ['fallback', 'grop:llama-3.3-70b', 'groq'],
    ['provider', 'mime', 'mine'],
  ])('a %s that there is not is refused with the nearest name: %s', async (field, value, meant) => {
    const { env, remove } = await createHome();
    await run(['config', 'set', 'backends', '[{ id: mine, baseURL: "http://127.0.0.1:1" }]'], env);
    expect(await run(['config', 'set', field, value], env)).toMatchObject({
      code: 2,
      stderr: `g4f: there is no provider "${value.split(':')[0]}"; did you mean "${meant}"? "g4f providers" lists them\n`,
    });
    expect((await run(['config', 'set', field, meant], env)).code).toBe(0);
    expect((await run(['config', 'get', field], env)).stdout).toBe(`${meant}\n`);
    await remove();
  });

  it('a configuration is used, checked when it is set, and keeps its comments', async () => {
    const own = await createHome();
    const env = { ...home.env, HOME: own.folder };
    await mkdir(join(own.folder, '.config/g4f'), { recursive: true });
    const file = join(own.folder, '.config/g4f/config.yaml');
    await writeFile(file, '# mine\nsystem: Be brief.\n');
    expect((await run(['config', 'set', 'model', 'gpt-5.4'], env)).code).toBe(0);
    expect(await readFile(file, 'utf8')).toBe('# mine\nsystem: Be brief.\nmodel: gpt-5.4\n');
    expect(await run(['config', 'set', 'log', 'perhaps'], env)).toMatchObject({
      ...{ code: 2, stderr: 'g4f: config: "log" must be true or false\n' },
    });
    const rows = await run(
      ['config', 'set', 'backends', '[{ id: mine, baseUrl: "http://127.0.0.1:1" }]'],
      env,
    );
    expect(rows).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^g4f: config: backends\[0\].*baseURL/),
    });
    expect(await run(['hi'], env)).toMatchObject({ code: 0, stderr: '' });
    expect(service.requests.at(-1)?.body).toMatchObject({
      ...{ model: 'gpt-5.4', messages: [{ role: 'system', content: 'Be brief.' }, {}] },
    });
    await own.remove();
  });

  it('a field that is not set may be taken out of a configuration, and one that there is not may not', async () => {
    const own = await createHome();
    const env = { ...home.env, HOME: own.folder };
    const unset = (field: string) => run(['config', 'unset', field], env);
    expect(await unset('model')).toMatchObject({ code: 0, stderr: '' });
    expect((await run(['config', 'set', 'model', 'gpt-5.4'], env)).code).toBe(0);
    for (let times = 0; times < 2; times += 1)
      expect(await unset('model')).toMatchObject({ code: 0, stderr: '' });
    expect(await unset('modle')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^g4f: there is no "modle"/),
    });
    await own.remove();
  });
});
