// What is counted for Prometheus, and how it is asked for. The library is loaded with the first gateway that counts.
import type { AsyncClient } from '@g4f/client';
import type { RequestRecord } from '../exchange/record.ts';
import { optionalLibrary } from '../failure/optional-library.ts';
import type { createPrometheus } from './prometheus.ts';

/** How `/metrics` is served. */
export interface MetricsOptions {
  /** A key of its own, which a scraper sends as `Authorization: Bearer`; the gateway's keys unless given. */
  readonly key?: string;
  /** Answers without a key; false. */
  readonly open?: boolean;
}

/** The counts of one gateway, and of the calls of all clients of its process. */
export interface Metrics {
  readonly options: MetricsOptions;
  /** Counts a request. */
  readonly observe: (record: RequestRecord) => void;
  /** All counts in Prometheus's text format, and its media type. */
  readonly render: () => Promise<{ readonly type: string; readonly text: string }>;
  /** Resolves when everything is counted from then on. */
  readonly ready: Promise<void>;
  /** Names of models that may be labels: callers can write any, and each label is kept for ever. */
  readonly known: Set<string>;
  /** Counts no more. */
  readonly end: () => void;
}

/** The names by which a gateway knows its models. */
interface Named {
  readonly client: AsyncClient;
  /** Names of its own. */
  readonly targets: ReadonlyMap<string, unknown>;
}

/** @param before counts of the same gateway, which go on. */
export const metricsOf = (options: MetricsOptions, named: Named, before?: Metrics): Metrics => {
  const metrics = before ?? beginCounts();
  const ready = Promise.all([metrics.ready, addNames(metrics.known, named)]).then(() => undefined);
  // Each request waits for it, and is told.
  ready.catch(() => undefined);
  return { ...metrics, options, ready };
};

function beginCounts(): Omit<Metrics, 'options'> {
  const known = new Set<string>();
  let counts: ReturnType<typeof createPrometheus> | undefined;
  const loading = optionalLibrary(() => import('./prometheus.ts'), 'prom-client', 'metrics').then(
    (loaded) => {
      counts = loaded.createPrometheus((name) => known.has(name));
      return counts;
    },
  );
  return {
    known,
    ready: loading.then(() => undefined),
    observe: (record) => counts?.observe(record),
    render: async () => (await loading).render(),
    end() {
      // What was not loaded counts nothing.
      loading.then((loaded) => loaded.end()).catch(() => undefined);
    },
  };
}

/** Families and their other names; what services call their models has no bound. */
async function addNames(known: Set<string>, { client, targets }: Named): Promise<void> {
  for (const name of targets.keys()) known.add(name);
  try {
    const { data } = await client.models.list();
    for (const { id, aliases = [] } of data) for (const name of [id, ...aliases]) known.add(name);
  } catch {
    // A client that is closed already: what it counts is of no model that is known.
  }
}
