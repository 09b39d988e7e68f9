// Traces and metrics of every call of this process, over the channels on which its clients tell of them.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { CallEvents } from '@g4f/client';
import { type Context, context, diag, type Meter, metrics, type Tracer, trace } from '@opentelemetry/api';
import { CallMetrics } from './call-metrics.ts';
import { CallSpans } from './call-spans.ts';
import { IncomingTraces } from './incoming.ts';

/** What is told, and to whom. */
export interface InstrumentOptions {
  /** Makes the spans; the global one of the name `@g4f/otel` unless given. */
  readonly tracer?: Tracer;
  /** Makes the histograms; the global one unless given, asked for when the first call begins. */
  readonly meter?: Meter;
  /**
   * Whether a call without an active span belongs to the trace that the HTTP request names which this program is answering
   * (`traceparent`): for servers that no other instrumentation watches, as a gateway. False unless given; Node only.
   */
  readonly incoming?: boolean;
  /** Whether spans say the message of a failure, which may quote up to 200 characters of what a service sent. False unless given. */
  readonly errorMessages?: boolean;
}

/** Ends it: nothing is told any more, and spans of calls under way end. It can be called twice. */
export type Instrumented = () => void;

const NAME = '@g4f/otel';

/**
 * Makes spans and metrics of each call that begins from now on, of all clients of this process.
 *
 * No prompt and no answer is in them. What goes wrong in it is told to the diagnostics logger of `@opentelemetry/api`:
 * it throws nothing, neither here nor in a call.
 */
export function instrument({
  tracer = trace.getTracer(NAME),
  meter,
  incoming = false,
  errorMessages = false,
}: InstrumentOptions = {}): Instrumented {
  const spans = new CallSpans(tracer, errorMessages);
  const traces = new IncomingTraces();
  if (incoming) traces.start();
  // The API has no meter that would turn into the real one when an SDK is registered later.
  let counts: CallMetrics | undefined;
  const ends = [
    on('g4f:request', (event) => {
      counts ??= new CallMetrics(meter ?? metrics.getMeter(NAME));
      counts.began(event);
      spans.began(event, parentOf(traces.current));
    }),
    on('g4f:attempt', (event) => spans.tried(event)),
    on('g4f:first-content', (event) => {
      counts?.spoke(event);
      spans.spoke(event);
    }),
    on('g4f:finish', (event) => {
      counts?.finished(event);
      spans.finished(event);
    }),
  ];
  return () => {
    for (const end of ends) end();
    if (incoming) traces.stop();
    safely(() => spans.close());
    counts?.close();
  };
}

/** The span that is active where the call was made, or else the caller's over HTTP. */
const parentOf = (received: Context | undefined): Context => {
  const active = context.active();
  return trace.getSpanContext(active) === undefined ? (received ?? active) : active;
};

/** @returns what ends it. */
function on<N extends keyof CallEvents>(name: N, hear: (event: CallEvents[N]) => void): () => void {
  // The client publishes nothing else on a channel of this name.
  const listener = (event: unknown): void => safely(() => hear(event as CallEvents[N]));
  subscribe(name, listener);
  return () => unsubscribe(name, listener);
}

/** What a listener of a channel throws would end the process. */
function safely(tell: () => void): void {
  try {
    tell();
  } catch (thrown) {
    diag.error(`${NAME}: a call could not be told.`, thrown);
  }
}
