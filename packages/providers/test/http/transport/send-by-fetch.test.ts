// The browser's way to the network follows no redirect, on whatever platform its fetch is.
import { G4FError } from '@g4f/core';
import { LightAbort } from '@g4f/core/internal';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createSend } from '../../../src/http/transport/send.browser.ts';
import { startService } from '../service.ts';

const send = createSend({ provider: 'acme', signal: new LightAbort(), enter: () => undefined });
const request = (url: string) =>
  ({ method: 'POST', url, headers: { 'x-api-key': 'marked-key' }, body: 'the prompt' }) as const;

afterEach(() => void vi.unstubAllGlobals());

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])('%i is an answer, and nobody else is asked', async (status) => {
    const asked: string[] = [];
    const elsewhere = await startService((response, incoming) => {
      asked.push(incoming.url ?? '');
      response.end('{}');
    });
    const service = await startService((response) =>
      response.writeHead(status, { location: `${elsewhere.url}/there` }).end(),
    );
    const response = await send(request(service.url));
    expect(response.status).toBe(status);
    expect(response.headers.location).toBe(`${elsewhere.url}/there`);
    response.release();
    expect(asked).toEqual([]);
  });

  it('that a browser hides is an error', async () => {
    const answer = { type: 'opaqueredirect', status: 0, headers: new Headers(), body: null };
    const fetching = vi.fn(async () => answer);
    vi.stubGlobal('fetch', fetching);
    const failure: unknown = await send(request('https://api.acme.test/v1')).catch(
      (thrown: unknown) => thrown,
    );
    expect(failure).toBeInstanceOf(G4FError);
    expect(failure).toMatchObject({
      code: 'bad-response',
      provider: 'acme',
      message:
        'acme: https://api.acme.test redirects, which is not followed because key and prompt would go with it; a browser does not say where to. Check the baseURL, or choose another provider.',
    });
    expect(fetching).toHaveBeenCalledWith(
      'https://api.acme.test/v1',
      expect.objectContaining({ redirect: 'manual' }),
    );
  });
});
