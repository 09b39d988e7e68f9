// The histograms of calls: how long they take, and how many tokens they use.
import type { CallEvents } from '@g4f/client';
import type { Attributes, Histogram, Meter } from '@opentelemetry/api';
import { ATTRIBUTE, METRIC, OPERATION, providerName } from './conventions.ts';
import { ModelSeries } from './model-name.ts';
import { answerOf, countOf } from './outcome.ts';

/** What is needed of a call until its end. */
interface MeasuredCall
  extends Pick<CallEvents['g4f:request'], 'operation' | 'stream' | 'providers' | 'model'> {
  firstMs?: number;
}

const histogram = (
  meter: Meter,
  { name, unit, description, boundaries }: (typeof METRIC)[keyof typeof METRIC],
) =>
  meter.createHistogram(name, { unit, description, advice: { explicitBucketBoundaries: [...boundaries] } });

/** Records each call when it is over. */
export class CallMetrics {
  readonly #duration: Histogram;
  readonly #firstChunk: Histogram;
  readonly #tokens: Histogram;
  readonly #models = new ModelSeries();
  readonly #open = new Map<string, MeasuredCall>();

  constructor(meter: Meter) {
    this.#duration = histogram(meter, METRIC.duration);
    this.#firstChunk = histogram(meter, METRIC.firstChunk);
    this.#tokens = histogram(meter, METRIC.tokens);
  }

  began({ call, operation, stream, providers, model }: CallEvents['g4f:request']): void {
    this.#open.set(call, { operation, stream, providers, model });
  }

  spoke({ call, ms }: CallEvents['g4f:first-content']): void {
    const open = this.#open.get(call);
    if (open !== undefined) open.firstMs = ms;
  }

  finished(event: CallEvents['g4f:finish']): void {
    const open = this.#open.get(event.call);
    if (open === undefined) return;
    this.#open.delete(event.call);
    const attributes = attributesOf(open, event, this.#models);
    const { ms, code, usage } = event;
    this.#duration.record(ms / 1000, {
      ...attributes,
      ...(code !== undefined && { [ATTRIBUTE.errorType]: code }),
    });
    if (open.stream && open.firstMs !== undefined) this.#firstChunk.record(open.firstMs / 1000, attributes);
    const counts = { input: countOf(usage?.prompt_tokens), output: countOf(usage?.completion_tokens) };
    for (const [type, count] of Object.entries(counts)) {
      if (count !== undefined) this.#tokens.record(count, { ...attributes, [ATTRIBUTE.tokenType]: type });
    }
  }

  close(): void {
    this.#open.clear();
  }
}

/** A model that nobody answered by is left out: a caller can write any, and each would be a time series of its own. */
function attributesOf(
  { operation, providers, model }: MeasuredCall,
  event: CallEvents['g4f:finish'],
  models: ModelSeries,
): Attributes {
  const answer = answerOf(event);
  const asked = event.provider ?? event.attempts.at(-1)?.provider ?? providers[0];
  return {
    [ATTRIBUTE.operation]: OPERATION[operation].name,
    [ATTRIBUTE.provider]: providerName(asked),
    ...(answer !== undefined && model !== '' && { [ATTRIBUTE.requestModel]: models.nameOf(model) }),
    ...(answer !== undefined &&
      answer.model !== '' && { [ATTRIBUTE.responseModel]: models.nameOf(answer.model) }),
  };
}
