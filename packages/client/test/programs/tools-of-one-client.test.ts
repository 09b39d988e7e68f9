// Tools in AsyncClient, where they run side by side and can be given up, and in Client, where they are plain functions.
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { tool } from '../../src/programs/tools/tool.ts';
import type { RunToolsParams } from '../../src/surface/programs.ts';
import { failureOf } from '../fake-provider.ts';
import { asked, asyncClient, client } from './both-clients.ts';
import { done, weather } from './tool-scripts.ts';

describe('AsyncClient', () => {
  const { runTools } = asyncClient.chat.completions;
  /** Tools that wait until they are let go. */
  const gate = (names: readonly string[]) => {
    const running: string[] = [];
    const opened = new Map<string, () => void>();
    let most = 0;
    const tools = names.map((name) =>
      tool({
        name,
        async execute() {
          running.push(name);
          most = Math.max(most, running.length);
          await new Promise<void>((open) => opened.set(name, open));
          running.splice(running.indexOf(name), 1);
          return name;
        },
      }),
    );
    return { tools, running, open: (name: string) => opened.get(name)?.(), most: () => most };
  };
  const callsOf = (names: readonly string[]) => ({ calls: names.map((name) => [name, name, '{}'] as const) });
  const turn = (): Promise<void> => new Promise((next) => setImmediate(next));
  const until = async (isTrue: () => boolean): Promise<void> => {
    while (!isTrue()) await turn();
  };

  it('runs at once as many tools as it may, and keeps the results in order', async () => {
    const names = ['a', 'b', 'c'];
    const { tools, running, open, most } = gate(names);
    const params: RunToolsParams = { ...asked(callsOf(names), done), tools, concurrency: 2 };
    const result = runTools(params);
    await until(() => running.length >= 2);
    expect(running).toEqual(['a', 'b']);
    open('b');
    await until(() => running.includes('c'));
    open('c');
    open('a');
    expect((await result).steps[0]?.results.map(({ value }) => value)).toEqual(names);
    expect(most()).toBe(2);
  });

  it('gives up a tool that never ends, tells it so, and tells the model', async () => {
    let reason: unknown;
    const never = tool({
      name: 'never',
      execute: (_args, { signal }) =>
        new Promise(() =>
          signal.addEventListener('abort', () => {
            reason = signal.reason;
          }),
        ),
    });
    const result = await runTools({ ...asked(callsOf(['never']), done), tools: [never], toolTimeout: 1 });
    expect(result.messages[2]).toMatchObject({ content: '{"error":"Error: it took longer than 1 ms"}' });
    expect(reason).toBeInstanceOf(Error);
    expect(result.stopReason).toBe('stop');
  });

  it('stops waiting for tools when the caller or the client ends the run, and says so to the tools', async () => {
    const leaving = new AbortController();
    const { tools, running } = gate(['a']);
    let isTold = false;
    const told = tool({
      name: 'b',
      execute: (_args, { signal }) =>
        new Promise(() =>
          signal.addEventListener('abort', () => {
            isTold = true;
          }),
        ),
    });
    const params = { ...asked(callsOf(['a', 'b']), done), tools: [...tools, told] };
    const result = runTools({ ...params, signal: leaving.signal });
    await until(() => running.length === 1);
    leaving.abort();
    expect(await failureOf(result)).toMatchObject({ code: 'aborted' });
    expect(isTold).toBe(true);
    const own = new AsyncClient({
      env: {},
      provider: new URL('../sync/fixtures/scripted.mjs', import.meta.url),
    });
    const other = own.chat.completions.runTools(params);
    await until(() => running.length === 2);
    own.close();
    expect(await failureOf(other)).toMatchObject({ code: 'aborted' });
  });

  it('ends the loop over a run that is stopped, though a tool goes on', async () => {
    const { tools, running } = gate(['a']);
    const stream = runTools({
      ...asked(callsOf(['a']), done),
      tools,
      toolTimeout: 0,
      stream: true,
    });
    const read = (async () => {
      for await (const _ of stream);
    })();
    await until(() => running.length === 1);
    stream.abort();
    await read;
    expect(await failureOf(stream.result())).toMatchObject({ code: 'aborted' });
  });

  it.each(['approve', 'onStep'])('stops waiting for %s when the run is ended', async (name) => {
    let waiting = 0;
    const hangs = {
      [name]() {
        waiting += 1;
        return new Promise(() => undefined);
      },
    };
    const params = {
      ...asked(callsOf(['a']), done),
      tools: [tool({ name: 'a', execute: () => 1 })],
      ...hangs,
    };
    const leaving = new AbortController();
    const left = runTools(params, { signal: leaving.signal });
    await until(() => waiting === 1);
    leaving.abort();
    expect(await failureOf(left)).toMatchObject({ code: 'aborted' });

    const own = new AsyncClient({
      env: {},
      provider: new URL('../sync/fixtures/scripted.mjs', import.meta.url),
    });
    const closed = own.chat.completions.runTools(params);
    await until(() => waiting === 2);
    own.close();
    expect(await failureOf(closed)).toMatchObject({ code: 'aborted' });

    const stream = runTools({ ...params, stream: true });
    const read = (async () => {
      for await (const _ of stream);
    })();
    await until(() => waiting === 3);
    stream.abort();
    await read;
    expect(await failureOf(stream.result())).toMatchObject({ code: 'aborted' });
  });

  it('waits for a promise of onStep and approve before it goes on', async () => {
    const seen: string[] = [];
    const later = async (what: string): Promise<boolean> => {
      await turn();
      seen.push(what);
      return true;
    };
    await runTools({
      ...asked(callsOf(['a']), done),
      tools: [tool({ name: 'a', execute: () => void seen.push('run') })],
      approve: () => later('approved'),
      onStep: () => later('step'),
    });
    expect(seen).toEqual(['approved', 'run', 'step', 'step']);
  });
});

describe('Client', () => {
  const { runTools } = client.chat.completions;

  it('says that it cannot wait for a tool that returns a promise', async () => {
    const slow = tool({
      name: 'slow',
      async execute() {
        throw new Error('nobody listens to this, and it does not end the process');
      },
    });
    expect(
      await failureOf(() => runTools({ ...asked({ calls: [['1', 'slow', '{}']] }), tools: [slow] })),
    ).toMatchObject({
      code: 'invalid-request',
      message:
        'Client: the tool "slow" returned a promise, for which a blocked thread cannot wait: give a plain function, or use AsyncClient.',
    });
  });

  it('refuses a limit of time that it cannot keep', async () => {
    const params = { ...asked(done), tools: [weather()], toolTimeout: 5 };
    expect((await failureOf(() => runTools(params))).message).toMatch(/^Client: toolTimeout cannot be kept/);
  });
});
