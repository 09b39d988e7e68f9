// Requests go through a SOCKS5 proxy, with its user name and password as bytes, and host names in ASCII.
import diagnostics from 'node:diagnostics_channel';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { contextOf, failureOf, get, startService, textOf } from '../service.ts';

/** A proxy that leads every name to this machine, and what it was told. Source: RFC 1928, sections 3 to 6; RFC 1929 */
const startSocks = async () => {
  const told = { user: '', password: '', host: '', methods: [] as number[] };
  const server = createServer((client) => {
    const steps = [
      (data: Buffer): void => {
        told.methods = [...data.subarray(2)];
        client.write(Buffer.from([5, told.methods.includes(2) ? 2 : 0]));
        if (!told.methods.includes(2)) steps.shift();
      },
      (data: Buffer): void => {
        const end = 2 + (data[1] ?? 0);
        told.user = data.subarray(2, end).toString();
        told.password = data.subarray(end + 1).toString();
        client.write(Buffer.from([1, 0]));
      },
      (data: Buffer): void => {
        told.host = data.subarray(5, -2).toString('latin1');
        const upstream = connect(data.readUInt16BE(data.length - 2), '127.0.0.1', () => {
          client.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
          upstream.pipe(client).pipe(upstream);
        });
        upstream.on('error', () => client.destroy());
        onTestFinished(() => void upstream.destroy());
      },
    ];
    client.on('error', () => undefined);
    client.on('data', (data) => {
      const step = steps.shift();
      step?.(data);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { told, host: `127.0.0.1:${port}` };
};

it.each([
  ['', '', ''],
  ['user:password@', 'user', 'password'],
  ['ü:pä%C3%9F@', 'ü', 'päß'],
  ['us%zz:p%w@', 'us%zz', 'p%w'],
])('reaches a name outside ASCII with %j', async (named, user, password) => {
  const [origin, proxy] = [await startService((response) => response.end('reached')), await startSocks()];
  const url = origin.url.replace('127.0.0.1', 'bücher.invalid');
  const given = { proxy: `socks5h://${named}${proxy.host}` };
  expect(await textOf((await contextOf(given).send(get(url))).body)).toBe('reached');
  expect(proxy.told).toMatchObject({ user, password, host: 'xn--bcher-kva.invalid' });
});

it.each([
  ['no password', 'user@'],
  ['no user name', ':password@'],
  ['too long a user name', `${'u'.repeat(256)}:p@`],
  ['a password of too many bytes', `u:${'%C3%BC'.repeat(128)}@`],
])('refuses what SOCKS5 cannot send: %s', async (_, named) => {
  const proxy = await startSocks();
  const error = await failureOf(() =>
    contextOf({ proxy: `socks5://${named}${proxy.host}` }).send(get('http://models.invalid')),
  );
  expect(error).toMatchObject({
    code: 'invalid-request',
    message: expect.stringContaining('255 bytes each'),
  });
  expect(proxy.told.methods).toEqual([]);
});

it('leaves the deadlines to the caller: an answer may be silent for longer than undici waits', async () => {
  const [origin, proxy] = [await startService((response) => response.end('reached')), await startSocks()];
  const requests: unknown[] = [];
  const hear = (message: unknown): void => void requests.push((message as { request: unknown }).request);
  diagnostics.subscribe('undici:request:create', hear);
  onTestFinished(() => void diagnostics.unsubscribe('undici:request:create', hear));
  await textOf((await contextOf({ proxy: `socks5://${proxy.host}` }).send(get(origin.url))).body);
  expect(requests).toEqual([expect.objectContaining({ headersTimeout: 0, bodyTimeout: 0 })]);
});
