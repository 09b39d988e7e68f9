// The engine answers one question at a time in a process of its own, and survives whatever happens there.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { ask as askEngine, closeEngines } from '../../../src/local/engine/engine.ts';
import type { EngineReport } from '../../../src/local/engine/engine-messages.ts';
import { FAKE_CONTEXT, fakeRuntime } from '../fake-runtime.ts';

afterEach(closeEngines);

/** Runs a file of ours in a program of its own. */
const runner = fileURLToPath(new URL('../../../../../scripts/run.mjs', import.meta.url));

const orphan = '../packages/providers/test/local/orphan';

/** Whether no such process runs; one that nobody has asked how it ended counts as gone. */
const isGone = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
};

const choosing = {
  temperature: 0.5,
  topP: 0.9,
  topK: 3,
  minP: 0.1,
  seed: 7,
  repeatPenalty: 1.1,
  frequencyPenalty: 0.2,
  presencePenalty: 0.3,
};

/** What programs keep in their environment that is nobody's business but theirs. */
const secrets = {
  ...{ OPENAI_API_KEY: 'sk-secret', OPENAI_API_KEYS: 'sk-1,sk-2', AWS_ACCESS_KEY_ID: 'AKIA' },
  ...{
    PGPASSWORD: 'p',
    DATABASE_URL: 'postgres://u:p@db',
    MY_OWN_ROW: 'row',
    PIP_INDEX_URL: 'https://u:p@m',
  },
  ...{ HTTPS_PROXY: 'http://u:p@proxy', NODE_OPTIONS: '--no-warnings', npm_config__auth: 'a' },
};

/** Asks one engine for vectors, with the fallback for the runtime. */
const newEmbedding = (operation: 'embed' | 'chat' = 'embed') => {
  const load = { runtime: fakeRuntime(), model: 'fine', operation, mostContextTokens: 256, threads: 1 };
  const env = { PATH: process.env.PATH };
  const ask = (texts: readonly string[], signal = new AbortController().signal) =>
    askEngine({ load, env, signal, order: { kind: 'embed', texts } });
  const reports = async (...question: Parameters<typeof ask>): Promise<EngineReport[]> => {
    const all: EngineReport[] = [];
    for await (const batch of ask(...question)) all.push(...batch);
    return all;
  };
  return { ask, reports };
};

/** Asks questions of one engine with the fallback for the runtime. */
const newEngine = (model = 'fine') => {
  const load = {
    runtime: fakeRuntime(),
    model,
    operation: 'chat',
    mostContextTokens: 8192,
    threads: 1,
  } as const;
  const env = { PATH: process.env.PATH, ...secrets };
  const ask = (text: string, signal = new AbortController().signal, maxTokens = 1000) =>
    askEngine({
      load,
      env,
      signal,
      order: { kind: 'generate', messages: [{ type: 'user', text }], choosing, maxTokens },
    });
  const reports = async (...question: Parameters<typeof ask>): Promise<EngineReport[]> => {
    const all: EngineReport[] = [];
    for await (const batch of ask(...question)) all.push(...batch);
    return all;
  };
  const answer = async (...question: Parameters<typeof ask>): Promise<string> =>
    (await reports(...question)).map((report) => (report.kind === 'text' ? report.text : '')).join('');
  return { ask, reports, answer };
};

describe('generate', () => {
  it('reports the prompt, whole characters with their tokens, and the end', async () => {
    expect(await newEngine().reports('say aé€🎉')).toEqual([
      { kind: 'prompt', tokens: 14 },
      { kind: 'text', text: 'a', tokens: 1 },
      { kind: 'text', text: 'é', tokens: 2 },
      { kind: 'text', text: '€', tokens: 3 },
      { kind: 'text', text: '🎉', tokens: 4 },
      { kind: 'end', reason: 'stop' },
    ]);
  });

  it('ends after the most tokens, and shows no half of a character', async () => {
    const reports = await newEngine().reports('say ab🎉', undefined, 4);
    expect(reports.slice(-2)).toEqual([
      { kind: 'text', text: '', tokens: 2 },
      { kind: 'end', reason: 'length' },
    ]);
    expect(JSON.stringify(reports)).not.toContain('\uFFFD');
  });

  it('never goes beyond what the model was trained for', async () => {
    const { reports } = newEngine();
    const tooLong = 'x'.repeat(FAKE_CONTEXT);
    expect(await reports(tooLong)).toEqual([{ kind: 'too-long', tokens: FAKE_CONTEXT, limit: FAKE_CONTEXT }]);
    const nearly = await reports('x'.repeat(FAKE_CONTEXT - 2));
    expect(nearly.filter(({ kind }) => kind === 'text')).toHaveLength(2);
    expect(nearly.at(-1)).toEqual({ kind: 'end', reason: 'length' });
  });

  it('hands the sampling on', async () => {
    const { repeatPenalty, frequencyPenalty, presencePenalty, ...rest } = choosing;
    const penalties = { penalty: repeatPenalty, frequencyPenalty, presencePenalty };
    expect(JSON.parse(await newEngine().answer('sampling'))).toEqual({
      ...rest,
      repeatPenalty: { ...penalties, punishTokens: [], maxPunishTokens: 64 },
    });
  });

  it('answers one after the other in one process, which knows no key', async () => {
    const { answer } = newEngine();
    const [one, two, keys] = await Promise.all([answer('pid'), answer('pid'), answer('keys')]);
    expect(one).toBe(two);
    expect(Number(one)).not.toBe(process.pid);
    expect(keys.split(' ')).toContain('PATH');
    for (const name of Object.keys(secrets)) expect(keys.split(' ')).not.toContain(name);
  });

  it('stops when the reader leaves, and answers the next one in the same process', async () => {
    const { ask, answer } = newEngine();
    const pid = await answer('pid');
    for await (const batch of ask('for ever')) if (batch.some(({ kind }) => kind === 'text')) break;
    expect(await answer('pid')).toBe(pid);
  });

  it('throws at once when the signal is aborted, and answers the next one in the same process', async () => {
    const { ask, answer } = newEngine();
    const pid = await answer('pid');
    const leave = new AbortController();
    const read = async (): Promise<void> => {
      for await (const batch of ask('for ever', leave.signal)) {
        if (batch.some(({ kind }) => kind === 'text')) leave.abort();
      }
    };
    await expect(read()).rejects.toMatchObject({ code: 'aborted' });
    expect(await answer('pid')).toBe(pid);
  });

  it('lets one who waits for a turn leave without disturbing the others', async () => {
    const { ask, answer } = newEngine();
    const first = ask('for ever');
    await first.next();
    const leave = new AbortController();
    const second = answer('say second', leave.signal);
    const third = answer('say third');
    leave.abort();
    await expect(second).rejects.toMatchObject({ code: 'aborted' });
    await first.return(undefined);
    expect(await third).toBe('third');
  });

  it('ends a process that does not stop, and the next one gets a new one', async () => {
    const { ask, answer } = newEngine();
    const pid = await answer('pid');
    const leave = new AbortController();
    const stuck = (async () => {
      for await (const _ of ask(`never read ${'x'.repeat(200)}`, leave.signal)) leave.abort();
    })();
    const next = answer('pid');
    await expect(stuck).rejects.toMatchObject({ code: 'aborted' });
    expect(await next).toMatch(/^\d+$/);
    expect(await next).not.toBe(pid);
    expect(() => process.kill(Number(pid), 0)).toThrow(/ESRCH/);
  });

  it('says how the process ended when it crashes, and starts another for the next question', async () => {
    const { answer } = newEngine();
    await expect(answer('crash')).rejects.toMatchObject({
      code: 'server',
      message: expect.stringMatching(/it ended with SIGKILL \(ggml: something is badly wrong\)/),
    });
    expect(await answer('say hello')).toBe('hello');
  });

  it('reports what the runtime throws, and goes on', async () => {
    const { reports, answer } = newEngine();
    expect((await reports('throw')).at(-1)).toEqual({ kind: 'failed', message: 'RangeError: no such thing' });
    expect(await answer('say hello')).toBe('hello');
  });

  it.each([
    '{"kind":"vector","tokens":1,"numbers":[1,null]}',
    '{"kind":"vector","tokens":1,"numbers":"1"}',
    'null',
    '7',
    '"end"',
    '[]',
    '{}',
    '{"kind":"text"}',
    '{"kind":"toString"}',
    '{"kind":{"a":1}}',
  ])('does not mind that a module of the runtime sends %s over the channel', async (message) => {
    const reports = await newEngine().reports(`post ${message}`);
    expect(reports.map(({ kind }) => kind)).toEqual([
      'prompt',
      ...'posted'.split('').map(() => 'text'),
      'end',
    ]);
  });

  it.skipIf(process.platform === 'win32')(
    'is gone when the program that started it was killed, though it computes without a pause',
    async () => {
      const parent = spawn(process.execPath, [runner, orphan, fakeRuntime()]);
      onTestFinished(() => void parent.kill('SIGKILL'));
      let said = '';
      parent.stdout.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
      await expect.poll(() => said).toMatch(/^\d+ blocked$/);
      const pid = Number.parseInt(said, 10);
      onTestFinished(() => {
        if (!isGone(pid)) process.kill(pid, 'SIGKILL');
      });
      expect(isGone(pid)).toBe(false);
      parent.kill('SIGKILL');
      await expect.poll(() => isGone(pid)).toBe(true);
    },
  );

  it('says what to do when the runtime lacks its native part', async () => {
    await expect(newEngine('bad').answer('say hello')).rejects.toMatchObject({
      code: 'no-provider',
      message: expect.stringMatching(/local-runtime has no native part for \w+ on \w+ here/),
    });
  });
});

describe('embed', () => {
  it('reports a vector for each text, as the model gives it, and the end', async () => {
    expect(await newEmbedding().reports(['b', 'abc'])).toEqual([
      { kind: 'vector', numbers: [98, 1], tokens: 3 },
      { kind: 'vector', numbers: [97, 3], tokens: 5 },
      { kind: 'end', reason: 'stop' },
    ]);
    expect(await newEmbedding().reports([])).toEqual([{ kind: 'end', reason: 'stop' }]);
  });

  it('reports the first text that is longer than was allowed, and computes nothing', async () => {
    const texts = ['crash', 'x'.repeat(254), 'x'.repeat(255), 'x'.repeat(256)];
    expect(await newEmbedding().reports(texts)).toEqual([
      { kind: 'text-too-long', index: 2, tokens: 257, limit: 256 },
    ]);
  });

  it('stops between two texts when the signal is aborted, and answers the next one in the same process', async () => {
    const { ask, reports } = newEmbedding();
    const before = await reports(['pid']);
    const leave = new AbortController();
    const read = async (): Promise<void> => {
      for await (const batch of ask(['b', ...Array.from({ length: 100_000 }, () => 'c')], leave.signal))
        if (batch.some(({ kind }) => kind === 'vector')) leave.abort();
    };
    await expect(read()).rejects.toMatchObject({ code: 'aborted' });
    expect(await reports(['pid'])).toEqual(before);
  });

  it('ends a process that does not stop in the middle of a text, and the next one gets a new one', async () => {
    const { ask, reports } = newEmbedding();
    const before = await reports(['pid']);
    for await (const batch of ask(['b', 'never'])) if (batch.some(({ kind }) => kind === 'vector')) break;
    const after = await reports(['pid']);
    expect(after).toMatchObject([{ kind: 'vector' }, { kind: 'end' }]);
    expect(after).not.toEqual(before);
  });

  it('is no question for a model that was loaded to chat', async () => {
    expect(await newEmbedding('chat').reports(['b'])).toEqual([
      { kind: 'failed', message: 'TypeError: the model was loaded for "generate"' },
    ]);
  });
});
