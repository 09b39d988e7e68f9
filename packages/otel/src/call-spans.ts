// A span for each call, with one below it for each attempt.
import type { CallEvents } from '@g4f/client';
import {
  type Attributes,
  type Context,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { ATTRIBUTE, OPERATION, providerName } from './conventions.ts';
import { modelName } from './model-name.ts';
import { answerOf, countOf } from './outcome.ts';

/** A call under way. */
interface OpenCall {
  readonly span: Span;
  /** The context in which the span is the active one. */
  readonly context: Context;
  readonly startedAt: number;
}

/** The spans of all calls that are under way. */
export class CallSpans {
  readonly #tracer: Tracer;
  /** Whether the message of a failure is told. */
  readonly #tellsMessages: boolean;
  readonly #open = new Map<string, OpenCall>();

  constructor(tracer: Tracer, tellsMessages: boolean) {
    this.#tracer = tracer;
    this.#tellsMessages = tellsMessages;
  }

  /** @param parent the context of the caller. */
  began(
    { call, operation, startedAt, model, stream, providers }: CallEvents['g4f:request'],
    parent: Context,
  ): void {
    const { name, output } = OPERATION[operation];
    const told = modelName(model);
    const attributes: Attributes = {
      [ATTRIBUTE.operation]: name,
      [ATTRIBUTE.provider]: providerName(providers[0]),
      ...(told !== '' && { [ATTRIBUTE.requestModel]: told }),
      ...(stream && { [ATTRIBUTE.isStream]: true }),
      ...(output !== undefined && { [ATTRIBUTE.outputType]: output }),
    };
    const span = this.#tracer.startSpan(
      told === '' ? name : `${name} ${told}`,
      { kind: SpanKind.CLIENT, startTime: startedAt, attributes },
      parent,
    );
    this.#open.set(call, { span, context: trace.setSpan(parent, span), startedAt });
  }

  /**
   * It is internal and has no name of an operation, so that a call is counted as one inference however often it was tried.
   */
  tried({
    call,
    provider,
    model,
    startedAt,
    tryMs,
    code,
    message,
    firstContentMs,
  }: CallEvents['g4f:attempt']): void {
    const open = this.#open.get(call);
    if (open === undefined) return;
    const span = this.#tracer.startSpan(
      `attempt ${provider}`,
      {
        kind: SpanKind.INTERNAL,
        startTime: startedAt,
        attributes: {
          [ATTRIBUTE.provider]: providerName(provider),
          [ATTRIBUTE.requestModel]: modelName(model),
          ...(firstContentMs !== undefined && { [ATTRIBUTE.firstContentMs]: firstContentMs }),
        },
      },
      open.context,
    );
    this.#failed(span, code, message);
    span.end(startedAt + tryMs);
  }

  spoke({ call, ms }: CallEvents['g4f:first-content']): void {
    const open = this.#open.get(call);
    open?.span.addEvent('g4f.first_content', {}, open.startedAt + ms);
  }

  finished(event: CallEvents['g4f:finish']): void {
    const { call, provider, usage, code, attempts, ms } = event;
    const open = this.#open.get(call);
    if (open === undefined) return;
    this.#open.delete(call);
    const counted = {
      [ATTRIBUTE.inputTokens]: countOf(usage?.prompt_tokens),
      [ATTRIBUTE.outputTokens]: countOf(usage?.completion_tokens),
      [ATTRIBUTE.cachedTokens]: countOf(usage?.prompt_tokens_details?.cached_tokens),
      [ATTRIBUTE.reasoningTokens]: countOf(usage?.completion_tokens_details?.reasoning_tokens),
    };
    open.span.setAttributes({
      ...(provider !== undefined && { [ATTRIBUTE.provider]: providerName(provider) }),
      ...Object.fromEntries(Object.entries(counted).filter(([, count]) => count !== undefined)),
      [ATTRIBUTE.tries]: attempts.reduce((sum, { retries = 0 }) => sum + 1 + retries, 0),
    });
    const model = answerOf(event)?.model;
    if (model !== undefined) open.span.setAttribute(ATTRIBUTE.responseModel, modelName(model));
    this.#failed(open.span, code, undefined);
    open.span.end(open.startedAt + ms);
  }

  /** Ends what is under way, as it is. */
  close(): void {
    for (const { span } of this.#open.values()) span.end();
    this.#open.clear();
  }

  /** That a reader left is told, but is no error. */
  #failed(span: Span, code: string | undefined, message: string | undefined): void {
    if (code === undefined) return;
    span.setAttribute(ATTRIBUTE.errorType, code);
    if (code === 'aborted') return;
    const isTold = this.#tellsMessages && message !== undefined;
    span.setStatus({ code: SpanStatusCode.ERROR, ...(isTold && { message }) });
  }
}
