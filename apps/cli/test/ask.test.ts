// `g4f "…"` in pipes: the answer alone on stdout, everything else on stderr, and an exit code that says what happened.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FAKE_PIECES, type FakeOpenAI, startFakeOpenAI } from '../../../scripts/fake-openai.ts';
import { startScripted } from './scripted-service.ts';
import { COMMAND, createHome, type Home, run, start } from './typed.ts';
import { withService } from './with-service.ts';

const ANSWER = `${FAKE_PIECES.join('')}\n`;
let service: FakeOpenAI;
let home: Home;

withService(startFakeOpenAI, (made) => {
  ({ service, home } = made);
});

const lastBody = () => service.requests.at(-1)?.body;

describe('a question', () => {
  it('is answered on stdout, and stderr says which model was chosen, unless it is to be quiet', async () => {
    const loud = await run(['say', 'hello'], home.env);
    expect(loud).toMatchObject({ code: 0, stdout: ANSWER });
    expect(loud.stderr).toMatch(/^g4f: openai:gpt-5\.4-mini answers, because no model was named.*\n$/);
    expect(lastBody()).toMatchObject({
      model: 'gpt-5.4-mini',
      messages: [{ role: 'user', content: 'say hello' }],
    });
    expect(await run(['-q', 'say hello'], home.env)).toEqual({ code: 0, stdout: ANSWER, stderr: '' });
  });

  it('takes a model, words above it and parameters', async () => {
    const { code } = await run(
      ['-m', 'gpt-5.4', '-s', 'Be brief.', '-o', 'temperature=0', '-o', 'user=me', 'hi'],
      home.env,
    );
    expect(code).toBe(0);
    expect(lastBody()).toMatchObject({
      ...{ model: 'gpt-5.4', temperature: 0, user: 'me' },
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'hi' },
      ],
    });
  });

  it('puts what is piped in before the words, and asks it alone where there are none', async () => {
    await run(['-q', 'summarise'], home.env, 'a long text\n');
    expect(lastBody()?.messages).toEqual([{ role: 'user', content: 'a long text\n\nsummarise' }]);
    await run(['-q'], home.env, 'what is this?\n');
    expect(lastBody()?.messages).toEqual([{ role: 'user', content: 'what is this?' }]);
  });

  it('gives its facts as JSON, and an answer of a form', async () => {
    const { stdout } = await run(['-q', '--json', 'hi'], home.env);
    expect(JSON.parse(stdout)).toMatchObject({
      text: FAKE_PIECES.join(''),
      provider: 'openai',
      finish_reason: 'stop',
    });
    const formed = await run(['-q', '--schema', 'name, age int', 'invent a person'], home.env);
    expect(JSON.parse(formed.stdout)).toEqual({ name: 'word', age: 1 });
    expect(Object(lastBody()?.response_format).json_schema.schema).toMatchObject({
      properties: { name: { type: 'string' }, age: { type: 'integer' } },
    });
  });

  it('that is the name of a command is asked by ask, and a slip is told', async () => {
    expect(await run(['ask', '-q', 'models'], home.env)).toMatchObject({ code: 0, stdout: ANSWER });
    const slip = await run(['modles'], home.env);
    expect(slip).toMatchObject({ code: 2, stdout: '' });
    expect(slip.stderr).toMatch(/did you mean "g4f models"\?/);
    expect(await run(['lgo'], home.env)).toEqual({
      ...{ code: 2, stdout: '', stderr: expect.stringMatching(/did you mean "g4f log"\?.*g4f ask lgo/) },
    });
    expect(await run(['why'], home.env)).toMatchObject({ code: 0, stdout: ANSWER });
    // With an option, or with something piped in, it is a question.
    expect(await run(['-m', 'gpt-5.4', 'chart'], home.env)).toMatchObject({ code: 0, stdout: ANSWER });
    expect(await run(['-q', 'chart'], home.env, 'some numbers')).toMatchObject({ code: 0, stdout: ANSWER });
    expect(await run(['chart'], home.env, 'some numbers')).toMatchObject({ code: 0, stdout: ANSWER });
  });
});

describe('what is attached', () => {
  it('is told by its bytes: text with its name, an image as it is, a folder file by file', async () => {
    const folder = join(home.folder, 'notes');
    await mkdir(join(folder, 'node_modules'), { recursive: true });
    await writeFile(join(folder, 'one.md'), '# One\n');
    await writeFile(join(folder, 'node_modules', 'skipped.js'), 'skipped');
    await writeFile(join(home.folder, 'photo.txt'), Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1'));
    await run(['-q', '-f', 'notes', 'what is this?'], home.env);
    const [message] = Object(lastBody()?.messages);
    expect(message.content).toBe('<file name="notes/one.md">\n# One\n</file>\n\nwhat is this?');
    await run(['-q', '-f', 'photo.txt', 'what is this?'], home.env);
    const [seen] = Object(lastBody()?.messages);
    expect(seen.content[0].image_url.url).toMatch(/^data:image\/png;base64,iVBO/);
  });

  it('is refused where a model cannot read it, or it is not there', async () => {
    const binary = await run(['what is this?'], home.env, Buffer.from([0, 1, 2, 254, 255]));
    expect(binary).toMatchObject({ code: 2, stdout: '' });
    expect(binary.stderr).toMatch(/standard input is neither text nor/);
    const latin = await run(['what is this?'], home.env, Buffer.from('caf\xe9', 'latin1'));
    expect(latin).toMatchObject({ code: 2, stderr: expect.stringMatching(/input is not UTF-8.*iconv -f/) });
    const missing = await run(['-f', 'nowhere.txt', 'hi'], home.env);
    expect(missing).toMatchObject({ code: 2 });
    expect(missing.stderr).toBe('g4f: cannot read nowhere.txt: there is no such file or folder\n');
  });

  it('stops reading standard input at its limit', async () => {
    const { child, ended } = start(['hi'], home.env);
    child.stdin.on('error', () => {});
    const block = Buffer.alloc(1024 ** 2, 'a');
    let written = 0;
    const more = (): void => {
      while (written < 1024 && child.stdin.write(block)) written++;
      if (written < 1024) child.stdin.once('drain', more);
    };
    more();
    const { code, stderr } = await ended;
    expect(code).toBe(2);
    expect(stderr).toMatch(/standard input has more than 25 MiB/);
    expect(written).toBeLessThan(200);
  });
});

describe('how it ends', () => {
  it.each([
    [['--modle', 'x', 'hi'], /unknown option '--modle' \(Did you mean --model\?\)/],
    [['-o', 'temperature', 'hi'], /write key=value/],
    [['--timeout', 'soon', 'hi'], /a number above 0/],
    [['--schema', 'age integerr', 'hi'], /cannot read "age integerr"/],
    [['-t', 'nothing', 'hi'], /there is no template "nothing"/],
    [['-p', 'opnai', 'hi'], /there is no provider "opnai"; did you mean "openai"\?/],
    [['-p', 'opnai', '-m', 'gpt-5.4', 'hi'], /there is no provider "opnai"/],
    [['-o', 'temperature=warm', 'hi'], /temperature/],
    [['-c', 'hi', '--cid', 'nope'], /there is no answer in a conversation "nope"/],
  ])('%j is wrong usage: 2', async (args, said) => {
    const { code, stdout, stderr } = await run(args, home.env);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(said);
    const { stdout: logged } = await run(['log', '-n', '1', '--json'], home.env);
    expect(JSON.parse(logged)).not.toMatchObject([{ prompt: 'hi', status: 'failed' }]);
  });

  it('without a question is the help, on stderr: 2', async () => {
    const { code, stdout, stderr } = await run([], home.env);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: g4f[\s\S]*\ng4f: there is no question\n$/);
    expect(await run([''], home.env)).toEqual({ code: 2, stdout: '', stderr: 'g4f: there is no question\n' });
  });

  it('an unknown model and a wrong key are failures: 1, and the key is not told', async () => {
    const unknown = await run(['-m', 'gtp-77', 'hi'], home.env);
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toMatch(
      /no provider offers a model called "gtp-77".*"g4f models" names.*with -p\.\n$/,
    );
    const refusing = await startScripted((asked) =>
      asked.refuse(401, 'Incorrect API key provided: sk-test-key.'),
    );
    const wrong = await run(['hi'], { ...home.env, OPENAI_BASE_URL: refusing.url });
    await refusing.close();
    expect(wrong).toMatchObject({ code: 1, stdout: '' });
    expect(wrong.stderr).toMatch(/401.*OPENAI_API_KEY/);
    expect(wrong.stderr).not.toContain('sk-test-key');
  });

  it('a service that is silent: 124', async () => {
    const silent = await startScripted(() => {});
    const { code, stderr } = await run(['--timeout', '0.2', 'hi'], {
      ...home.env,
      OPENAI_BASE_URL: silent.url,
    });
    await silent.close();
    expect(code).toBe(124);
    expect(stderr).toMatch(/g4f: .*(?<!timeout\.total.*)--timeout/);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s in the middle: 130, what came is printed and kept, and the service is left',
    async (signal) => {
      let left: Promise<void> | undefined;
      const slow = await startScripted((asked) => {
        left = asked.left;
        asked.say('the beginning');
      });
      const { child, ended } = start(['hi'], { ...home.env, OPENAI_BASE_URL: slow.url });
      child.stdin.end();
      await once(child.stdout, 'data');
      child.kill(signal);
      expect(await ended).toMatchObject({ code: 130, stdout: 'the beginning\n' });
      await left;
      await slow.close();
      const { stdout } = await run(['log', '-n', '1', '--json'], home.env);
      expect(JSON.parse(stdout)).toMatchObject([{ status: 'interrupted', answer: 'the beginning' }]);
    },
  );

  it('Ctrl-C before anything was said: 130', async () => {
    let asked = (): void => {};
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const silent = await startScripted(() => asked());
    const { child, ended } = start(['hi'], { ...home.env, OPENAI_BASE_URL: silent.url });
    child.stdin.end();
    await isAsked;
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130, stdout: '' });
    await silent.close();
  });

  it('a reader who has seen enough: silence, and the service is left', async () => {
    const endless = await startScripted((asked) => {
      const timer = setInterval(() => asked.say('more '), 1);
      void asked.left.then(() => clearInterval(timer));
    });
    const env = { ...home.env, OPENAI_BASE_URL: endless.url };
    const child = execFile(
      'sh',
      ['-c', `'${process.execPath}' '${COMMAND}' -q hi < /dev/null | head -c 20`],
      { env },
    );
    let stderr = '';
    child.stderr?.on('data', (text) => {
      stderr += text;
    });
    await once(child, 'close');
    await endless.close();
    expect(stderr).toBe('');
  });
});

describe('odd places', () => {
  it('an unreadable configuration is named with its line: 2', async () => {
    const broken = await createHome(home.env);
    const env = { ...home.env, HOME: broken.folder };
    await mkdir(join(broken.folder, '.config/g4f'), { recursive: true });
    const file = join(broken.folder, '.config/g4f/config.yaml');
    await writeFile(file, 'model: gpt-5.4\nsystem: "open\n');
    expect(await run(['hi'], env)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/config\.yaml, line \d/),
    });
    await writeFile(file, 'modell: gpt-5.4\n');
    expect(await run(['hi'], env)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/there is no "modell"/),
    });
    await broken.remove();
  });

  it('a home that cannot be written answers all the same, and says that nothing is logged', async () => {
    const { child, ended } = start(['hi'], { ...home.env, HOME: '/dev/null' }, home.folder);
    child.stdin.end();
    const { code, stdout, stderr } = await ended;
    expect({ code, stdout }).toEqual({ code: 0, stdout: ANSWER });
    expect(stderr).toMatch(/not logged: .*\/dev\/null.*: a part of its path is no folder/);
    const setting = start(['config', 'set', 'model', 'x'], { ...home.env, HOME: '/dev/null' }, home.folder);
    setting.child.stdin.end();
    const set = await setting.ended;
    expect(set.stderr).toMatch(/^g4f: cannot write \/dev\/null\/.*: a part of its path is no folder\n$/);
  });

  it('no HOME at all answers', async () => {
    const { HOME: _, ...env } = home.env;
    const data = join(home.folder, 'data');
    const outcome = await run(['-q', 'hi'], { ...env, XDG_DATA_HOME: data, XDG_CONFIG_HOME: data });
    expect(outcome).toMatchObject({ code: 0, stdout: ANSWER });
  });

  it('keys that are kept are used, in a file of the owner’s alone, and never printed', async () => {
    const { OPENAI_API_KEY: _, ...env } = home.env;
    const key = 'sk-kept-0123456789';
    const kept = await run(['keys', 'set', 'openai', '--in', 'file'], env, `${key}\n`);
    expect(kept).toMatchObject({ code: 0, stdout: '' });
    const file = join(home.folder, '.config/g4f/keys.json');
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ OPENAI_API_KEY: key });
    expect(await run(['-q', 'hi'], env)).toMatchObject({ code: 0, stdout: ANSWER });
    const refusing = await startScripted((asked) => asked.refuse(401, 'Incorrect API key provided.'));
    const wrong = await run(['-q', 'hi'], { ...env, OPENAI_BASE_URL: refusing.url });
    await refusing.close();
    expect(wrong.stderr).toMatch(/\(OPENAI_API_KEY is kept by "g4f keys", not set in the environment\)\n$/);
    await chmod(file, 0o644);
    const listed = await run(['keys', 'list'], env);
    expect(listed.stdout).toMatch(/openai +OPENAI_API_KEY +file/);
    expect(listed.stderr).toMatch(/others can read .*chmod 600/);
    expect(kept.stderr + listed.stdout + listed.stderr).not.toContain(key);
    expect(await run(['keys', 'test', 'openai'], env)).toMatchObject({
      code: 0,
      stdout: 'openai  ok, 1 models\n',
    });
    expect(await run(['keys', 'rm', 'openai'], env)).toMatchObject({ code: 0 });
    expect((await run(['keys', 'rm', 'openai'], env)).code).toBe(2);
  });
});
