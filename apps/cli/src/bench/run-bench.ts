// Asks a model the same many times, some at once, and measures each answer.
import type { AsyncClient, Usage } from '@g4f/client';
import { exitCodeOf, isUsage, messageOf } from '../failure/exit-code.ts';

/** What is measured. */
export interface BenchPlan {
  readonly client: AsyncClient;
  readonly model: string;
  readonly provider: string | undefined;
  readonly prompt: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly requests: number;
  /** How many are under way at once. */
  readonly concurrency: number;
  /** For each, in ms. */
  readonly timeoutMs: number | undefined;
  readonly signal: AbortSignal;
}

/** One answer. */
export interface Measured {
  readonly provider: string;
  readonly model: string;
  /** Until the first text, in ms; null for an answer without text. */
  readonly first_ms: number | null;
  readonly total_ms: number;
  /** Of the answer, as the service counts; null where it does not. */
  readonly tokens: number | null;
  /** After the first token of any kind; null where the service counted none, or all came at once. */
  readonly tokens_per_second: number | null;
}

/** All of them. */
export interface BenchResult {
  readonly answers: readonly Measured[];
  readonly failures: readonly { readonly message: string; readonly code: number }[];
  /** From the first request to the last answer, in ms. */
  readonly total_ms: number;
}

/** Over less than this, tokens per second say nothing. */
const LEAST_MS = 50;

/**
 * Runs it. A failure is counted, and the others go on; nothing is asked twice.
 * @throws G4FError where the first request is refused before anybody is asked: all others would be, too.
 */
export const runBench = async (plan: BenchPlan): Promise<BenchResult> => {
  const answers: Measured[] = [];
  const failures: { message: string; code: number }[] = [];
  let left = plan.requests;
  const began = performance.now();
  const work = async (): Promise<void> => {
    while (left > 0 && !plan.signal.aborted) {
      left--;
      try {
        answers.push(await measure(plan));
      } catch (error) {
        if (isUsage(error)) throw error;
        // What was stopped by the person has not failed.
        if (!plan.signal.aborted) failures.push({ message: messageOf(error), code: exitCodeOf(error) });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(plan.concurrency, plan.requests) }, work));
  return { answers, failures, total_ms: performance.now() - began };
};

async function measure({
  client,
  model,
  provider,
  prompt,
  parameters,
  timeoutMs,
  signal,
}: BenchPlan): Promise<Measured> {
  const began = performance.now();
  let first: number | null = null;
  /** Of any kind: reasoning and calls are counted among the tokens, too. */
  let begun: number | null = null;
  let usage: Usage | undefined;
  let from = { provider: provider ?? '', model };
  const stream = client.chat.completions.create(
    { ...parameters, model, messages: [{ role: 'user', content: prompt }], stream: true },
    {
      ...{ signal, maxRetries: 0 },
      ...(provider !== undefined && { provider }),
      ...(timeoutMs !== undefined && { timeout: timeoutMs }),
    },
  );
  for await (const chunk of stream) {
    from = { provider: chunk.provider, model: chunk.model };
    if (chunk.usage) usage = chunk.usage;
    const delta = chunk.choices[0]?.delta ?? {};
    if (Object.entries(delta).some(([name, value]) => name !== 'role' && isSaid(value)))
      begun ??= performance.now() - began;
    if (chunk.choices[0]?.delta.content) first ??= performance.now() - began;
  }
  const total = performance.now() - began;
  const tokens = usage?.completion_tokens ?? null;
  const writing = begun === null ? 0 : total - begun;
  return {
    ...{ ...from, first_ms: first, total_ms: total, tokens },
    tokens_per_second: tokens === null || writing < LEAST_MS ? null : (tokens / writing) * 1000,
  };
}

const isSaid = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value));
