// The other commands, where they meet what is not as it should be.
import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { FAKE_PIECES, type FakeOpenAI, startFakeOpenAI } from '../../../scripts/fake-openai.ts';
import { DEFAULT_MODELS } from '../src/asking/default-model.ts';
import { docxOf, pdfOf } from './documents.ts';
import { startScripted } from './scripted-service.ts';
import { COMMAND, type Home, run, start } from './typed.ts';
import { withService } from './with-service.ts';

const ANSWER = FAKE_PIECES.join('');
let service: FakeOpenAI;
let home: Home;
withService(startFakeOpenAI, (made) => {
  ({ service, home } = made);
});

const asked = () => Object(service.requests.at(-1)?.body.messages);

describe('documents', () => {
  it('are attached as their text', async () => {
    await writeFile(join(home.folder, 'paper.pdf'), pdfOf('The sky is blue.'));
    await run(['-q', '-f', 'paper.pdf', 'what is it about?'], home.env);
    expect(asked()[0].content).toBe(
      '<file name="paper.pdf">\nThe sky is blue.\n</file>\n\nwhat is it about?',
    );
    await writeFile(join(home.folder, 'letter.docx'), docxOf('Roses are red.'));
    await run(['-q', '-f', 'letter.docx', 'what is it about?'], home.env);
    expect(asked()[0].content).toContain('Roses are red.');
  });

  it('that are broken are told by name', async () => {
    await writeFile(join(home.folder, 'broken.pdf'), '%PDF-1.4\nnothing');
    const { code, stderr } = await run(['-f', 'broken.pdf', 'hi'], home.env);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^g4f: broken\.pdf: this PDF/),
    });
    await writeFile(join(home.folder, 'broken.docx'), 'PK\u0003\u0004nothing');
    expect((await run(['-f', 'broken.docx', 'hi'], home.env)).stderr).toMatch(
      /^g4f: broken\.docx: this is no DOCX/,
    );
  });
});

describe('a chat in a pipe', () => {
  it('takes each line as a message, and ends with the lines', async () => {
    const { code, stdout } = await run(['-q', 'chat', '-m', 'gpt-5.4'], home.env, 'one\n/cost\ntwo\n');
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${ANSWER}\n${ANSWER}\n` });
    expect(asked()).toHaveLength(3);
    const log: readonly { readonly cid: string }[] = JSON.parse(
      (await run(['log', '-n', '2', '--json'], home.env)).stdout,
    );
    expect(new Set(log.map(({ cid }) => cid)).size).toBe(1);
  });

  it('saves and loads, and names a command that there is not', async () => {
    const words = '/system Be brief.\none\n/save chat.json\n/lod chat.json\n';
    const first = await run(['chat', '-m', 'gpt-5.4'], home.env, words);
    expect(first.code).toBe(2);
    expect(first.stderr).toMatch(/there is no \/lod; did you mean \/load\?/);
    expect((await stat(join(home.folder, 'chat.json'))).mode & 0o777).toBe(0o600);
    const again = await run(['chat', '-m', 'gpt-5.5'], home.env, '/load chat.json\ntwo\n');
    expect(again.stderr).toContain(
      '2 messages are there; the next question goes on with them, and asks gpt-5.4.',
    );
    expect(asked().map(({ content }: { readonly content: string }) => content)).toEqual([
      'Be brief.',
      'one',
      ANSWER,
      'two',
    ]);
  });
});

describe('compare', () => {
  it('shows the one that answers although another fails, and fails', async () => {
    const { code, stdout } = await run(['compare', '-m', 'gpt-5.4', '-m', 'nope-1', 'hi'], home.env);
    expect(code).toBe(1);
    expect(stdout).toContain(`== gpt-5.4\n${ANSWER}\n`);
    expect(stdout).toMatch(/== nope-1\nno provider offers a model called "nope-1"/);
    expect((await run(['compare', '-m', 'gpt-5.4', 'hi'], home.env)).code).toBe(2);
  });

  it('gives a judge the answers without their models', async () => {
    const judged = await run(
      ['compare', '--json', '-m', 'gpt-5.4', '-m', 'gpt-5.4-mini', '--judge', 'gpt-5.4', 'why?'],
      home.env,
    );
    expect(JSON.parse(judged.stdout)).toMatchObject([{ asked: 'gpt-5.4' }, { asked: 'gpt-5.4-mini' }]);
    expect(judged.stderr).toMatch(/gpt-5\.4 takes gpt-5\.4 for the best: word/);
    expect(asked()[0].content).not.toContain('gpt');
  });
});

it('a chat is saved into a folder that is there', async () => {
  const { code, stderr } = await run(['chat', '-m', 'gpt-5.4'], home.env, 'one\n/save new/chat.json\n');
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/there is no folder new/) });
  await expect(stat(join(home.folder, 'new'))).rejects.toThrow('ENOENT');
});

describe('what is kept', () => {
  it('a template is filled, and names a gap that has no value', async () => {
    await run(['templates', 'set', 'tr', '--prompt', 'Into {{language}}: {{input}}'], home.env);
    const missing = await run(['-t', 'tr', 'hi'], home.env);
    expect(missing).toMatchObject({ code: 2, stderr: expect.stringMatching(/needs language/) });
    await run(['-q', '-t', 'tr', '--var', 'language=Latin', 'hi'], home.env);
    expect(asked()).toEqual([{ role: 'user', content: 'Into Latin: hi' }]);
    expect((await run(['templates', 'show', '../keys'], home.env)).code).toBe(2);
  });

  it('vectors of one model are not put beside those of another', async () => {
    const embed = (model: string) => run(['embed', '-m', model, '--collection', 'mixed', 'a', 'b'], home.env);
    expect((await embed('text-embedding-3-small')).code).toBe(0);
    expect(await embed('text-embedding-3-large')).toMatchObject({
      ...{ code: 2, stderr: expect.stringMatching(/was made with text-embedding-3-small/) },
    });
  });
});

it('doctor says what is wrong and what to do, and fails', async () => {
  const refusing = await startScripted((call) => call.refuse(401, 'Incorrect API key provided.'));
  const { code, stdout } = await run(['doctor'], { ...home.env, OPENAI_BASE_URL: refusing.url });
  await refusing.close();
  expect(code).toBe(1);
  expect(stdout).toMatch(/^wrong +openai: .*401.* → see https:/m);
});

it('tells its version, alone and among other options, and the help of a command', async () => {
  const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
  expect(await run(['--version'], home.env)).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  expect(await run(['-q', '-V'], home.env)).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  const help = await run(['help', 'log'], home.env);
  expect(help.stdout).toMatch(/^Usage: g4f log[\s\S]*Examples:\n {2}# /);
});

it('the default models are models of their providers', async () => {
  const { registry } = await import('@g4f/providers');
  for (const [provider, model] of Object.entries(DEFAULT_MODELS))
    expect(Object.keys(registry[provider]?.models ?? {}), provider).toContain(model);
});

it('bash completes commands, options and names, and runs nothing of what is typed', async () => {
  const bin = join(home.folder, 'bin');
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, 'g4f'), `#!/bin/sh\nexec '${process.execPath}' '${COMMAND}' "$@"\n`);
  await chmod(join(bin, 'g4f'), 0o755);
  const env = { ...home.env, PATH: `${bin}:${home.env.PATH}` };
  const complete = async (...words: readonly string[]) => {
    const script = `source <(g4f completion bash); COMP_WORDS=(g4f "$@"); COMP_CWORD=$#; _g4f; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = await promisify(execFile)('bash', ['-c', script, 'bash', ...words], { env });
    return stdout.trim().split('\n');
  };
  expect(await complete('mod')).toEqual(['models']);
  expect(await complete('models', '--us')).toEqual(['--usable']);
  expect(await complete('keys', 'l')).toEqual(['list']);
  expect(await complete('-p', 'gro')).toEqual(['groq']);
  expect(await complete('$(touch pwned)')).toEqual(['']);
  await expect(stat(join(home.folder, 'pwned'))).rejects.toThrow('ENOENT');
});

describe('a collection', () => {
  it('tells how near a text is', async () => {
    await run(['embed', '-m', 'text-embedding-3-small', '--collection', 'near', 'apple', 'pear'], home.env);
    const { stdout } = await run(['similar', '--collection', 'near', '--json', 'apple'], home.env);
    expect(JSON.parse(stdout)[0]).toMatchObject({ text: 'apple', score: expect.closeTo(1, 5) });
  });
});

describe('the embedded models', () => {
  it('are listed and deleted where they were fetched', async () => {
    const models = join(home.folder, '.cache/g4f/models');
    await mkdir(join(models, 'SmolLM2-135M-Instruct.Q4_1.gguf.pip'), { recursive: true });
    await writeFile(join(models, 'SmolLM2-135M-Instruct.Q4_1.gguf'), Buffer.alloc(2_000_000));
    expect((await run(['local', 'list'], home.env)).stdout).toMatch(/smollm2-135m +2 MB/);
    const found = async (): Promise<unknown> => {
      const findings = JSON.parse((await run(['doctor', '--offline', '--json'], home.env)).stdout);
      return findings.find(({ what }: { readonly what: string }) => what === 'embedded model').found;
    };
    await symlink(join(models, 'nowhere'), join(models, 'SmolLM2-135M-Instruct.Q8_0.gguf'));
    expect(await found()).toMatch(/^its runtime is installed; its weights are there$/);
    expect((await run(['local', 'rm', 'smollm2-135m'], home.env)).code).toBe(0);
    expect(await found()).toMatch(/fetched with the first question$/);
    expect((await run(['local', 'list'], home.env)).stdout).toMatch(/smollm2-135m +not fetched/);
  });
});

it('serve is the command of the gateway: a variable that holds no key opens nothing', async () => {
  const { code, stderr } = await run(['serve', '--port', '0'], { ...home.env, G4F_SERVER_KEYS: ' , ' });
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringMatching(/^g4f serve: G4F_SERVER_KEYS holds no key/),
  });
});

it.each([
  ['serve', '--port', 'much'],
  ['serve', '--port', '70000'],
  ['serve', '--port', '0', '--config', 'missing.yaml'],
  ['serve', '--port', '0', '--state', 'drawer'],
  ['serve', '--port', '0', '--host', '0.0.0.0'],
  ['serve', '--prot', '0'],
  ['serve', 'now'],
  ['gui', '--port', 'much'],
])('%s %s %s … is wrong usage: 2', async (...args) => {
  expect(await run(args, home.env)).toMatchObject({ code: 2, stdout: '' });
});

describe('keys set', () => {
  it.each([
    ['two lines', 'sk-a\nsk-b\n', 'give one key'],
    ['a line of a file of variables', 'OPENAI_API_KEY=sk-a\n', 'without the name of a variable'],
    ['quotes', '"sk-a"\n', 'without quotes'],
    ['letters that no header takes', 'sk-é\n', 'ASCII'],
    ['a whole file', `${'a'.repeat(3_000_000)}\n`, 'at most 8192 characters'],
    ['nothing', '\n', 'no key was given'],
  ])('refuses %s: 2', async (_of, given, said) => {
    const { code, stderr } = await run(['keys', 'set', 'groq', '--in', 'file'], home.env, given);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(said) });
    expect((await run(['keys', 'list'], home.env)).stdout).not.toContain('groq');
  });
});

describe('a home that is no folder of its own', () => {
  it.each(['', 'here'])('is not below the working folder: HOME=%s', async (HOME) => {
    const { child, ended } = start(['log', '--path'], { ...home.env, HOME }, home.folder);
    child.stdin.end();
    expect((await ended).stdout).toBe(`${join(userInfo().homedir, '.local/share/g4f/log.db')}\n`);
    const others = { ...home.env, HOME, XDG_CACHE_HOME: 'cache' };
    await mkdir(join(home.folder, 'cache/g4f/models'), { recursive: true });
    await writeFile(join(home.folder, 'cache/g4f/models/SmolLM2-135M-Instruct.here'), 'x');
    const local = start(['local', 'list', '--json'], others, home.folder);
    local.child.stdin.end();
    expect((await local.ended).stdout).not.toContain('SmolLM2-135M-Instruct.here');
  });
});

it.each([
  ['model=x', '-m'],
  ['stream=false', 'by itself'],
  ['messages=[]', 'by itself'],
])('-o %s is refused: 2', async (given, said) => {
  const { code, stderr } = await run(['-o', given, 'hi'], home.env);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(said) });
});
