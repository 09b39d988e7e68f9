// What the library advises, in words of the command: whoever types has options and commands, and no constructor.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startScripted } from './scripted-service.ts';
import { createHome, type Home, run } from './typed.ts';

let home: Home;
beforeAll(async () => {
  home = await createHome();
});
afterAll(() => home.remove());

it.each<[string, readonly string[], RegExp]>([
  [
    'without a key',
    ['-m', 'gpt-5.4', 'hi'],
    /openai: run "g4f keys set openai", or set OPENAI_API_KEY \| .* \| Without any key: "g4f config set fallback local" lets a small model on this machine answer, once "npm install -g @g4f\/local-runtime" has been run\n$/,
  ],
  [
    'without a key for vectors',
    ['embed', '-m', 'text-embedding-3-small', 'hi'],
    /: run "g4f keys set openai", or set .*once "npm install -g @g4f\/local-runtime" has been run\n$/,
  ],
  [
    'an option of the client among the parameters',
    ['-m', 'gpt-5.4', '-o', 'apiKey=x', 'hi'],
    /^g4f: apiKey has no place among the parameters, .*: leave it out of -o\.\n$/,
  ],
  [
    'a model that moderates',
    ['-m', 'omni-moderation-latest', 'hi'],
    /: use "g4f serve" and POST \/v1\/moderations\. /,
  ],
  ['a model that speaks', ['-m', 'tts-1', 'hi'], /: use "g4f speak"\. /],
  [
    'a file that is missing',
    ['transcribe', '-m', 'whisper-1', 'none.mp3'],
    /: there is no such file\. Give the path of a file\.\n$/,
  ],
])('%s', async (_, args, said) => {
  const { stdout, stderr } = await run(args, { ...home.env, G4F_CACHE_DIR: home.folder });
  expect({ stdout, stderr }).toEqual({ stdout: '', stderr: expect.stringMatching(said) });
  expect(stderr).not.toMatch(/create\(|constructor|fallback:|apiKey option|Blob|baseURL/);
});

it('an address that is wrong', async () => {
  const service = await startScripted((call) => call.refuse(404, 'no such path'));
  const env = { ...home.env, OPENAI_API_KEY: 'sk-x', OPENAI_BASE_URL: service.url };
  const { stderr } = await run(['-m', 'openai:gpt-5.4', 'hi'], env);
  await service.close();
  expect(stderr).toMatch(
    /Check the model and the address \(its variable, such as OPENAI_BASE_URL, or the configuration\), or ask "g4f models"/,
  );
});
