// A download goes on where it stopped, whatever happens to the connection.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Download, download } from '../../src/local/download.ts';
import { fakeWeights, lend, modelBytes, nobody, sendRange, serve, temporaryFolder } from './fake-sources.ts';

const silent = { update: () => {}, end: () => {} };
const order = (url: string, more: Partial<Download> = {}): Download => ({
  url: url + fakeWeights.huggingFacePath,
  partial: join(temporaryFolder(), 'tiny.part'),
  bytes: modelBytes.length,
  context: lend({}),
  show: () => silent,
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
