// OLLAMA_HOST, in all the forms that Ollama itself takes, says where Ollama is.
import { describe, expect, it } from 'vitest';
import ollama from '../../src/backends/ollama.ts';
import { createFakeContext } from './fake-context.ts';

const addressFor = async (OLLAMA_HOST: string | undefined) => {
  const context = createFakeContext({}, { env: { OLLAMA_HOST } });
  await ollama.listModels(context);
  return context.requests[0]?.url.replace(/\/api\/tags$/, '');
};

describe('OLLAMA_HOST', () => {
  it.each([
    [undefined, 'http://127.0.0.1:11434'],
    ['', 'http://127.0.0.1:11434'],
    ['box', 'http://box:11434'],
    ['box:8000', 'http://box:8000'],
    ['192.168.1.5', 'http://192.168.1.5:11434'],
    [' "box:8000" ', 'http://box:8000'],
    ['http://box:11434', 'http://box:11434'],
    ['http://box:11434/', 'http://box:11434'],
    // With a scheme, the port is that scheme's own: Ollama reads it so.
    ['http://box', 'http://box'],
    ['https://box.example', 'https://box.example'],
    ['https://box.example/ollama/', 'https://box.example/ollama'],
    ['box/ollama', 'http://box:11434/ollama'],
    // Where a server listens everywhere, one calls it at home.
    ['0.0.0.0', 'http://127.0.0.1:11434'],
    ['0.0.0.0:11434', 'http://127.0.0.1:11434'],
    ['http://0.0.0.0:8000', 'http://127.0.0.1:8000'],
    [':8000', 'http://127.0.0.1:8000'],
    ['[::]:8000', 'http://[::1]:8000'],
    ['::1', 'http://[::1]:11434'],
    ['[::1]', 'http://[::1]:11434'],
    ['[::1]:8000', 'http://[::1]:8000'],
  ])('%j → %s', async (host, address) => {
    expect(await addressFor(host)).toBe(address);
  });

  it.each(['box:port', 'box:99999', 'ftp://box', 'two words'])(
    'refuses %j in one line that names the variable',
    async (host) => {
      await expect(addressFor(host)).rejects.toMatchObject({
        code: 'invalid-request',
        message: expect.stringMatching(/^ollama: OLLAMA_HOST .+\.$/),
      });
      const context = createFakeContext({}, { env: { OLLAMA_HOST: host } });
      expect(await ollama.available?.(context)).toContain('OLLAMA_HOST');
      expect(context.requests).toEqual([]);
    },
  );

  it('comes after the address that the caller gives', async () => {
    const context = createFakeContext({}, { env: { OLLAMA_HOST: 'box' }, baseURL: 'http://here:1/v1' });
    await ollama.listModels(context);
    expect(context.requests[0]?.url).toBe('http://here:1/api/tags');
  });
});
