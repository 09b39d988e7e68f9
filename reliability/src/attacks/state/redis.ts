// Attacks on a gateway whose state is in Redis: by names that mean something there, by what others write into it, and by a Redis that
// is none.
import {
  hasRedis,
  type RedisProcess,
  runRedis,
} from '../../../../packages/server/test/state/redis-process.ts';
import type { Attack, Random } from '../attack.ts';
import { exchangeRaw } from '../gateway/raw.ts';
import { below, mustHold, oneOf } from '../scratch.ts';
import { type AnswerCommand, bulk, command, fakeRedis, flood, greeting } from './fake-redis.ts';
import { anyText, askEverything, type KeyedGateway, newKey, withKeyedGateway } from './gateway-with-state.ts';

const PASSWORD = 'the-password-of-redis-0123';
const DATA =
  'What stands in the state of a gateway is data: what is none of its own is refused, or is not there.';
const OWN = 'Nobody reads, goes on from or deletes what a gateway keeps for another key.';
const AWAY =
  'A state that does not answer, or answers what is none, is away: calls end in bounded time, and nothing is told.';

/** A real Redis with a password; nothing is tried where there is none to start. */
const withRedis = async (
  work: (redis: {
    readonly url: string;
    write(...commands: (readonly string[])[]): Promise<string>;
  }) => Promise<void>,
): Promise<void> => {
  if (!hasRedis) return;
  const redis: RedisProcess = await runRedis();
  const write = (...commands: (readonly string[])[]): Promise<string> =>
    exchangeRaw(
      redis.port,
      Buffer.from(
        [['AUTH', PASSWORD], ...commands, ['QUIT']].map((one) => command(...one)).join(''),
      ).toString('latin1'),
    );
  try {
    await write(['CONFIG', 'SET', 'requirepass', PASSWORD]);
    await work({ url: redis.url.replace('//', `//:${PASSWORD}@`), write });
  } finally {
    await redis.remove();
  }
};

/** Names that mean something to Redis, to Lua, to JSON or to a path. */
const ODD_NAMES: readonly [string, ...string[]] = [
  'a:b',
  ...['g4f:', '*', '?', '[a-z]*', '{tag}', '{', '}', 'a\nb', 'a\r\nb', '\r\n*1\r\n$8\r\nFLUSHALL\r\n'],
  ...['a\u0000b', '__proto__', 'constructor', ' ', '-', '%', '%s', '"', '\\', "'", ']requests', '","x"]cost'],
  ...['\ud83d', '\u2028', 'ü'.repeat(300), 'x'.repeat(100_000), '../..', '\u0000', 'tokens day', '|;'],
];

const makeResponse = async ({ ask }: KeyedGateway, key: string, id: string): Promise<string> => {
  const { status, text, said } = await ask(key, '/v1/responses', { model: 'm', input: id });
  mustHold(
    status === 200,
    `a response with the id ${JSON.stringify(id)} was answered ${status}: ${text.slice(0, 300)}`,
  );
  return String(said.id);
};

/** Of each place of a state, what it holds: `[command, key, field]`. */
const PLACES = ['keys', 'hashes', 'rows', 'sums', 'days', 'used', 'held', 'leases', 'text'] as const;

export const REDIS_ATTACKS: readonly Attack[] = [
  {
    name: 'names that mean something to Redis',
    promise: OWN,
    run: (random) =>
      withRedis(({ url, write }) =>
        withKeyedGateway(url, {}, async (gateway) => {
          gateway.secrets.push(PASSWORD);
          const [one, two] = [await newKey(gateway, 'one'), await newKey(gateway, 'two')];
          await write(['SET', 'another', 'untouched']);
          const models = new Set<string>();
          for (let times = 12; times > 0; times -= 1) {
            const name = oneOf(ODD_NAMES, random) + oneOf(ODD_NAMES, random);
            const model = name.slice(0, 150).toWellFormed();
            if (model.trim() !== '') {
              const { status, text } = await gateway.ask(one.key, '/v1/chat/completions', {
                model,
                messages: [{ role: 'user', content: 'x' }],
              });
              mustHold(
                [200, 400, 404].includes(status),
                `${JSON.stringify(model)}: ${status} ${text.slice(0, 200)}`,
              );
              if (status === 200) models.add(model);
            }
            const id = await makeResponse(gateway, one.key, name);
            const path = `/v1/responses/${encodeURIComponent(id.toWellFormed())}`;
            for (const method of ['GET', 'DELETE']) {
              const { status } = await gateway.ask(two.key, path, undefined, method);
              mustHold(
                [404, 400].includes(status),
                `${method} of another's ${JSON.stringify(id)}: ${status}`,
              );
            }
            const gone = await gateway.ask(two.key, '/v1/responses', {
              ...{
                model: 'm',
                input: 'x',
                previous_response_id: oneOf([id, `${one.id} ${id}`, `${id}*`, name], random),
              },
            });
            mustHold(
              [404, 400].includes(gone.status),
              `another went on from ${JSON.stringify(id)}: ${gone.status}`,
            );
            const own = await gateway.ask(one.key, path);
            mustHold(
              own.status === 200 || id !== id.toWellFormed(),
              `its owner got ${own.status} for ${JSON.stringify(id)}`,
            );
          }
          const { said } = await gateway.admin('GET', '/usage?by=model');
          const told = new Set(JSON.stringify(said.data));
          mustHold(Array.isArray(said.data) && told.size > 0, 'there is no usage');
          for (const model of models) {
            const found = (said.data as readonly Record<string, unknown>[]).some((sum) =>
              Object.values(sum).includes(model),
            );
            mustHold(found, `there is no usage of ${JSON.stringify(model)}`);
          }
          const usage = await gateway.admin('GET', `/usage?by=key&key=${encodeURIComponent(two.id)}`);
          mustHold(
            !usage.text.includes(one.id),
            `the usage of one key told of another: ${usage.text.slice(0, 300)}`,
          );
          mustHold((await write(['GET', 'another'])).includes('untouched'), 'what is another’s was changed');
        }),
      ),
  },
  {
    name: 'what stands in Redis and is none of the gateway',
    promise: DATA,
    run: (random) =>
      withRedis(({ url, write }) =>
        withKeyedGateway(url, { onStateDown: oneOf(['open', 'closed'], random) }, async (gateway) => {
          gateway.secrets.push(PASSWORD);
          for (const place of PLACES) {
            const made = await newKey(gateway, 'spoiled');
            const response = await makeResponse(gateway, made.key, 'r');
            await write(...(await spoil(place, made.id, write, random)));
            await askEverything(gateway, made, response);
            await write(['FLUSHALL']);
          }
        }),
      ),
  },
  {
    name: 'a Redis that hangs, closes, floods or says anything',
    promise: AWAY,
    run: async (random) => {
      for (const [kind, behave] of Object.entries(BEHAVIOURS)) {
        const flooded = new Set<Promise<void>>();
        const answer = behave(random, flooded);
        const redis = await fakeRedis((name, args, socket) => {
          const said = kind === 'refuses with what it was told' ? undefined : greeting(name);
          if (said !== undefined) socket.write(said);
          else answer(name, args, socket);
        });
        const url = `redis://:${PASSWORD}@127.0.0.1:${redis.port}`;
        try {
          await withKeyedGateway(url, { stateTimeout: 50, onStateDown: 'closed' }, async (gateway) => {
            gateway.secrets.push(PASSWORD);
            const key = 'sk-g4f-of-a-caller-0123456789';
            for (let times = 0; times < 3; times += 1)
              await askEverything(gateway, { id: 'key_0123456789abcdef', key }, 'r');
            const { status } = await gateway.ask(key, '/v1/chat/completions', { model: 'm', messages: 'x' });
            // A Redis that says nil knows no such key.
            const isUnknown = kind === 'says what is none' && status === 401;
            mustHold(status === 503 || isUnknown, `a call was answered ${status}`);
            // It is left, however much it still has to say.
            await Promise.all(flooded);
          });
        } catch (error) {
          throw new Error(`${kind}: ${error instanceof Error ? error.message : String(error)}`);
        } finally {
          await redis.close();
        }
      }
    },
  },
];

/** What each does with what it is asked. @param flooded is told of each flood: it resolves when nobody hears it any more */
const BEHAVIOURS: Readonly<Record<string, (random: Random, flooded: Set<Promise<void>>) => AnswerCommand>> = {
  hangs: () => () => undefined,
  closes: () => (_, __, socket) => void socket.destroy(),
  'closes after half an answer': () => (_, __, socket) => void socket.end('$100\r\nx'),
  'says what is none': (random) => (_, __, socket) => void socket.write(anyReply(random)),
  'refuses with what it was told': () => (name, args, socket) =>
    void socket.write(
      `-ERR unknown command '${name}', with args beginning with: ${args.map((one) => `'${one}'`).join(' ')}\r\n`,
    ),
  'writes a text without an end': (_, flooded) => (__, ___, socket) =>
    void flooded.add(flood(socket, '$90000000000\r\n', 'x'.repeat(65_536))),
  'writes a line without an end': (_, flooded) => (__, ___, socket) =>
    void flooded.add(flood(socket, '+', 'x'.repeat(65_536))),
  'writes a list without an end': (_, flooded) => (__, ___, socket) =>
    void flooded.add(flood(socket, '*900000000\r\n', '$1\r\nx\r\n'.repeat(8_000))),
  'writes lists in lists without an end': (_, flooded) => (__, ___, socket) =>
    void flooded.add(flood(socket, '', '*1\r\n'.repeat(16_000))),
  'answers what nobody asked': (_, flooded) => (__, ___, socket) =>
    void flooded.add(flood(socket, '', '+OK\r\n'.repeat(16_000))),
};

const anyReply = (random: Random): string =>
  oneOf(
    [
      '+OK\r\n',
      ':5\r\n',
      '$-1\r\n',
      '*-1\r\n',
      '*0\r\n',
      '*2\r\n$1\r\nx\r\n:1\r\n',
      bulk('null'),
      bulk('{}'),
      bulk('x'.repeat(below(100_000, random))),
      '*1\r\n*1\r\n*1\r\n$-1\r\n',
      '-WRONGTYPE Operation against a key holding the wrong kind of value\r\n',
      '-MOVED 1 127.0.0.1:1\r\n',
      "-READONLY You can't write against a read only replica.\r\n",
      '-LOADING Redis is loading the dataset in memory\r\n',
      '-OOM command not allowed when used memory > maxmemory\r\n',
      'HTTP/1.1 400 Bad Request\r\n\r\n',
      '\u0000\u0001\r\n',
      '%1\r\n+a\r\n+b\r\n',
      '_\r\n',
    ],
    random,
  );

/** Commands that put something else in a place. */
async function spoil(
  place: (typeof PLACES)[number],
  id: string,
  write: (...commands: (readonly string[])[]) => Promise<string>,
  random: Random,
): Promise<readonly (readonly string[])[]> {
  const names = (await write(['KEYS', 'g4f:*'])).match(/g4f:[^\r\n]+/g) ?? [];
  const key = names.find((name) => name.startsWith(`g4f:${place}`)) ?? `g4f:${place}`;
  // Of another type.
  if (random() < 0.4 || place === 'leases')
    return [
      ['DEL', key],
      oneOf(
        [
          ['SET', key, 'x'],
          ['LPUSH', key, 'x'],
          ['SADD', key, 'x'],
          ['HSET', key, '__proto__', '1'],
        ],
        random,
      ),
    ];
  const other = (before: string): string => anyText(before, random);
  const day = new Date().toISOString().slice(0, 10);
  if (place === 'keys' || place === 'hashes') {
    const field = place === 'keys' ? id : ((await write(['HKEYS', key])).match(/[0-9a-f]{64}/)?.[0] ?? '');
    const before = (await write(['HGET', key, field])).match(/\{.*\}/)?.[0] ?? '';
    return [['HSET', key, field, other(before)]];
  }
  if (place === 'text') return [['SET', key, other((await write(['GET', key])).match(/\{.*\}/)?.[0] ?? '')]];
  if (place === 'rows') return [['XADD', key, '*', oneOf(['row', 'x'], random), other('{"id":"a","at":1}')]];
  if (place === 'sums')
    return [
      [
        'HSET',
        key,
        oneOf(
          ['x', '[]', '["k","m","p"]', '["k","m","p"]__proto__', '[1,2,3]cost', '["k","m","p"]cost'],
          random,
        ),
        oneOf(['x', '1e400', '', '5'], random),
      ],
    ];
  if (place === 'days')
    return [['SADD', key, ...oneOf([['x'], ['', '9999-99-99'], [day, '__proto__']], random)]];
  if (place === 'used')
    return [
      [
        'HSET',
        key,
        oneOf(['used', 'reserved', 'calls'], random),
        oneOf(['x', '', '1e400', '-5', 'nan'], random),
      ],
    ];
  return [
    ['HSET', key, 'call', oneOf(['x', '|||', 'tokens day|1|x', '%d'], random)],
    ['ZADD', `g4f:leases:${id}`, '1', 'call'],
  ];
}
