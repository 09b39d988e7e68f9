// The counts in Prometheus's form. Source: https://prometheus.io/docs/practices/naming/
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { CallEvents } from '@g4f/client';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { RequestRecord } from '../exchange/record.ts';

/** In seconds: a first content comes in tenths of one, a long answer in minutes. */
const BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

/** Stands for a model that is not known. */
const OTHER = 'other';

/** Counts requests by `observe`, and the calls of this process by the channels of its clients. */
export const createPrometheus = (isKnownModel: (name: string) => boolean) => {
  const registry = new Registry();
  const modelLabel = (model = ''): string => (model === '' || isKnownModel(model) ? model : OTHER);
  const observe = requestMetrics(registry, modelLabel);
  const end = watchCalls(registry, modelLabel);
  return {
    observe,
    end,
    render: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  };
};

type ModelLabel = (model: string | undefined) => string;

function requestMetrics(registry: Registry, modelLabel: ModelLabel): (record: RequestRecord) => void {
  const registers = [registry];
  const requests = new Counter({
    name: 'g4f_gateway_requests_total',
    help: 'Requests that were answered, by route, status and model that was asked for.',
    labelNames: ['route', 'status', 'model'],
    registers,
  });
  const seconds = new Histogram({
    name: 'g4f_gateway_request_duration_seconds',
    help: 'From the headers of a request to the end of its answer.',
    labelNames: ['route'],
    buckets: BUCKETS,
    registers,
  });
  const failures = new Counter({
    name: 'g4f_gateway_failures_total',
    help: 'Requests that failed, in the middle of their stream as well, by code.',
    labelNames: ['route', 'code'],
    registers,
  });
  const left = new Counter({
    name: 'g4f_gateway_left_total',
    help: 'Requests whose caller left before the end.',
    labelNames: ['route'],
    registers,
  });
  return ({ route = 'none', status, model, ms, code, isComplete }) => {
    requests.inc({ route, status: String(status), model: modelLabel(model) });
    seconds.observe({ route }, ms / 1000);
    if (code !== undefined) failures.inc({ route, code });
    if (!isComplete) left.inc({ route });
  };
}

/** @returns what ends it. */
function watchCalls(registry: Registry, modelLabel: ModelLabel): () => void {
  const registers = [registry];
  const running = new Gauge({
    name: 'g4f_calls_running',
    help: 'Calls that are being carried out.',
    registers,
  });
  const attempts = new Counter({
    name: 'g4f_attempts_total',
    help: 'Requests to providers, by outcome: ok, or the code of the failure.',
    labelNames: ['provider', 'outcome'],
    registers,
  });
  const first = new Histogram({
    name: 'g4f_first_content_seconds',
    help: 'From the beginning of a call to its first content, by who answered.',
    labelNames: ['provider'],
    buckets: BUCKETS,
    registers,
  });
  const tokens = new Counter({
    name: 'g4f_tokens_total',
    help: 'Tokens that providers counted, by kind: prompt or completion.',
    labelNames: ['provider', 'model', 'kind'],
    registers,
  });
  const ends = [
    on('g4f:request', () => running.inc()),
    on('g4f:attempt', ({ provider, code = 'ok' }) => attempts.inc({ provider, outcome: code })),
    on('g4f:first-content', ({ provider, ms }) => first.observe({ provider }, ms / 1000)),
    on('g4f:finish', ({ model, provider = 'none', usage }) => {
      running.dec();
      if (usage === undefined) return;
      const labels = { provider, model: modelLabel(model) };
      tokens.inc({ ...labels, kind: 'prompt' }, asCount(usage.prompt_tokens));
      tokens.inc({ ...labels, kind: 'completion' }, asCount(usage.completion_tokens));
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** 0 for what no service can mean: a counter throws at it, and an error of a channel's listener ends the process. */
const asCount = (tokens: number): number => (Number.isFinite(tokens) && tokens > 0 ? tokens : 0);

/** @returns what ends it. */
function on<N extends keyof CallEvents>(name: N, hear: (event: CallEvents[N]) => void): () => void {
  // The client publishes nothing else on a channel of this name.
  const listener = (event: unknown): void => hear(event as CallEvents[N]);
  subscribe(name, listener);
  return () => unsubscribe(name, listener);
}
