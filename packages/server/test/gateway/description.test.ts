// The gateway's own description: every route is in it, its schemas are those that check, and its page loads nothing from elsewhere.
import { describe, expect, it } from 'vitest';
import { documentedPath, openapiDocument } from '../../src/openapi/document.ts';
import { OPERATIONS } from '../../src/openapi/operations.ts';
import { ROUTES } from '../../src/routes/routes.ts';
import { gatewayOf, post, saying, start, stop, text } from '../made-up.ts';

const hello = saying([start()], [text('Hello')], [stop]);

interface Document {
  readonly openapi: string;
  readonly paths: Record<
    string,
    Record<string, { readonly security?: unknown; readonly requestBody?: unknown }>
  >;
  readonly components: {
    readonly schemas: Record<string, { readonly properties: object; readonly required?: string[] }>;
  };
}

describe('/openapi.json', () => {
  it('has every route, and no other', () => {
    const routes = ROUTES.map(({ method, path }) => `${method} ${path}`);
    expect([...new Set(OPERATIONS.map(({ route }) => route))].sort()).toEqual([...routes].sort());
    const open = ROUTES.filter(({ isOpen }) => isOpen).map(({ method, path }) => `${method} ${path}`);
    expect(
      OPERATIONS.filter(({ isOpen }) => isOpen)
        .map(({ route }) => route)
        .sort(),
    ).toEqual(open.sort());
  });

  it('is given without a key, and refers to nothing that is not in it', async () => {
    const { url } = await gatewayOf(hello, { keys: ['k'] });
    const answer = await fetch(`${url}/openapi.json`);
    const written = await answer.text();
    const { openapi, paths, components } = JSON.parse(written) as Document;
    expect(openapi).toBe('3.1.0');
    expect(Object.keys(paths)).toContain('/v1beta/models/{model}:generateContent');
    expect(Object.keys(paths)).toContain('/v1/models/{id}');
    for (const [, name = ''] of written.matchAll(/"#\/components\/schemas\/(\w+)"/g))
      expect(components.schemas).toHaveProperty(name);
    expect(components.schemas.Chat?.required).toContain('model');
    expect(components.schemas.Chat?.properties).toHaveProperty('messages');
  });

  it.each(
    OPERATIONS.filter(({ body }) => body !== undefined).map((one) => [documentedPath(one), one] as const),
  )('names at %s a body that is really read', async (path, { body = '', isForm = false }) => {
    const { url } = await gatewayOf(hello);
    const answer = await post(url + path.replace('{model}', 'model-a'), {});
    expect([path, answer.status]).toEqual([path, isForm ? 415 : 400]);
    const { schemas } = openapiDocument().components as Document['components'];
    expect(schemas[body]).toHaveProperty('properties');
  });
});

describe('/docs', () => {
  it('is a page with its own style alone, under a policy that allows no more', async () => {
    const { url } = await gatewayOf(hello, { keys: ['k'] });
    const page = await fetch(`${url}/docs`);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self'/);
    const html = await page.text();
    expect(html).not.toMatch(/<script|https?:|style=|\son\w+=/);
    for (const one of OPERATIONS) expect(html).toContain(documentedPath(one).replaceAll(/[&<>"']/g, ''));
    expect(html).toMatch(/<code>messages<\/code> \*/);
    const [, style = ''] = /<link rel="stylesheet" href="([^"]+)">/.exec(html) ?? [];
    expect((await fetch(url + style)).headers.get('content-type')).toBe('text/css; charset=utf-8');
  });
});
