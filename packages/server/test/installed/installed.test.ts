// Python's libraries and programs against the gateway, in processes of their own: they must not notice.
// `npm run clients` installs them; G4F_CLIENTS=short leaves out what is large.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { installPython, type PythonEnvironment } from './python.ts';
import { startService } from './service.ts';

const LIBRARIES = ['openai==3.57.0', 'anthropic==2.14.0', 'ollama==0.6.3', 'llm==0.36'];
const AIDER = ['aider-chat==0.86.2'];
const { G4F_CLIENTS = 'long' } = process.env;
if (G4F_CLIENTS !== 'short' && G4F_CLIENTS !== 'long')
  throw new Error(`G4F_CLIENTS must be short or long; it is ${G4F_CLIENTS}`);

const IMAGE_URL = 'data:image/png;base64,iVBORw0KGgo=';
const FAILED = 'It failed.';
/** Both for an answer in one piece and for a stream. */
const twice = (told: object) => [expect.objectContaining(told), expect.objectContaining(told)];
const withMessage = (words: string) => ({ message: expect.stringContaining(words) });

/** What the provider must have been asked: the call and its result, the schema and the image came through. */
const expectWhole = (asked: Awaited<ReturnType<typeof startService>>['asked']): void => {
  expect(asked('result')?.messages.slice(1)).toMatchObject([
    { role: 'assistant', tool_calls: [{ id: 'call_1', function: { arguments: '{"city":"Oslo"}' } }] },
    { role: 'tool', tool_call_id: 'call_1', content: 'Snow' },
  ]);
  expect(asked('json')?.response_format).toMatchObject({ json_schema: { schema: { required: ['city'] } } });
  expect(asked('image')?.messages[0]?.content).toMatchObject([{ image_url: { url: IMAGE_URL } }]);
};

/** Tests of one environment, or one skipped test that says why. */
const withPython = async (
  name: string,
  libraries: readonly string[],
  tests: (python: PythonEnvironment) => void,
) => {
  const python = await installPython(libraries);
  if (python.missing !== undefined) it.skip(`${name} (skipped: ${python.missing})`);
  else
    describe(name, () => {
      afterAll(() => python.remove());
      tests(python);
    });
};

await withPython('Python', LIBRARIES, (python) => {
  it('openai', async () => {
    const { url, ends, asked } = await startService();
    const statuses = [
      ['BadRequestError', 400],
      ['AuthenticationError', 401],
      ['NotFoundError', 404],
      ['RateLimitError', 429],
      ['InternalServerError', 502],
      ['InternalServerError', 504],
    ];
    expect(await python.program('openai_client.py', url)).toEqual({
      whole: 'Hello 🌍',
      streamed: ['Hel', 'lo 🌍'],
      usage: 18,
      call: ['call_1', 'weather', '{"city":"Oslo"}'],
      parsed: 'Oslo',
      errors: statuses.map(([type, status]) => twice({ class: type, status, ...withMessage(FAILED) })),
      middle: [
        expect.objectContaining({ class: 'APIError', ...withMessage('The line went dead') }),
        ['Half'],
      ],
      left: 'Half',
      cancelled: 'Half',
      response: 'Hello 🌍',
      models: ['model-a', 'org/model-b'],
      vectors: [
        [0, 0.5],
        [1, 0.5],
      ],
    });
    expectWhole(asked);
    await expect.poll(() => ends.left).toBe(2);
  });

  it('anthropic', async () => {
    const { url, ends, asked } = await startService();
    const statuses = [
      ['BadRequestError', 400],
      ['AuthenticationError', 401],
      ['NotFoundError', 404],
      ['RateLimitError', 429],
      ['InternalServerError', 502],
      ['GatewayTimeoutError', 504],
    ];
    expect(await python.program('anthropic_client.py', url)).toEqual({
      whole: 'Hello 🌍',
      usage: [8, 3, 7],
      streamed: ['Hel', 'lo 🌍'],
      stop: 'end_turn',
      call: ['call_1', 'weather', { city: 'Oslo' }, 'tool_use'],
      errors: statuses.map(([type, status]) => twice({ class: type, status, ...withMessage(FAILED) })),
      middle: [expect.objectContaining(withMessage('The line went dead')), ['Half']],
      left: 'Half',
      models: ['model-a', 'org/model-b'],
      counted: true,
    });
    expect(asked('hello')?.messages).toMatchObject([{ role: 'user' }]);
    expectWhole(asked);
    await expect.poll(() => ends.left).toBe(1);
  });

  it('ollama', async () => {
    const { url, ends, asked } = await startService();
    const statuses = [400, 401, 404, 429, 502, 504];
    expect(await python.program('ollama_client.py', url)).toEqual({
      whole: 'Hello 🌍',
      streamed: ['Hel', 'lo 🌍'],
      usage: [11, 7, 'stop'],
      call: ['weather', { city: 'Oslo' }],
      errors: statuses.map((status) => twice({ class: 'ResponseError', status, ...withMessage(FAILED) })),
      middle: [
        expect.objectContaining({ class: 'ResponseError', ...withMessage('The line went dead') }),
        ['Half'],
      ],
      left: 'Half',
      models: ['model-a', 'org/model-b'],
      vectors: [
        [0, 0.5],
        [1, 0.5],
      ],
    });
    expect(asked('result')?.messages.slice(1)).toMatchObject([
      { role: 'assistant', tool_calls: [{ function: { arguments: '{"city":"Oslo"}' } }] },
      { role: 'tool', content: 'Snow' },
    ]);
    expect(asked('json')?.response_format).toMatchObject({ json_schema: { schema: { required: ['city'] } } });
    expect(asked('image')?.messages[0]?.content).toMatchObject([
      { text: 'Hello' },
      { image_url: { url: IMAGE_URL } },
    ]);
    await expect.poll(() => ends.left).toBe(1);
  });

  it('llm, configured as docs/apps.md says', async () => {
    const { url, asked } = await startService();
    const user = join(python.folder, 'llm');
    await mkdir(user);
    const models = [
      '- model_id: gateway',
      '  model_name: hello',
      `  api_base: ${url}/v1`,
      '  api_key_name: g4f',
      '  supports_schema: true',
      '  supports_tools: true',
      '- model_id: failing',
      '  model_name: "fail:auth"',
      `  api_base: ${url}/v1`,
      '  api_key_name: g4f',
    ];
    await writeFile(join(user, 'extra-openai-models.yaml'), models.join('\n'));
    await writeFile(join(user, 'keys.json'), JSON.stringify({ g4f: 'any' }));
    const ask = (...args: readonly string[]) => python.command('llm', args, { LLM_USER_PATH: user });
    expect(await ask('-m', 'gateway', 'Hello')).toBe('Hello 🌍\n');
    expect(asked('hello')?.messages).toMatchObject([{ role: 'user', content: 'Hello' }]);
    expect(await ask('-m', 'gateway', '--no-stream', '--schema', 'city, country', 'Where?')).toBe(
      'Hello 🌍\n',
    );
    expect(asked('hello')?.response_format).toMatchObject({ type: 'json_schema' });
    await expect(ask('-m', 'failing', 'Hello')).rejects.toThrow(FAILED);
  });
});

if (G4F_CLIENTS === 'long')
  await withPython('Python', AIDER, (python) => {
    it('aider, configured as docs/apps.md says', async () => {
      const { url, asked } = await startService();
      const args = [
        '--model',
        'openai/hello',
        '--message',
        'Hello',
        '--yes-always',
        '--no-git',
        '--no-pretty',
      ];
      const quiet = ['--no-check-update', '--no-analytics', '--no-show-model-warnings', '--no-gitignore'];
      const said = await python.command('aider', [...args, ...quiet], {
        OPENAI_API_BASE: `${url}/v1`,
        OPENAI_API_KEY: 'any',
        // Its prices and limits of models are read from its own copy, not from the network.
        LITELLM_LOCAL_MODEL_COST_MAP: 'True',
      });
      expect(said).toContain('Hello 🌍');
      expect(JSON.stringify(asked('hello')?.messages.at(-1))).toContain('Hello');
    });
  });
