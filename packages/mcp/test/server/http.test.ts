// The tools of the server over HTTP, asked by the SDK's own client.
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PIECES, PIXEL } from '../model-service.ts';
import { createStage, type Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await createStage();
});
afterEach(() => stage.close());

const callTool = async (name: string, args: object, caller?: Client) =>
  (caller ?? (await stage.connect())).callTool({ name, arguments: { ...args } });

describe('the tools', () => {
  it('are listed with their schemas', async () => {
    const { tools } = await (await stage.connect()).listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      'ask',
      'compare',
      'list_models',
      'embed',
      'generate_image',
      'transcribe',
      'read_page',
      'web_search',
    ]);
    expect(tools[0]).toMatchObject({
      inputSchema: { required: ['prompt'] },
      annotations: { readOnlyHint: true },
    });
  });

  it('ask a model, the one that is named or the usual one', async () => {
    const answer = await callTool('ask', { prompt: 'Tides?', system: 'Be short.' });
    expect(answer).toMatchObject({
      content: [{ type: 'text', text: PIECES.join('') }],
      _meta: { 'g4f/provider': 'openai' },
    });
    expect(JSON.parse(stage.service.bodies[0] ?? '')).toMatchObject({
      model: 'gpt-4o',
      messages: [
        { role: 'system', content: 'Be short.' },
        { role: 'user', content: 'Tides?' },
      ],
    });
  });

  it('say of an answer that was cut that it was', async () => {
    const { content } = await callTool('ask', { prompt: 'Tides?', model: 'short' });
    expect(content).toEqual([
      { type: 'text', text: `${PIECES.join('')}\n\n[The answer was cut at its limit of tokens.]` },
    ]);
  });

  it('compare models, of which one may fail', async () => {
    const { structuredContent } = await callTool('compare', {
      prompt: 'Tides?',
      models: ['gpt-4o', 'broken'],
    });
    expect(structuredContent).toMatchObject({
      answers: [
        { model: 'gpt-4o', provider: 'openai', text: PIECES.join('') },
        { model: 'broken', error: expect.stringContaining('no such model') },
      ],
    });
  });

  it('list models', async () => {
    const { structuredContent } = await callTool('list_models', { search: 'GPT-4O', limit: 1 });
    expect(structuredContent).toMatchObject({ models: [{ id: expect.stringContaining('gpt-4o') }] });
  });

  it('embed texts', async () => {
    const { structuredContent } = await callTool('embed', {
      model: 'text-embedding-3-small',
      texts: ['a', 'b'],
    });
    expect(structuredContent).toMatchObject({
      embeddings: [
        [0, 0.5],
        [1, 0.5],
      ],
    });
  });

  it('make images', async () => {
    const { content } = await callTool('generate_image', { model: 'gpt-image-1', prompt: 'a cat' });
    expect(content).toEqual([{ type: 'image', data: PIXEL, mimeType: 'image/png' }]);
  });

  it('hear recordings that are sent, or lie in a folder that may be read, and no others', async () => {
    const sound = Buffer.concat([Buffer.from('ID3'), Buffer.alloc(2000)]);
    const caller = await stage.connect();
    const hear = (source: object) => callTool('transcribe', { model: 'whisper-1', ...source }, caller);
    expect(await hear({ audio: sound.toString('base64') })).toMatchObject({
      content: [{ text: 'hello there' }],
    });
    await writeFile(join(stage.folder, 'talk.mp3'), sound);
    expect(await hear({ path: join(stage.folder, 'talk.mp3') })).toMatchObject({
      content: [{ text: 'hello there' }],
    });
    const sent = stage.service.bodies.length;
    await symlink(import.meta.filename, join(stage.folder, 'link.mp3'));
    for (const path of [
      import.meta.filename,
      join(stage.folder, 'link.mp3'),
      join(stage.folder, '..'),
      'none.mp3',
    ])
      expect(await hear({ path })).toMatchObject({
        isError: true,
        content: [{ text: expect.stringContaining('no such file in the folders') }],
      });
    expect(await hear({})).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining('give one of') }],
    });
    expect(await hear({ url: 'http://169.254.169.254/' })).toMatchObject({ isError: true });
    expect(stage.service.bodies).toHaveLength(sent);
  });

  it('search the web, and read no page that is not public', async () => {
    expect(await callTool('web_search', { query: 'tides' })).toMatchObject({
      structuredContent: { results: [{ title: 'tides', url: 'https://tides.example/' }] },
    });
    expect(await callTool('read_page', { url: stage.running.url })).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining('is not a public address') }],
    });
  });

  it('tell failures in one line without a key, and refuse wrong arguments', async () => {
    const failed = JSON.stringify(await callTool('ask', { prompt: 'x', model: 'broken' }));
    expect(failed).toContain('isError');
    expect(failed).not.toContain('sk-secret');
    expect(await callTool('ask', { prompt: 7 })).toMatchObject({ isError: true });
    expect(await callTool('nothing', {})).toMatchObject({ isError: true });
  });
});

describe('a call', () => {
  it('tells its progress', async () => {
    const caller = await stage.connect();
    const told: string[] = [];
    const params = { name: 'ask', arguments: { prompt: 'x', model: 'endless' } };
    const controller = new AbortController();
    const onprogress = ({ message = '' }): void => {
      told.push(message);
      controller.abort();
    };
    await expect(
      caller.callTool(params, undefined, { onprogress, signal: controller.signal }),
    ).rejects.toThrow();
    expect(told).toEqual([PIECES[0]]);
    // Its cancellation stops the stage.service.
    await stage.service.left;
  });

  it('ends with its caller', async () => {
    const caller = await stage.connect();
    const onprogress = (): void =>
      void (caller.transport as StreamableHTTPClientTransport).terminateSession();
    caller
      .callTool({ name: 'ask', arguments: { prompt: 'x', model: 'endless' } }, undefined, { onprogress })
      .catch(() => undefined);
    await stage.service.left;
  });

  it('ends with the server', async () => {
    const caller = await stage.connect();
    const onprogress = (): void => void stage.running.close();
    caller
      .callTool({ name: 'ask', arguments: { prompt: 'x', model: 'endless' } }, undefined, { onprogress })
      .catch(() => undefined);
    await stage.service.left;
    await stage.running.closed;
  });
});
