// `--max-cost`: what is not asked because of it, what is, and which models it can be used with.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type AskedAnswer, type ScriptedService, startScripted } from './scripted-service.ts';
import { type Home, run } from './typed.ts';
import { withService } from './with-service.ts';

let service: ScriptedService;
let home: Home;
let play: (asked: AskedAnswer) => void;
const say =
  (text: string) =>
  (asked: AskedAnswer): void => {
    asked.say(text);
    asked.end();
  };
withService(
  () => startScripted((asked) => play(asked)),
  (made) => {
    ({ service, home } = made);
  },
);
let before = 0;
beforeEach(() => {
  play = say('yes');
  before = service.requests.length;
});
const asked = (): number => service.requests.length - before;

/** gpt-5.4 costs $2.5 per million tokens in, and $15 out. */
const MODEL = ['-m', 'openai:gpt-5.4'];

describe('a question', () => {
  it('is asked where it is surely cheaper, and says nothing of it', async () => {
    expect(await run([...MODEL, '--max-cost', '0.01', 'is it?'], home.env)).toEqual({
      ...{ code: 0, stdout: 'yes\n', stderr: '' },
    });
    expect(asked()).toBe(1);
  });

  it('is not asked where its own tokens would cost more: 1, and what to do', async () => {
    const long = 'word '.repeat(20_000); // 25,000 tokens, about: $0.06
    const { code, stdout, stderr } = await run([...MODEL, '--max-cost', '0.01', long], home.env);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^g4f: --max-cost: the limit is \$0\.01; \$0 are used, and this question may cost \$0\.06\d*\. It was not asked: raise --max-cost, or ask for less\.\n$/,
    );
    expect(asked()).toBe(0);
  });

  it('counts all that max_tokens allows', async () => {
    const bounded = [...MODEL, '-o', 'max_tokens=1000', 'is it?']; // $0.015
    expect(await run([...bounded, '--max-cost', '0.014'], home.env)).toMatchObject({ code: 1, stdout: '' });
    expect(asked()).toBe(0);
    expect(await run([...bounded, '--max-cost', '0.016'], home.env)).toMatchObject({ code: 0 });
    expect(asked()).toBe(1);
  });

  it.each([
    ['that has no bound', []],
    ['that has none because it is negative', ['-o', 'max_tokens=-100000']],
    ['of which nothing is told but errors', ['-q']],
  ])('%s is answered whole, and what is passed is told', async (_of, more) => {
    play = say('word '.repeat(2000)); // 2,500 tokens, about: $0.04
    const { code, stderr } = await run([...MODEL, ...more, '--max-cost', '0.01', 'is it?'], home.env);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(
        /^g4f: this run has cost \$0\.037\d*, more than --max-cost 0\.01: an answer is not cut\. -o max_tokens=… bounds it\.\n$/,
      ),
    });
  });

  it.each([['0'], ['-1'], ['much'], ['Infinity']])('refuses --max-cost %s: 2', async (given) => {
    expect(await run([...MODEL, `--max-cost=${given}`, 'is it?'], home.env)).toMatchObject({
      ...{ code: 2, stderr: expect.stringContaining('It must be a number above 0.') },
    });
    expect(asked()).toBe(0);
  });
});

describe('a price that is not known', () => {
  const groq = { GROQ_API_KEY: 'gsk-test', GROQ_BASE_URL: '' };
  it.each([
    ['of another maker’s model', ['-m', 'groq:gpt-oss-120b'], /what \S+ costs at groq is not known/],
    ['of whoever may answer', ['-m', 'gpt-oss-120b'], /costs at groq is not known/],
    ['of a provider that is named', ['-p', 'groq', '-m', 'gpt-oss-120b'], /costs at groq is not known/],
    ['of another name of a model', ['-m', 'openai/gpt-oss-120b'], /costs at groq is not known/],
    ['of another tier', [...MODEL, '-o', 'service_tier=priority'], /with service_tier is not known/],
    ['of a fallback', MODEL, /costs at openrouter is not known/, { G4F_FALLBACK: 'openrouter:x' }],
  ])('%s: 2, and nobody is asked', async (_of, args, said, more: Record<string, string> = {}) => {
    const env = { ...home.env, ...groq, OPENROUTER_API_KEY: 'sk-or', ...more, GROQ_BASE_URL: service.url };
    const { code, stderr } = await run([...args, '--max-cost', '1', 'is it?'], env);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(said) });
    expect(asked()).toBe(0);
    expect((await run(['log', '--json'], env)).stdout).not.toMatch(/gpt-oss|openrouter/);
  });

  it('lets no model of a comparison begin', async () => {
    const env = { ...home.env, GROQ_API_KEY: 'gsk-test', GROQ_BASE_URL: service.url };
    const models = [...MODEL, '-m', 'groq:gpt-oss-120b'];
    expect(await run(['compare', ...models, '--max-cost', '1', 'is it?'], env)).toMatchObject({ code: 2 });
    expect(asked()).toBe(0);
  });

  it.each([
    ['an image', ['image', '-m', 'openai:gpt-image-2', '-O', 'cat.png', 'a cat']],
    ['an image of whoever draws', ['image', '-m', 'gpt-image-2', '-O', 'cat.png', 'a cat']],
    ['a text that is read', ['speak', '-m', 'openai:tts-1', '-O', 'hi.mp3', 'hi']],
  ])('lets nobody begin with %s, whose price is not that of tokens: 2', async (_of, args) => {
    const { code, stderr } = await run([...args, '--max-cost', '1'], home.env);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/--max-cost: what (?:gpt-image-2|tts-1) costs at openai is not known/),
    });
    expect(asked()).toBe(0);
  });

  it('asks for an image where no key is needed', async () => {
    const folder = join(home.folder, '.config/g4f');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'config.yaml'), `backends: [{ id: mine, baseURL: "${service.url}" }]\n`);
    await run(['image', '-m', 'mine:any', '-O', 'cat.png', '--max-cost', '0.000001', 'a cat'], home.env);
    await writeFile(join(folder, 'config.yaml'), '');
    // What it answers is no image.
    expect(asked()).toBeGreaterThan(0);
  });

  it('does not matter where no key is needed: nobody is billed', async () => {
    const folder = join(home.folder, '.config/g4f');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'config.yaml'), `backends: [{ id: mine, baseURL: "${service.url}" }]\n`);
    expect(await run(['-m', 'mine:any', '--max-cost', '0.000001', 'is it?'], home.env)).toMatchObject({
      ...{ code: 0, stdout: 'yes\n' },
    });
    await writeFile(join(folder, 'config.yaml'), '');
  });

  it('does not matter either where a key is missing: that is told', async () => {
    const env = { ...home.env, OPENAI_API_KEY: '' };
    const { code, stderr } = await run(['-m', 'openai:m1', '--max-cost', '1', 'is it?'], env);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('set OPENAI_API_KEY') });
  });

  it('a name that no model has is told as ever', async () => {
    expect(await run(['-m', 'gpt-5.44', '--max-cost', '1', 'is it?'], home.env)).toMatchObject({
      ...{ code: 1, stderr: expect.stringContaining('gpt-5.4') },
    });
  });
});

describe('the next question of a run', () => {
  it('is not asked after tools whose results would cost too much', async () => {
    await writeFile(
      join(home.folder, 'book.mjs'),
      'export const book = { description: "Reads a book.", execute: () => "word ".repeat(20000) };\n',
    );
    play = (one) => (asked() === 1 ? one.call('book', {}) : say('too late')(one));
    const args = [...MODEL, '--max-cost', '0.02', '--tool', 'book.mjs', 'is it?'];
    const { code, stdout, stderr } = await run(args, home.env);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/--max-cost: the limit is \$0\.02; .*this question may cost \$0\.06/);
    expect(asked()).toBe(1);
  });

  it('is not asked in a chat, nor of a benchmark', async () => {
    play = say('word '.repeat(400)); // 500 tokens, about: $0.0075
    const chat = await run(['chat', ...MODEL, '--max-cost', '0.01'], home.env, 'one?\ntwo?\nthree?\n');
    expect(chat).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--max-cost: the limit is $0.01'),
    });
    expect(asked()).toBe(1);
    const bench = await run(['bench', 'openai:gpt-5.4', '--max-cost', '0.02', '-n', '9'], home.env);
    expect(bench).toMatchObject({ code: 1, stdout: expect.stringContaining('2 answered, 7 failed') });
    expect(asked()).toBe(3);
  });
});
