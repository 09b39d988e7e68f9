// One policy, over one trace, by the client that gateways use: its routing, failover, circuits, deadlines and hedges are the real ones, and
// only the clock and the services are made.
import { AsyncClient, type Hedge, type Routing } from '@g4f/client';
import type { Provider } from '@g4f/core';
import { saying } from '../made-up.ts';
import { createRandom } from '../soak/random.ts';
import { type Asked, makeServices } from './services.ts';
import { type Arrival, makeTrace } from './trace.ts';
import { VirtualClock } from './virtual-clock.ts';

/** A way to choose who is asked. */
export interface Policy {
  readonly name: string;
  readonly routing: Routing;
  readonly hedge?: Hedge;
}

/** What is simulated. */
export interface Run {
  readonly requests: number;
  readonly seed: number;
  /** Clients, each of which learns for itself; who gets a request is drawn. */
  readonly gateways: number;
}

/** How one policy fared. */
export interface Figures {
  readonly name: string;
  /** Percentiles of the time to the first content, in ms, of the answered requests. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Requests without an answer. */
  readonly failed: number;
  /** Requests to services above one for each request. */
  readonly extra: number;
  /** The part of all requests to services that each got. */
  readonly shares: Readonly<Record<string, number>>;
}

/** The policies that a gateway has, besides the one that goes by prices. */
export const POLICIES: readonly Policy[] = [
  { name: 'order', routing: { policy: 'order', sticky: false } },
  { name: 'round-robin', routing: { policy: 'round-robin', sticky: false } },
  {
    name: 'weighted, by the limits',
    routing: { policy: 'weighted', weights: { first: 6, second: 5, third: 9 }, sticky: false },
  },
  { name: 'lowest-latency (least loaded)', routing: { policy: 'lowest-latency', sticky: false } },
  { name: 'lowest-latency, sticky', routing: { policy: 'lowest-latency' } },
  { name: 'order, hedged after 2 s', routing: { policy: 'order', sticky: false }, hedge: { afterMs: 2000 } },
  {
    name: 'lowest-latency, sticky, hedged after 2 s',
    routing: { policy: 'lowest-latency' },
    hedge: { afterMs: 2000 },
  },
];

/** Answers at once. */
const LUCKY: Provider = { ...saying('a'), models: { model: 'model' } };

/** The same for the same arguments. The clock of the whole process is replaced meanwhile. */
export const simulate = async (policy: Policy, { requests, seed, gateways }: Run): Promise<Figures> => {
  await loadAll(policy);
  const trace = makeTrace(requests, seed);
  const asked: Asked = { requests: {} };
  const clock = new VirtualClock();
  const random = createRandom(seed + 1);
  clock.install(random);
  try {
    const provider = makeServices(trace, seed, trace.at(-1)?.at ?? 0, asked);
    const { routing, hedge } = policy;
    const options = { provider: [...provider], routing, env: {}, ...(hedge !== undefined && { hedge }) };
    const clients = Array.from({ length: gateways }, () => new AsyncClient(options));
    const times: number[] = [];
    let over = 0;
    for (const [place, arrival] of trace.entries())
      clock.at(arrival.at, () => {
        const client = clients[Math.floor(random() * gateways)];
        if (client === undefined) return;
        void ask(client, arrival, place, times).finally(() => {
          over += 1;
        });
      });
    await clock.runUntil(() => over === trace.length);
    for (const client of clients) client.close();
    return figuresOf(policy.name, times, trace.length, asked);
  } finally {
    clock.uninstall();
  }
};

/** What the client loads with the first answer and the first failure is there before the clock stands still. */
async function loadAll({ routing, hedge }: Policy): Promise<void> {
  const [unlucky] = makeServices([], 0, 0, { requests: {} });
  if (unlucky === undefined) return;
  const options = { routing, env: {}, maxRetries: 1, ...(hedge !== undefined && { hedge }) };
  for (const provider of [[unlucky], [unlucky, LUCKY]]) {
    const client = new AsyncClient({ ...options, provider });
    await ask(client, { at: 0, conversation: 0, turn: 1, tokens: 1 }, 0, []);
    client.close();
  }
}

/** One request, from its arrival to its end. */
async function ask(client: AsyncClient, arrival: Arrival, place: number, times: number[]): Promise<void> {
  const begin = performance.now();
  const { conversation, turn } = arrival;
  const before = Array.from({ length: turn }, () => [
    { role: 'assistant' as const, content: 'a' },
    { role: 'user' as const, content: 'and?' },
  ]).flat();
  const system = { role: 'system' as const, content: `conversation ${conversation}` };
  // The services look the request up by the last message; the first of the user is the same in each turn.
  const messages = [
    system,
    { role: 'user' as const, content: 'Hello' },
    ...before,
    { role: 'user' as const, content: String(place) },
  ];
  try {
    let isFirst = true;
    for await (const _ of await client.chat.completions.create({ model: 'model', messages, stream: true })) {
      if (isFirst) times.push(performance.now() - begin);
      isFirst = false;
    }
  } catch {
    // What has no time has failed; nothing fails after its first content here.
  }
}

function figuresOf(name: string, times: number[], requests: number, asked: Asked): Figures {
  times.sort((a, b) => a - b);
  const at = (part: number): number => Math.round(times[Math.ceil(part * times.length) - 1] ?? 0);
  const all = Object.values(asked.requests).reduce((sum, count) => sum + count, 0);
  return {
    name,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    failed: requests - times.length,
    extra: all - requests,
    shares: Object.fromEntries(Object.entries(asked.requests).map(([id, count]) => [id, count / all])),
  };
}
