// Tools of a server that is a process: what they give, and what becomes of a server that misbehaves.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { mcpTools } from '../../src/index.ts';
import { call, closeToolsets, open, toolOf } from './toolset.ts';

afterEach(closeToolsets);

describe('tools', () => {
  it('have the server’s name before theirs, its description and its schema', async () => {
    const set = await open();
    expect(toolOf(set, 'add').function).toMatchObject({
      name: 'fix__add',
      description: 'Adds.',
      parameters: { type: 'object', properties: { a: { type: 'number' } }, required: ['a', 'b'] },
    });
  });

  it('have names that every service takes, and no two the same', async () => {
    const names = (await open()).tools.map(({ function: { name } }) => name);
    expect(names.filter((name) => !/^[a-zA-Z0-9_-]{1,64}$/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    expect(names.some((name) => /^fix__odd_name_x+_[0-9a-f]{8}$/.test(name))).toBe(true);
  });

  it('have facts by the names that the model knows', async () => {
    const set = await open();
    expect(set.factsOf('fix__wipe')).toEqual({
      ...{ server: 'fix', name: 'wipe', isReadOnly: false, isDestructive: true },
    });
    expect(set.factsOf('fix__look')).toMatchObject({ isReadOnly: true });
    expect(set.factsOf('wipe')).toBeUndefined();
  });

  it('give their text, or their structured content', async () => {
    const set = await open();
    expect(await call(set, 'add', { a: 2, b: 3 })).toBe('5');
    expect(await call(set, 'structured')).toEqual({ degrees: 20 });
    expect(await call(set, 'picture')).toBe('[image, image/png, not shown]\na cat');
  });

  it('that give very much are cut, and it is said', async () => {
    const given = String(await call(await open(), 'long'));
    expect(given).toMatch(/^x{200000}\n\[100000 more characters were left out\]$/);
  });

  it('that fail, or get wrong arguments, say why', async () => {
    const set = await open();
    await expect(call(set, 'fail')).rejects.toMatchObject({
      code: 'bad-response',
      message: /the tool fail failed: no such row/,
    });
    await expect(call(set, 'add', { a: 'two' })).rejects.toMatchObject({
      message: /the tool add failed: .*Input validation/,
    });
  });

  it('see no key of the program, and what they are given', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'sk-of-the-program');
    const set = await mcpTools({
      name: 'fix',
      command: process.execPath,
      args: [new URL('../fixtures/server.mjs', import.meta.url).pathname],
      env: { OWN: 'given' },
    });
    const environment = JSON.parse(String(await call(set, 'environment')));
    await set.close();
    vi.unstubAllEnvs();
    expect(environment).toMatchObject({ OWN: 'given', PATH: process.env.PATH });
    expect(environment).not.toHaveProperty('OPENAI_API_KEY');
  });
});

describe('approval', () => {
  it('is needed for what is marked destructive', async () => {
    const set = await open();
    await expect(call(set, 'wipe')).rejects.toMatchObject({
      message: /marked destructive and was not run: give approve/,
    });
    expect(await call(set, 'add', { a: 1, b: 1 })).toBe('2');
  });

  it('is asked for what is not marked as harmless, with the arguments', async () => {
    const approve = vi.fn(({ name }) => name === 'wipe');
    const set = await open([], { approve });
    expect(await call(set, 'wipe', { all: true })).toBe('wiped');
    expect(await call(set, 'look')).toBe('looked');
    expect(await call(set, 'tidy')).toBe('tidied');
    await expect(call(set, 'add', { a: 1, b: 1 })).rejects.toMatchObject({ message: /did not allow/ });
    expect(approve.mock.calls).toEqual([
      [{ server: 'fix', name: 'wipe', isReadOnly: false, isDestructive: true }, { all: true }],
      [
        { server: 'fix', name: 'add', description: 'Adds.', isReadOnly: false },
        { a: 1, b: 1 },
      ],
    ]);
  });
});

describe('a server', () => {
  it('that dies fails the call, and is started anew by the next', async () => {
    const set = await open();
    await expect(call(set, 'die')).rejects.toMatchObject({
      code: 'network',
      message: /connection ended\. The next call/,
    });
    const both = await Promise.all([call(set, 'add', { a: 1, b: 2 }), call(set, 'add', { a: 3, b: 4 })]);
    expect(both).toEqual(['3', '7']);
  });

  it('that hangs is given up, and told', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'g4f-mcp-'));
    const file = join(folder, 'log');
    const set = await open(['good', file], { timeout: 50 });
    await expect(call(set, 'hang')).rejects.toMatchObject({
      code: 'timeout',
      message: /the tool hang took too long/,
    });
    await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toBe('cancelled\n');
    await rm(folder, { recursive: true });
  });

  it('is told of the caller’s signal', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'g4f-mcp-'));
    const file = join(folder, 'log');
    const set = await open(['good', file]);
    const controller = new AbortController();
    const hanging = call(set, 'hang', {}, controller.signal);
    // Another answer proves that the server has the first call.
    await call(set, 'add', { a: 1, b: 1 });
    controller.abort();
    await expect(hanging).rejects.toMatchObject({ code: 'aborted' });
    await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toBe('cancelled\n');
    await rm(folder, { recursive: true });
  });

  it('that floods is left', async () => {
    const set = await open();
    await expect(call(set, 'flood')).rejects.toMatchObject({
      code: 'bad-response',
      message: /more than 20000 messages without being asked/,
    });
    expect(await call(set, 'add', { a: 1, b: 1 })).toBe('2');
  });

  it('that writes a line without end is left', async () => {
    await expect(open(['endless-line'])).rejects.toMatchObject({ code: 'network' });
  });

  it('that writes noise between messages is understood', async () => {
    expect(await call(await open(['noise']), 'add', { a: 1, b: 1 })).toBe('2');
  });

  it('that writes its log to its standard output, a line for each of thousands of steps, is understood', async () => {
    const set = await open();
    expect(await call(set, 'chatter')).toBe('done');
    expect(await call(set, 'chatter')).toBe('done');
  });

  it('that changes its tools has the new ones', async () => {
    const set = await open();
    const names = () => set.tools.map(({ function: { name } }) => name);
    await call(set, 'change');
    await expect.poll(names).toContain('fix__new-1');
    const old = toolOf(set, 'change');
    await call(set, 'change');
    await expect.poll(names).toContain('fix__new-2');
    await expect.poll(names).not.toContain('fix__change');
    const context = {
      signal: new AbortController().signal,
      call: { id: 'c', type: 'function' as const, function: { name: 'x', arguments: '' } },
    };
    await expect(old.execute({}, context)).rejects.toMatchObject({ message: /change/ });
  });

  it('that dies at its start, or never answers, or is not there, is told', async () => {
    await expect(open(['dead'])).rejects.toMatchObject({
      code: 'network',
      message: /its last words: the database is missing/,
    });
    await expect(open(['silent'], { connectTimeout: 100 })).rejects.toMatchObject({
      code: 'timeout',
      message: /connecting took too long/,
    });
    await expect(mcpTools({ command: 'g4f-no-such-program' })).rejects.toMatchObject({
      code: 'invalid-request',
      message: /command is not there/,
    });
    await expect(open(['silent'], { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
      code: 'aborted',
    });
  });

  it('that was closed is not started again', async () => {
    const set = await open();
    await set.close();
    await expect(call(set, 'add', { a: 1, b: 1 })).rejects.toMatchObject({ message: /it was closed/ });
  });
});

describe('options that are wrong', () => {
  it.each([
    [{}, /command or url: one of them/],
    [{ command: 'x', url: 'http://x.example' }, /command or url/],
    [{ url: 'file:///x' }, /url: an address/],
    [{ command: 'x', args: 'y' }, /args: a list of texts/],
    [{ command: 'x', env: { A: 1 } }, /env: an object of texts/],
    [{ command: 'x', timeout: -1 }, /timeout: a whole number/],
    [{ command: 'x', approve: true }, /approve: a function/],
    [{ command: 'x', name: ' ' }, /name: a text/],
  ])('%j', async (options, message) => {
    await expect(mcpTools(options as Parameters<typeof mcpTools>[0])).rejects.toMatchObject({
      code: 'invalid-request',
      message,
    });
  });
});
