// The tool, run by a client for a model.
import { AsyncClient } from '@g4f/client';
import { afterEach, describe, expect, it } from 'vitest';
import { readPage } from '../../src/index.ts';
import { ARTICLE, closeSites, html, openSite as open } from './readable-site.ts';

afterEach(closeSites);

describe('the tool', () => {
  it('is run by runTools, and a refusal is told to the model', async () => {
    const { host, url } = await open(html(ARTICLE));
    const calls = [{ url: `${url}/tides` }, { url: 'http://169.254.169.254/' }];
    const bodies: unknown[] = [];
    const model = await startModel(calls, bodies);
    const client = new AsyncClient({ provider: 'openai', apiKey: 'sk-test', baseURL: model });
    const run = await client.chat.completions.runTools({
      model: 'gpt-4o',
      messages: 'Read.',
      tools: [readPage.tool({ allowHosts: [host] })],
    });
    const [step] = run.steps;
    expect(step?.results[0]?.content).toContain('twice a day');
    expect(step?.results[1]?.content).toContain('not a public address');
    expect(run.message.content).toBe('done');
  });
});

it('what a page says of itself is cut like its words', async () => {
  const { host, url } = await open(
    html(
      `<html><head><title>${'t'.repeat(999)}${'🌊'.repeat(100_000)}</title><meta name="author" content="${'a'.repeat(100_000)}"><meta name="description" content="${'d'.repeat(100_000)}"></head><body><article>${`<p>${'word '.repeat(100)}</p>`.repeat(100)}</article></body></html>`,
    ),
  );
  const page: unknown = await readPage
    .tool({ allowHosts: [host] })
    .execute({ url }, { signal: AbortSignal.timeout(60_000), call });
  expect(JSON.stringify(page).length).toBeLessThan(60_000);
  expect(page).toMatchObject({ isCut: true, title: 't'.repeat(999) });
});

const call = { id: 'c', type: 'function', function: { name: 'read_page', arguments: '{}' } } as const;

/** A model that calls the tool once for each of `calls`, and is then done. */
async function startModel(calls: readonly object[], bodies: unknown[]): Promise<string> {
  const site = await open(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    bodies.push(text);
    const tool_calls = calls.map((args, index) => ({
      id: `call_${index}`,
      type: 'function',
      function: { name: 'read_page', arguments: JSON.stringify(args) },
    }));
    const message =
      bodies.length === 1
        ? { role: 'assistant', content: null, tool_calls }
        : { role: 'assistant', content: 'done' };
    const finish_reason = bodies.length === 1 ? 'tool_calls' : 'stop';
    const choices = [{ index: 0, message, finish_reason }];
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ id: 'x', object: 'chat.completion', created: 1, model: 'gpt-4o', choices }));
  });
  return `${site.url}/v1`;
}
