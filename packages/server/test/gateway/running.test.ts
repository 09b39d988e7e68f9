// A server while it runs: other options, its log, and who is in its way.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AsyncClient } from '@g4f/client';
import type { Batch } from '@g4f/core';
import { G4FError } from '@g4f/core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { serve } from '../../src/index.ts';
import { portOwner } from '../../src/node/port-owner.ts';
import { failing, gateway, madeUp, post, saying, start, stop, text, usedPort } from '../made-up.ts';
import { scratchFolder } from '../scratch.ts';

const hello = saying([start()], [text('Hello')], [stop]);
const chat = { model: 'model-a', messages: [{ role: 'user', content: 'Hello' }] };
const status = async (url: string, key: string): Promise<number> =>
  (await fetch(`${url}/v1/models`, { headers: { authorization: `Bearer ${key}` } })).status;

describe('reload', () => {
  it('gives new calls the new options, and drops no stream', async () => {
    let goOn = (): void => undefined;
    const told = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    async function* pausing(): AsyncGenerator<Batch> {
      yield [start()];
      yield [text('Hello')];
      await told;
      yield [text(', world'), stop];
    }
    const server = await gateway({ ...madeUp(pausing).options, keys: ['old'] });
    const headers = { authorization: 'Bearer old' };
    const stream = await post(`${server.url}/v1/chat/completions`, { ...chat, stream: true }, headers);
    server.reload({ ...madeUp(hello).options, keys: ['new'] });
    expect([await status(server.url, 'old'), await status(server.url, 'new')]).toEqual([401, 200]);
    goOn();
    expect(await stream.text()).toMatch(/Hello[\s\S]*, world[\s\S]*\[DONE\]/);
  });

  it('keeps what the server has learnt, and all as it was where the options are wrong', async () => {
    const server = await gateway({ ...madeUp(hello).options, metrics: true });
    const made = await post(`${server.url}/v1/responses`, { model: 'model-a', input: 'One' });
    const { id } = (await made.json()) as { id: string };
    server.reload({ ...madeUp(hello).options, metrics: true });
    expect((await fetch(`${server.url}/v1/responses/${id}`)).status).toBe(200);
    expect(await (await fetch(`${server.url}/metrics`)).text()).toMatch(
      /route="\/v1\/responses",status="200"/,
    );
    expect(() => server.reload({ bodyLimit: -1 })).toThrow(/bodyLimit/);
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
  });

  it('opens nothing to everybody', async () => {
    const server = await gateway({ ...madeUp(hello).options, host: '0.0.0.0', keys: ['k'] });
    expect(() => server.reload(madeUp(hello).options)).toThrow(/keys/);
    expect(await status(`http://127.0.0.1:${server.port}`, 'x')).toBe(401);
  });

  it('takes no keys away and lets everybody in, unless it is told that this is meant', async () => {
    const server = await gateway({ ...madeUp(hello).options, keys: ['k'] });
    expect(() => server.reload(madeUp(hello).options)).toThrow(/keys must/);
    expect(await status(server.url, 'x')).toBe(401);
    server.reload({ ...madeUp(hello).options, insecure: true });
    expect(await status(server.url, 'x')).toBe(200);
  });

  it('closes the client of the options that nobody uses any more, with its last answer', async () => {
    const closing = vi.spyOn(AsyncClient.prototype, 'close');
    onTestFinished(() => closing.mockRestore());
    let goOn = (): void => undefined;
    const told = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    async function* pausing(): AsyncGenerator<Batch> {
      yield [start(), text('old')];
      await told;
      yield [stop];
    }
    const server = await gateway(madeUp(pausing).options);
    const stream = await post(`${server.url}/v1/chat/completions`, { ...chat, stream: true });
    server.reload(madeUp(hello).options);
    expect(closing).not.toHaveBeenCalled();
    goOn();
    expect(await stream.text()).toContain('[DONE]');
    await expect.poll(() => closing.mock.calls.length).toBe(1);
    // Nobody asked the second one.
    server.reload(madeUp(hello).options);
    expect(closing).toHaveBeenCalledTimes(2);
  });
});

describe('logging', () => {
  it('writes a line for each request, without prompts and keys', async () => {
    const file = join(await scratchFolder(), 'requests.log');
    const broken = failing(new G4FError('secret words', { code: 'network' }), [start()], [text('Half')]);
    const server = await serve({
      ...madeUp(broken).options,
      port: 0,
      logging: { file },
      keys: ['secret-key-of-a-caller'],
    });
    const headers = { authorization: 'Bearer secret-key-of-a-caller' };
    const body = {
      model: 'sk-live-0123456789abcdef0123456789',
      stream: true,
      messages: [{ role: 'user', content: 'secret prompt' }],
    };
    const answer = await post(`${server.url}/v1/chat/completions`, body, headers);
    await answer.text();
    await (await fetch(`${server.url}/v1/models`)).text();
    await server.close();
    const written = await readFile(file, 'utf8');
    const lines = written
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { level: 30, msg: `listens on ${server.url}` },
      {
        level: 50,
        requestId: answer.headers.get('x-request-id'),
        route: '/v1/chat/completions',
        status: 200,
        code: 'network',
        msg: 'request',
      },
      { level: 40, status: 401, code: 'invalid-key' },
    ]);
    expect(written).not.toMatch(/secret|sk-live/);
  });

  it.runIf(process.platform === 'linux')(
    'answers and ends though the disk is full, and says so once',
    async () => {
      const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
      onTestFinished(() => said.mockRestore());
      const server = await serve({ ...madeUp(hello).options, port: 0, logging: { file: '/dev/full' } });
      await expect.poll(() => said.mock.calls.length).toBe(1);
      for (let time = 0; time < 3; time += 1)
        expect((await post(`${server.url}/v1/chat/completions`, chat)).status).toBe(200);
      await server.close();
      expect(said.mock.calls).toEqual([[expect.stringMatching(/cannot write the log, .*ENOSPC/)]]);
    },
  );

  it('says at the start that the file cannot be written', async () => {
    await expect(serve({ port: 0, logging: { file: '/nowhere/at/all.log' } })).rejects.toThrow(
      /cannot write the log: .*logging\.file/,
    );
    await expect(serve({ port: 0, logging: { level: 'loud' } as never })).rejects.toThrow(
      /logging\.level must be one of/,
    );
  });
});

describe('a port in use', () => {
  it.runIf(process.platform === 'linux')('is told with the process that uses it', async () => {
    const port = await usedPort();
    expect(portOwner(port)).toEqual({ pid: process.pid, name: expect.any(String) });
    await expect(serve({ port })).rejects.toThrow(new RegExp(`in use by .* \\(process ${process.pid}\\)`));
  });

  it('is told without it where the system does not say', () => {
    expect(portOwner(1, '/nowhere')).toBeUndefined();
  });
});
