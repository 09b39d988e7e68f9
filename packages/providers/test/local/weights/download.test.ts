// A download goes on where it stopped, whatever happens to the connection.
import { existsSync, linkSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Download, download } from '../../../src/local/weights/download.ts';
import { lend, modelBytes, nobody, sendRange, serve, temporaryFolder, tinyFile } from '../fake-sources.ts';

const silent = { update: () => {}, end: () => {} };
const order = (url: string, more: Partial<Download> = {}): Download => ({
  url: url + tinyFile.huggingFacePath,
  partial: join(temporaryFolder(), 'tiny.part'),
  bytes: modelBytes.length,
  context: lend({}),
  show: () => silent,
  pauseMs: 1,
  ...more,
});

describe('download', () => {
  it('fetches a file whole, shows how far it is, and leaves the deadlines in the preparing phase', async () => {
    const { url, requests } = await serve(sendRange);
    const seen: number[] = [];
    const context = lend({});
    const one = order(url, {
      context,
      show: () => ({ update: (done) => void seen.push(done), end: (how) => void seen.push(how.length) }),
    });
    await download(one);
    expect(readFileSync(one.partial).equals(modelBytes)).toBe(true);
    expect(requests).toEqual([undefined]);
    expect(seen.slice(-2)).toEqual([modelBytes.length, 'complete'.length]);
    expect(context.phases.at(-1)).toBe('prepare');
  });

  it('asks for the rest when the connection is cut in the middle', async () => {
    const { url, requests } = await serve((request, response, count) => {
      if (count > 1) return sendRange(request, response);
      response.writeHead(200, { 'content-length': modelBytes.length });
      response.write(modelBytes.subarray(0, 70_000), () => response.destroy());
    });
    const one = order(url);
    await download(one);
    expect(readFileSync(one.partial).equals(modelBytes)).toBe(true);
    expect(requests).toHaveLength(2);
    expect(requests[1]).toMatch(/^bytes=[1-9]\d*-$/);
  });

  it('goes on with what an earlier run left', async () => {
    const { url, requests } = await serve(sendRange);
    let from = 0;
    const one = order(url, {
      show: (bytes) => {
        from = bytes;
        return silent;
      },
    });
    writeFileSync(one.partial, modelBytes.subarray(0, 123_456));
    await download(one);
    expect(readFileSync(one.partial).equals(modelBytes)).toBe(true);
    expect(requests).toEqual(['bytes=123456-']);
    expect(from).toBe(123_456);
  });

  it('asks for nothing when every byte is there already', async () => {
    const { url, requests } = await serve(sendRange);
    const one = order(url);
    writeFileSync(one.partial, modelBytes);
    await download(one);
    expect(requests).toEqual([]);
  });

  it('begins anew when the server ignores the range', async () => {
    const { url } = await serve((_, response) => void response.end(modelBytes));
    const one = order(url);
    writeFileSync(one.partial, Buffer.alloc(5000, 'x'));
    await download(one);
    expect(readFileSync(one.partial).equals(modelBytes)).toBe(true);
  });

  it.each([
    ['begins elsewhere', 'bytes 5000-204803/204804'],
    ['begins at the start', 'bytes 0-204803/204804'],
    ['begins at the end', 'bytes 204804-204804/204804'],
    ['begins behind the end', 'bytes 999999999-9999999999/204804'],
    ['ends behind the end', 'bytes 1000-204804/204804'],
    ['is of another file', 'bytes 1000-204803/204805'],
    ['has no end', 'bytes 1000-/204804'],
    ['has no start', 'bytes -1000/204804'],
    ['is negative', 'bytes -1--5/204804'],
    ['is no number', 'bytes 1e3-2e5/204804'],
    ['is longer than any', `bytes ${'9'.repeat(400)}-${'9'.repeat(400)}/*`],
    ['is of no unit', '1000-204803/204804'],
    ['is missing', undefined],
  ])('asks once, and keeps what it has, where the range of the answer %s', async (_, range) => {
    const { url, requests } = await serve((_request, response) => {
      response.writeHead(206, range === undefined ? {} : { 'content-range': range });
      response.end();
    });
    const one = order(url);
    writeFileSync(one.partial, modelBytes.subarray(0, 1000));
    await expect(download(one)).rejects.toThrow(/offers another file/);
    expect(requests).toEqual(['bytes=1000-']);
    expect(statSync(one.partial).size).toBe(1000);
  });

  it('asks six times at most, and waits longer each time, however little each answer brings', async () => {
    const { url, requests } = await serve((request, response) => {
      const from = Number(/\d+/.exec(request.headers.range ?? '')?.[0] ?? 0);
      const range = `bytes ${from}-${modelBytes.length - 1}/${modelBytes.length}`;
      response.writeHead(from > 0 ? 206 : 200, from > 0 ? { 'content-range': range } : {});
      response.end(modelBytes.subarray(from, from + 1));
    });
    const one = order(url);
    await expect(download(one)).rejects.toThrow(/was cut after 6 of 204804 bytes/);
    expect(requests).toHaveLength(6);
    expect(statSync(one.partial).size).toBe(6);
  });

  it('leaves the pause between two turns when the caller does', async () => {
    const leave = new AbortController();
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-length': modelBytes.length });
      response.write(modelBytes.subarray(0, 1000), () => response.destroy());
    });
    const context = lend({}, leave.signal);
    const one = order(url, { context, pauseMs: 2 ** 30 });
    const fetching = download(one);
    fetching.catch(() => {});
    // Once when the headers have come, once with the bytes, and then before the pause.
    await expect.poll(() => context.phases.filter((phase) => phase === 'prepare').length).toBeGreaterThan(2);
    leave.abort();
    await expect(fetching).rejects.toMatchObject({ code: 'aborted' });
  });

  const others = [
    ['a link to another file', (partial: string, other: string) => symlinkSync(other, partial)],
    ['a second name of another file', (partial: string, other: string) => linkSync(other, partial)],
  ] as const;
  it.skipIf(process.platform === 'win32').each(others)('never writes to %s', async (_, plant) => {
    const { url, requests } = await serve(sendRange);
    const one = order(url);
    const other = join(temporaryFolder(), 'precious');
    writeFileSync(other, modelBytes.subarray(0, 1000));
    plant(one.partial, other);
    await download(one);
    expect(requests).toEqual([undefined]);
    expect(readFileSync(other).equals(modelBytes.subarray(0, 1000))).toBe(true);
    expect(readFileSync(one.partial).equals(modelBytes)).toBe(true);
    expect(statSync(one.partial).mode & 0o777).toBe(0o600);
  });

  it('follows redirects, relative ones too', async () => {
    const { url } = await serve((request, response) => {
      if (request.url === '/elsewhere') return sendRange(request, response);
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    const one = order(url);
    await download(one);
    expect(statSync(one.partial).size).toBe(modelBytes.length);
  });

  it('refuses a file of another length before writing a byte of it', async () => {
    const { url } = await serve((_, response) => void response.end('<html>please log in</html>'));
    const one = order(url);
    await expect(download(one)).rejects.toThrow(/offers another file \(26 bytes, not 204804\)/);
    expect(existsSync(one.partial)).toBe(false);
  });

  it('says which status came', async () => {
    const { url } = await serve((_, response) => void response.writeHead(404).end());
    await expect(download(order(url))).rejects.toThrow(/^127\.0\.0\.1:\d+ answered with status 404$/);
  });

  it('gives up on a server that does not answer, and on one that stalls, but keeps what came', async () => {
    const mute = await serve(() => {});
    await expect(download(order(mute.url, { answerMs: 50 }))).rejects.toThrow(/did not answer within 0.05 s/);
    const stalling = await serve((_, response) => {
      response.writeHead(200, { 'content-length': modelBytes.length });
      response.write(modelBytes.subarray(0, 1000));
    });
    const one = order(stalling.url, { stallMs: 300, answerMs: 60_000 });
    await expect(download(one)).rejects.toThrow(/^nothing came for 0.3 s$/);
    expect(statSync(one.partial).size).toBe(1000);
  });

  it('fails at once where nothing listens', async () => {
    await expect(download(order(nobody))).rejects.toThrow(/nothing listens there/);
  });

  it('stops when the caller leaves, and keeps what came', async () => {
    const leave = new AbortController();
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-length': modelBytes.length });
      response.write(modelBytes.subarray(0, 1000));
    });
    const one = order(url, {
      context: lend({}, leave.signal),
      show: () => ({ ...silent, update: () => leave.abort() }),
    });
    await expect(download(one)).rejects.toMatchObject({ code: 'aborted', provider: 'local' });
    expect(statSync(one.partial).size).toBe(1000);
  });
});
