// Forms: what is refused before a provider is asked. Above all, no caller may have the gateway's own files opened, or addresses near it.
import { fileURLToPath } from 'node:url';
import type { Provider } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { gatewayWith, post } from '../made-up.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000000d494844520000000100000001', 'hex');
/** A file that is there. */
const HERE = fileURLToPath(import.meta.url);

const ROUTES = [
  ['/v1/images/edits', 'image'],
  ['/v1/images/edits', 'mask'],
  ['/v1/images/variations', 'image'],
  ['/v1/audio/transcriptions', 'file'],
  ['/v1/audio/translations', 'file'],
] as const;

const LOCATIONS = [
  HERE,
  `file://${HERE}`,
  'http://127.0.0.1:1/secret',
  'https://example.com/a.png',
  'data:image/png;base64,iVBORw0KGgo=',
];

/** A gateway whose provider says whether it was asked. */
const watched = async (options = {}) => {
  const asked: unknown[] = [];
  const image: Provider['image'] = async function* (request) {
    asked.push(request);
    yield { created: 1, data: [{ b64_json: PNG.toString('base64') }] };
  };
  const transcribe: Provider['transcribe'] = async function* (request) {
    asked.push(request);
    yield { text: 'Hello' };
  };
  return { ...(await gatewayWith({ image, transcribe }, options)), asked };
};

const formOf = (fields: readonly (readonly [string, string | Blob])[]): FormData => {
  const form = new FormData();
  for (const [name, value] of [['model', 'model-a'], ...fields] as const) form.append(name, value);
  return form;
};

const send = (url: string, body: FormData | ReadableStream | string, headers = {}): Promise<Response> =>
  fetch(url, { method: 'POST', body, headers, duplex: 'half' });

describe.each(ROUTES)('%s, %s', (path, field) => {
  const others = field === 'mask' ? ([['image', new File([PNG], 'a.png')]] as const) : [];

  it.each(['', '[]', '[0]', '[data]'])('refuses a text where a file belongs (%s)', async (key) => {
    const { url, asked } = await watched();
    for (const location of LOCATIONS) {
      const form = formOf([['prompt', 'x'], ...others, [`${field}${key}`, location]]);
      const answer = await send(url + path, form);
      expect(answer.status).toBe(400);
      const said = await answer.text();
      expect(JSON.parse(said)).toMatchObject({
        error: { param: field, message: expect.stringContaining('must be a file') },
      });
      expect(said).not.toContain(location);
    }
    expect(asked).toEqual([]);
  });

  it('refuses JSON, whatever its files are', async () => {
    const { url, asked } = await watched();
    for (const file of [...LOCATIONS, { data: HERE, name: 'a.png' }]) {
      const answer = await post(url + path, { model: 'model-a', prompt: 'x', [field]: file });
      expect(answer.status).toBe(415);
    }
    expect(asked).toEqual([]);
  });
});

it('refuses files and places of files in the JSON of generations', async () => {
  const { url, asked } = await watched();
  for (const param of ['image', 'mask'])
    for (const file of [...LOCATIONS, { data: HERE }, [HERE]]) {
      const answer = await post(`${url}/v1/images/generations`, {
        model: 'model-a',
        prompt: 'x',
        [param]: file,
      });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ error: { param } });
    }
  expect(asked).toEqual([]);
});

describe('a form', () => {
  const path = '/v1/images/edits';
  const image = ['image', new File([PNG], 'a.png')] as const;

  it('is refused above the limit of a body, announced or not', async () => {
    const { url, asked } = await watched({ bodyLimit: 1000 });
    const large = formOf([['prompt', 'x'.repeat(2000)], image]);
    expect((await send(url + path, large)).status).toBe(413);
    const { body, headers } = new Response(large);
    if (body === null) throw new Error('no body');
    const type = headers.get('content-type');
    expect((await send(url + path, body, { 'content-type': type })).status).toBe(413);
    expect(asked).toEqual([]);
  });

  it('is refused with more parts than any method takes', async () => {
    const { url, asked } = await watched();
    const many = formOf([['prompt', 'x'], ...Array.from({ length: 2000 }, () => image)]);
    const answer = await send(url + path, many);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('1000 parts');
    expect(asked).toEqual([]);
  });

  it('is refused where it is none', async () => {
    const { url, asked } = await watched();
    for (const type of ['multipart/form-data', 'multipart/form-data; boundary=a'])
      for (const body of ['', 'x', '--a\r\n', '--a\r\ncontent-disposition: form-data; name="image"\r\n\r\nx'])
        expect((await send(url + path, body, { 'content-type': type })).status).toBe(400);
    expect(asked).toEqual([]);
  });

  it.each([
    ['a field twice', [['prompt', 'x'], ['prompt', 'y'], image], 'prompt'],
    ['a file where a text belongs', [['prompt', new File([PNG], 'a.png')], image], 'prompt'],
    ['a name that is no name', [['__proto__', 'x'], image], null],
    ['a name in a name', [['a[b][c]', 'x'], image], null],
    ['a list that is an object', [['a[]', 'x'], ['a[b]', 'x'], image], 'a'],
  ] as const)('is refused for %s', async (_, fields, param) => {
    const { url, asked } = await watched();
    const answer = await send(url + path, formOf(fields));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { param } });
    expect(asked).toEqual([]);
  });

  it('is refused for a file that the method does not take', async () => {
    const { url, asked } = await watched();
    const answer = await send(
      url + path,
      formOf([['prompt', 'x'], image, ['file', new File([PNG], 'a.png')]]),
    );
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('file');
    expect(asked).toEqual([]);
  });

  it('holds numbers, lists and objects', async () => {
    const { url, asked } = await watched();
    const fields = [['prompt', '12'], ['n', '1'], ['a[]', 'x'], ['a[]', 'y'], ['b[c]', 'z'], image] as const;
    expect((await send(url + path, formOf(fields))).status).toBe(200);
    expect(asked).toMatchObject([{ prompt: '12', n: 1, a: ['x', 'y'], b: { c: 'z' } }]);
  });

  it('is read in a handler without Node as well', async () => {
    const { createHandler } = await import('../../src/index.ts');
    const { madeUp, saying } = await import('../made-up.ts');
    const image: Provider['image'] = async function* () {
      yield { created: 1, data: [{ url: 'https://example.com/a.png' }] };
    };
    const handler = createHandler(madeUp(saying(), { image }).options);
    const body = formOf([
      ['prompt', 'x'],
      ['image', new File([PNG], 'a.png')],
    ]);
    const answer = await handler(new Request(`http://localhost${path}`, { method: 'POST', body }));
    expect(answer.status).toBe(200);
  });
});
