// Requests go through a SOCKS5 proxy, with its user name and password as bytes, and host names in ASCII.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { contextOf, failureOf, get, startService, textOf, until } from '../service.ts';

/**
 * A proxy that leads every name to this machine, and what it was told. Source: RFC 1928, sections 3 to 6; RFC 1929
 * @param says instead of its first, second and third answer
 */
const startSocks = async (...says: readonly (string | undefined)[]) => {
  const told = {
    user: '',
    password: '',
    host: '',
    kind: 0,
    methods: [] as number[],
    sockets: [] as Socket[],
  };
  const server = createServer((client) => {
    told.sockets.push(client);
    const instead = [...says];
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
        told.kind = data[3] ?? 0;
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
      const other = instead.shift();
      if (other === undefined) step?.(data);
      else if (other === 'close') client.destroy();
      else client.write(Buffer.from(other, 'hex'));
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

const askThrough = async (proxy: { readonly host: string }, url: string, connectMs = 5000) =>
  await failureOf(() => contextOf({ proxy: `socks5://${proxy.host}`, connectMs }).send(get(url)));

it.each([
  ['wants a password', ['0502'], 'Username and password required'],
  ['takes no way of naming oneself', ['05ff'], 'No acceptable authentication method'],
  [
    'does not allow it',
    [undefined, '05020001000000000000'],
    'SOCKS5 connection failed: Connection not allowed by ruleset',
  ],
  [
    'knows no such command',
    [undefined, '05070001000000000000'],
    'SOCKS5 connection failed: Command not supported',
  ],
  ['speaks something else', ['48545450'], 'Invalid SOCKS version'],
])('a proxy that %s is named, with what may help, and not asked again', async (_, says, words) => {
  const proxy = await startSocks(...says);
  const error = await askThrough(proxy, 'http://models.invalid');
  const message = expect.stringMatching(
    `^acme: the proxy ${proxy.host} .set by the proxy option. refuses to connect to http://models.invalid: ${words}.*socks5://user:password@host:port`,
  );
  expect(error).toMatchObject({ code: 'network', scope: 'provider', retryable: false, message });
});

it('tells a wrong password as an HTTP proxy does, without it', async () => {
  const proxy = await startSocks('0502', '0101');
  const error = await failureOf(() =>
    contextOf({ proxy: `socks5://user:secret@${proxy.host}` }).send(get('http://models.invalid')),
  );
  const message = expect.stringContaining('Check the user name and password in its address');
  expect(error).toMatchObject({ code: 'network', scope: 'provider', retryable: false, message });
  expect(inspect(error, { depth: 9 })).not.toContain('secret');
});

it.each(['01', '03', '04', '05', '06'])('what a proxy says by reply %s may pass', async (reply) => {
  const proxy = await startSocks(undefined, `05${reply}0001000000000000`);
  const message = expect.stringContaining('could not connect to http://models.invalid just now');
  expect(await askThrough(proxy, 'http://models.invalid')).toMatchObject({
    code: 'network',
    retryable: true,
    message,
  });
});

it('names the proxy that nobody listens at', async () => {
  const message = expect.stringContaining('the proxy 127.0.0.1:1 (set by the proxy option) did not answer');
  expect(await askThrough({ host: '127.0.0.1:1' }, 'http://models.invalid')).toMatchObject({ message });
});

it.each([
  ['http://127.0.0.2:1', 1],
  ['http://[::1]:1', 4],
  ['http://models.invalid', 3],
])('sends %s as what it is', async (url, kind) => {
  const proxy = await startSocks();
  await askThrough(proxy, url);
  expect(proxy.told.kind).toBe(kind);
});

it.each([
  ['at once', ['']],
  ['when it is asked for the target', [undefined, '']],
])('closes the connection to a proxy that falls silent %s', async (_, says) => {
  const proxy = await startSocks(...says);
  const error = await askThrough(proxy, 'http://models.invalid', 100);
  expect(error).toMatchObject({ code: 'timeout', phase: 'connect' });
  await until(() => proxy.told.sockets.every((socket) => socket.destroyed || socket.readableEnded));
});

it('closes the connection of a call that is left', async () => {
  const [proxy, leaving] = [await startSocks(''), new AbortController()];
  const call = contextOf({ proxy: `socks5://${proxy.host}`, signal: leaving.signal });
  const failed = failureOf(() => call.send(get('http://models.invalid')));
  await until(() => proxy.told.sockets.length === 1);
  leaving.abort();
  await failed;
  await until(() => proxy.told.sockets.every((socket) => socket.destroyed || socket.readableEnded));
});
