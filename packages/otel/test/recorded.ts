// The SDK of OpenTelemetry, with what it would send kept in memory.
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node';

/** One series of a histogram. */
export interface Series {
  readonly name: string;
  readonly unit: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly count: number;
  readonly sum: number | undefined;
}

/** What was told so far. */
export const startRecording = () => {
  const spans = new InMemorySpanExporter();
  const tracers = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const meters = new MeterProvider({ readers: [reader] });
  return {
    tracers,
    meters,
    spans: (): readonly ReadableSpan[] => spans.getFinishedSpans(),
    forgetSpans: (): void => spans.reset(),
    async series(): Promise<readonly Series[]> {
      exporter.reset();
      await meters.forceFlush();
      return exporter
        .getMetrics()
        .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics))
        .flatMap(({ descriptor: { name, unit }, dataPoints }) =>
          dataPoints.map(({ attributes, value }) => {
            if (typeof value !== 'object' || !('sum' in value)) throw new Error(`${name} is no histogram`);
            return { name, unit, attributes, count: value.count, sum: value.sum };
          }),
        );
    },
    async stop(): Promise<void> {
      await tracers.shutdown();
      await meters.shutdown();
    },
  };
};

/** Ms since 1970. */
export const msOf = ([seconds, nanoseconds]: readonly [number, number]): number =>
  seconds * 1000 + nanoseconds / 1e6;
