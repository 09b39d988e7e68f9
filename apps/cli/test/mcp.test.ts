// `g4f mcp`, asked by the SDK's own client: tools, the log and models to read, templates to fill.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FAKE_PIECES, type FakeOpenAI, startFakeOpenAI } from '../../../scripts/fake-openai.ts';
import { COMMAND, createHome, type Home, run, start } from './typed.ts';

let service: FakeOpenAI;
let home: Home;
beforeAll(async () => {
  service = await startFakeOpenAI();
  home = await createHome({ OPENAI_BASE_URL: service.url });
  await run(['keys', 'set', 'openai', '--in', 'file'], home.env, 'sk-kept-0123456789\n');
  await run(['templates', 'set', 'tr', '--prompt', 'Into {{language}}: {{input}}'], home.env);
});
afterAll(async () => {
  await service.close();
  await home.remove();
});

const connect = async (args: readonly string[] = []): Promise<Client> => {
  const client = new Client({ name: 'test', version: '1' });
  const transport = new StdioClientTransport({
    ...{ command: process.execPath, args: [COMMAND, 'mcp', '-m', 'gpt-5.4', ...args], env: { ...home.env } },
  });
  await client.connect(transport);
  return client;
};

it('answers with a key that is kept', async () => {
  const client = await connect();
  const result = await client.callTool({ name: 'ask', arguments: { prompt: 'hi' } });
  expect(result.content).toMatchObject([{ type: 'text', text: FAKE_PIECES.join('') }]);
  await client.close();
});

it('gives templates as prompts, and says which value is missing', async () => {
  const client = await connect();
  const { prompts } = await client.listPrompts();
  expect(prompts).toMatchObject([
    {
      name: 'tr',
      arguments: [
        { name: 'language', required: true },
        { name: 'input', required: true },
      ],
    },
  ]);
  const { messages } = await client.getPrompt({ name: 'tr', arguments: { language: 'Latin', input: 'hi' } });
  expect(messages).toEqual([{ role: 'user', content: { type: 'text', text: 'Into Latin: hi' } }]);
  await expect(client.getPrompt({ name: 'tr', arguments: { input: 'hi' } })).rejects.toThrow(/language/);
  await client.close();
});

it('lets callers read the models, and the log only where that is wanted', async () => {
  await run(['-q', '-m', 'gpt-5.4', 'a private question'], home.env);
  const client = await connect();
  expect((await client.listResources()).resources.map(({ uri }) => uri)).toEqual(['g4f://models']);
  const [models] = (await client.readResource({ uri: 'g4f://models' })).contents;
  expect(JSON.parse(String(Object(models).text))).toContainEqual(expect.objectContaining({ id: 'gpt-5.4' }));
  await expect(client.readResource({ uri: 'g4f://log' })).rejects.toThrow(/not found/);
  await client.close();
  const trusted = await connect(['--log']);
  const [log] = (await trusted.readResource({ uri: 'g4f://log' })).contents;
  expect(JSON.parse(String(Object(log).text))).toMatchObject([{ prompt: 'a private question' }]);
  await trusted.close();
});

it('serves over HTTP to callers with its token, and ends with Ctrl-C', async () => {
  const { child, printed, ended } = start(['mcp', '--http', '--port', '0'], home.env);
  await expect.poll(() => printed.stderr, { timeout: 60_000 }).toMatch(/its token: /);
  const [url = ''] = /http:\S+/.exec(printed.stderr) ?? [];
  expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401);
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 0, stdout: '' });
  expect(await run(['mcp', '--port', '1'], home.env)).toMatchObject({
    code: 2,
    stderr: 'g4f: --port needs --http\n',
  });
});

it.each([
  ['/nope', 'does not exist'],
  [COMMAND, 'is not a folder'],
])('refuses a folder that is none before it starts: %s', async (folder, why) => {
  expect(await run(['mcp', '-m', 'gpt-5.4', '--folder', '.', '--folder', folder], home.env)).toMatchObject({
    ...{ code: 2, stdout: '' },
    stderr: `g4f: --folder "${folder}" ${why}.\n`,
  });
});

it.each([
  [['--origin', 'x/y'], 'an origin (https://chat.example.com) was expected, without a path'],
  [['--allow-host', 'http://a'], 'a name (mcp.example.com) was expected, without a scheme or a path'],
])('refuses %j by the name of the option', async (args, why) => {
  expect(await run(['mcp', '-m', 'gpt-5.4', '--http', '--port', '0', ...args], home.env)).toMatchObject({
    ...{ code: 2, stdout: '' },
    stderr: `g4f: ${args[0]}: ${why}.\n`,
  });
});
