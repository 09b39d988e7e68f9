// Attacks on what others run of ours: the worker, the kit's fault server, configurations, and permission models.
import { symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AsyncClient, Client } from '@g4f/client';
import { createFaultServer } from '@g4f/testing';
import type { Attack, Random } from './attack.ts';
import { below, failureOf, inScratch, mustHold, oneOf } from './scratch.ts';

/** Sends bytes to a port and waits until the other side has answered or hung up. */
const sendRaw = (port: string, bytes: string): Promise<void> =>
  new Promise((done) => {
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined).once('close', () => done());
    socket.once('data', () => socket.destroy());
    socket.end(bytes, 'latin1');
  });

const anyText = (random: Random): string =>
  Array.from({ length: 1 + below(30, random) }, () =>
    oneOf(
      ['%', '/', 'fault:', 'none', '..', ':', '?', '#', '[', String.fromCharCode(below(256, random))],
      random,
    ),
  ).join('');

/** What JSON can hold, as deep as chance says. */
const anyValue = (random: Random): unknown =>
  oneOf<() => unknown>(
    [
      () => null,
      () => random(),
      () => oneOf(['', 'g4f:request', 'secret', '__proto__'], random),
      () => Array.from({ length: below(4, random) }, () => anyValue(random)),
      () => ({ secret: anyValue(random), message: anyValue(random), name: anyValue(random) }),
    ],
    random,
  )();

const moduleOf = (behaviour: string): string => `import { parentPort } from 'node:worker_threads';
  export default { id: 'guest', name: 'Guest', website: 'https://example.org/', key: 'none', models: {},
    async *chat() { ${behaviour} yield [{ type: 'answer-start', model: 'm' }, { type: 'text-delta', text: 'well' }, { type: 'finish', reason: 'stop' }]; } };`;

export const HOSTING_ATTACKS: readonly Attack[] = [
  {
    name: 'a module in the worker that posts or throws anything',
    promise:
      'A module that runs in the worker of Client can neither end the calling program nor change an answer.',
    run: (random) =>
      inScratch(async (folder) => {
        const value = JSON.stringify(anyValue(random));
        const file = join(folder, 'guest.mjs');
        const throws = random() < 0.3;
        writeFileSync(
          file,
          moduleOf(
            throws
              ? `setImmediate(() => { throw ${value}; }); await new Promise(() => {});`
              : `parentPort.postMessage(${value});`,
          ),
        );
        const client = new Client({ provider: pathToFileURL(file) });
        const ask = (): unknown =>
          client.chat.completions.create({ model: 'm', messages: 'x' }).choices[0]?.message;
        try {
          if (throws) {
            const { code } = await failureOf(ask);
            mustHold(code === 'network', `it threw ${value}, and the call failed with ${code}`);
          } else
            mustHold(JSON.stringify(ask()).includes('well'), `it posted ${value}, and the answer is another`);
          // What was posted is delivered now.
          await new Promise(setImmediate);
        } finally {
          client.close();
        }
      }),
  },
  {
    name: 'any path, method and body at the fault server',
    promise: 'The fault server of the kit answers whatever it is asked, and goes on.',
    async run(random) {
      const server = await createFaultServer();
      const { port } = new URL(server.url);
      try {
        for (let times = 0; times < 20; times++) {
          const body = oneOf([JSON.stringify(anyValue(random)), anyText(random)], random);
          const method = oneOf(['GET', 'POST', 'OPTIONS', 'CONNECT', 'oops', anyText(random)], random);
          const head = `${method} ${oneOf(['/', '', 'http://', '/fault:none/'], random)}${anyText(random)} HTTP/1.1`;
          await sendRaw(
            port,
            `${head}\r\nhost: x\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
          );
        }
        const { status } = await fetch(`${server.url}/control`);
        mustHold(status === 200, `afterwards it answered ${status}`);
      } finally {
        await server.close();
      }
    },
  },
  {
    name: 'what others asked, read from the fault server',
    promise: 'The control endpoint of the fault server tells what was asked only if it was started to do so.',
    async run(random) {
      const server = await createFaultServer();
      try {
        const secret = `prompt-${random()}`;
        const content = JSON.stringify({ model: secret, messages: [{ role: 'user', content: secret }] });
        const path = oneOf(['none/v1/messages', 'none/v1/chat/completions', 'none/api/chat'], random);
        await (await fetch(`${server.url}/${path}?key=${secret}`, { method: 'POST', body: content })).text();
        const told = await (await fetch(`${server.url}/control`)).text();
        mustHold(!told.includes(secret), `it told ${told}`);
      } finally {
        await server.close();
      }
    },
  },
  {
    name: 'a configuration that is no file',
    promise: 'A configuration is a plain file of at most 1 MiB; anything else is refused at once.',
    run: (random) =>
      inScratch(async (folder) => {
        const path = join(folder, 'g4f.json');
        const kind = below(3, random);
        if (kind === 0)
          symlinkSync(oneOf(['/dev/zero', '/dev/tty', '/dev/full', '/proc/self', folder], random), path);
        else {
          writeFileSync(path, '{"backends":[]}');
          truncateSync(path, oneOf([1e10, 2 ** 20 + 1, 2 ** 31 + below(1e9, random)], random));
        }
        const ask = () =>
          new AsyncClient({ env: { G4F_CONFIG: path } }).chat.completions.create({
            model: 'm',
            messages: 'x',
          });
        const { code, message } = await failureOf(ask);
        mustHold(
          code === 'invalid-request' && message.includes('G4F_CONFIG'),
          `it failed with ${code}: ${message}`,
        );
      }),
  },
  {
    name: 'a permission that the runtime refuses',
    promise: 'What a permission model refuses is refused once, by an error that names the flag.',
    async run(random) {
      const [permission, flag] = oneOf(
        [
          ['Net', '--allow-net'],
          ['FileSystemRead', '--allow-fs-read'],
          ['ChildProcess', '--allow-child-process'],
          ['WorkerThreads', '--allow-worker'],
        ],
        random,
      );
      const denied = Object.assign(new Error('Access to this API has been restricted'), {
        code: 'ERR_ACCESS_DENIED',
        permission,
      });
      let asked = 0;
      const provider = {
        id: 'held',
        name: 'Held',
        website: 'https://example.org/',
        key: 'none',
        models: {},
        // biome-ignore lint/correctness/useYield: it may do nothing.
        async *chat(): AsyncGenerator<never> {
          asked += 1;
          throw oneOf([denied, new TypeError('fetch failed', { cause: denied })], random);
        },
      } as const;
      const client = new AsyncClient({ provider, maxRetries: 5 });
      const { code, message } = await failureOf(() =>
        client.chat.completions.create({ model: 'm', messages: 'x' }),
      );
      mustHold(code === 'invalid-request' && message.includes(flag), `it failed with ${code}: ${message}`);
      mustHold(asked === 1, `it was asked ${asked} times`);
    },
  },
];
