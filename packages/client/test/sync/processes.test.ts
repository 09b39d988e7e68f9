// Client works in every kind of program, never keeps one alive, and closes its connections when one ends.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixture, runCode, runProgram } from './program.ts';
import { type Service, startService } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const PIECES = 'piece 0 piece 1 piece 2 ';
const client = (): string => `import { Client } from '@g4f/client';
  const client = new Client({ baseURL: ${JSON.stringify(service.url)} });
  const ask = (model) => client.chat.completions.create({ model, messages: 'x', stream: true });
  const read = (model) => [...ask(model)].map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');`;

/** Waits, in this free thread, until the service has seen one more reader leave. */
const someoneLeft = (before: number): Promise<void> => expect.poll(() => service.left).toBe(before + 1);

describe('a program', () => {
  it('in CommonJS', async () => {
    expect(await runProgram({ args: [fixture('print.cjs'), service.url] })).toMatchObject({
      code: 0,
      stdout: 'from CommonJS\n',
      stderr: '',
    });
  });

  it('given by node -e', async () => {
    expect(await runCode(`${client()} console.log(read('m'))`)).toMatchObject({
      code: 0,
      stdout: `${PIECES}\n`,
      stderr: '',
    });
  });

  it('given on stdin', async () => {
    const args = ['--input-type=module', '-'];
    const ended = await runProgram({ args, stdin: `${client()} console.log(read('m'))` });
    expect(ended).toMatchObject({ code: 0, stdout: `${PIECES}\n`, stderr: '' });
  });

  it('in a worker thread', async () => {
    const ended = await runProgram({ args: [fixture('in-worker.mjs'), service.url] });
    expect(ended).toMatchObject({ code: 0, stdout: PIECES, stderr: '' });
  });

  it('that loads the package as ESM and as CommonJS has one worker', async () => {
    const ended = await runCode(`${client()}
      import { createRequire } from 'node:module';
      const other = createRequire(process.cwd() + '/')('@g4f/client');
      const answers = [Client, other.Client].map((Face) => new Face({ baseURL: ${JSON.stringify(service.url)} }).models.list());
      console.log(other.Client !== Client, answers.length, globalThis[Symbol.for('g4f.client.threads')].size);`);
    expect(ended).toMatchObject({ stdout: 'true 2 1\n', stderr: '' });
  });
});

describe('the end of a program', () => {
  it('is not held up by an open stream, and closes its connection', async () => {
    const before = service.left;
    const ended = await runCode(
      `${client()} globalThis.kept = ask('endless'); kept.next(); console.log('last line')`,
    );
    expect(ended).toMatchObject({ code: 0, signal: null, stdout: 'last line\n', stderr: '' });
    await someoneLeft(before);
  });

  it('by process.exit in the loop keeps its exit code and closes the connection', async () => {
    const before = service.left;
    const ended = await runCode(`${client()} for (const chunk of ask('endless')) process.exit(7)`);
    expect(ended).toMatchObject({ code: 7, stderr: '' });
    await someoneLeft(before);
  });

  it('by Ctrl-C comes at once though the thread is blocked', async () => {
    const ended = await runProgram({
      args: ['--input-type=module', '-e', `${client()} process.stdout.write('asking'); read('hang')`],
      onPrint: (_text, kill) => kill('SIGINT'),
    });
    expect(ended).toMatchObject({ signal: 'SIGINT', stdout: 'asking' });
  });
});

describe('what is left behind', () => {
  it('is nothing when a stream is dropped in the middle: it is aborted by a garbage collection', async () => {
    const before = service.left;
    const code = `${client()} (() => { ask('endless').next(); })();
      setInterval(gc, 20);
      process.stdout.write('still here');`;
    // It would go on for ever: it is ended when the service has seen its reader leave.
    const ended = await runProgram({
      args: ['--expose-gc', '--input-type=module', '-e', code],
      onPrint: (_text, kill) => void someoneLeft(before).finally(() => kill('SIGTERM')),
    });
    expect(ended).toMatchObject({ signal: 'SIGTERM', stdout: 'still here', stderr: '' });
    expect(service.left).toBe(before + 1);
  });

  it('is no thread after the last client was closed; the next call starts a new one', async () => {
    const ticking = new URL('./fixtures/ticking.mjs', import.meta.url).href;
    const ended = await runCode(`import { Client } from '@g4f/client';
      const provider = ${JSON.stringify(ticking)};
      const ask = (client) => client.chat.completions.create({ model: 'm', messages: 'x' }).choices[0].message.content;
      const [one, two] = [new Client({ provider }), new Client({ provider })];
      const isTicking = async () => { const before = process.env.G4F_TICKS; await new Promise((done) => setTimeout(done, 200)); return process.env.G4F_TICKS !== before; };
      const until = async (ticks) => { while (await isTicking() !== ticks); };
      ask(one); ask(two); one.close();
      await until(true); console.log('ticking after the first close');
      two.close();
      await until(false); console.log('silent after the last');
      console.log(ask(new Client({ provider }))); await until(true);`);
    expect(ended).toMatchObject({
      stdout: 'ticking after the first close\nsilent after the last\nticking\n',
      stderr: '',
    });
  });
});

describe('where no worker can be', () => {
  it('says which flag Node’s permission model needs', async () => {
    const flag = process.allowedNodeEnvironmentFlags.has('--permission')
      ? '--permission'
      : '--experimental-permission';
    const code = `${client()} try { read('m') } catch (error) { console.log(error.code, error.message) }`;
    const ended = await runCode(code, [], [flag, '--allow-fs-read=*']);
    expect(ended.stdout).toMatch(/^invalid-request Client: .*--allow-worker/);
  });
});
