// One question: it is asked, shown while it is answered, and written down.
import type { AsyncClient, Message, ToolStep, Usage } from '@g4f/client';
import { G4FError } from '@g4f/core';
import { isUsage, messageOf } from '../failure/exit-code.ts';
import { note, whenReaderLeaves } from '../terminal/output.ts';
import type { Toolbox } from '../tools/toolbox.ts';
import { piecesOf } from './answer-pieces.ts';
import { onInterrupt } from './interrupt.ts';
import { beginRecord } from './record.ts';
import type { ShownAnswer } from './shown-answer.ts';

/** What is asked. */
export interface Asked {
  readonly client: AsyncClient;
  readonly model: string;
  readonly provider: string | undefined;
  /** The conversation, its last message the question. */
  readonly messages: readonly Message[];
  readonly parameters: Readonly<Record<string, unknown>>;
  /** A JSON Schema that the answer must fit. */
  readonly schema?: Readonly<Record<string, unknown>>;
  /** Tells the model of the schema in words, for services that do not take it. */
  readonly emulate?: boolean;
  /** What the model may call. */
  readonly tools?: Toolbox;
  readonly timeoutMs?: number;
  readonly cid: string;
  /** As the person wrote it, for the log. */
  readonly prompt: string;
  readonly isLogged: boolean;
}

/** What came of it. */
export interface Answered {
  readonly text: string;
  readonly model: string;
  readonly provider: string;
  readonly finish_reason: string | null;
  readonly usage: Usage | undefined;
  readonly warnings: readonly string[];
  /** The tools that were called, in order; where there were tools. */
  readonly tool_calls?: readonly CalledTool[];
  readonly cid: string;
  /** To the first text, in ms; null for an answer without text. */
  readonly first_ms: number | null;
  readonly total_ms: number;
}

/** A call of a tool. */
export interface CalledTool {
  readonly name: string;
  /** What the model wrote, where it was read. */
  readonly arguments?: unknown;
  /** Why it was not run, or failed. */
  readonly error?: string;
}

/** An answer as far as it has come. */
interface Growing {
  text: string;
  model: string | null;
  provider: string | null;
  finish: string | null;
  usage: Usage | undefined;
  warnings: readonly string[];
  firstMs: number | null;
}

/**
 * Asks, and shows the answer as it comes. Ctrl-C, and a reader who leaves, stop it.
 * @throws G4FError where it fails; `aborted` where the person stopped it.
 */
export const answer = async (asked: Asked, shown: ShownAnswer): Promise<Answered> => {
  const began = performance.now();
  const growing: Growing = {
    ...{ text: '', model: null, provider: null, finish: null, usage: undefined, warnings: [], firstMs: null },
  };
  const stopping = new AbortController();
  const called: CalledTool[] = [];
  const chunks = piecesOf({
    ...{ client: asked.client, schema: asked.schema, emulate: asked.emulate === true, tools: asked.tools },
    params: { ...asked.parameters, model: asked.model, messages: asked.messages },
    options: optionsOf(asked, stopping.signal),
    pause: shown.pause,
    onStep: (step) => called.push(...calledIn(step)),
  });
  const record = await beginRecord(asked.isLogged, questionOf(asked));
  const finish = (status: 'ok' | 'failed' | 'interrupted', error: string | null): void =>
    record.finish({
      ...{ status, error, answer: growing.text, provider: growing.provider, model: growing.model },
      promptTokens: growing.usage?.prompt_tokens ?? null,
      completionTokens: growing.usage?.completion_tokens ?? null,
      cost: growing.usage?.cost ?? null,
      firstMs: growing.firstMs,
      totalMs: Math.round(performance.now() - began),
    });
  const stay = whenReaderLeaves(() => finish('interrupted', null));
  const ignore = onInterrupt(() => stopping.abort());
  const time = watchTime(asked, () => stopping.abort());
  try {
    for await (const chunk of chunks) {
      growing.model = chunk.model;
      growing.provider = chunk.provider;
      if (chunk.usage) growing.usage = chunk.usage;
      tellWarnings(growing, chunk.warnings);
      const [choice] = chunk.choices;
      if (choice?.finish_reason) growing.finish = choice.finish_reason;
      const piece = choice?.delta.content ?? choice?.delta.refusal;
      if (!piece) continue;
      growing.firstMs ??= Math.round(performance.now() - began);
      growing.text += piece;
      await shown.write(piece);
    }
    await shown.end();
    finish('ok', null);
  } catch (thrown) {
    await shown.end();
    const late = time.failure();
    const error = late ?? thrown;
    if (isUsage(error)) record.discard();
    else finish(stopping.signal.aborted && late === undefined ? 'interrupted' : 'failed', messageOf(error));
    throw error;
  } finally {
    time.end();
    ignore();
    stay();
  }
  if (growing.finish === 'length') note('the answer is cut: it reached its limit of tokens.');
  const { text, model, provider, usage, warnings, firstMs } = growing;
  return {
    ...{ text, model: model ?? asked.model, provider: provider ?? '', finish_reason: growing.finish, usage },
    ...(asked.tools !== undefined && { tool_calls: called }),
    ...{ warnings, cid: asked.cid, first_ms: firstMs, total_ms: Math.round(performance.now() - began) },
  };
};

/** So long a timer is held where there is no limit, in ms: it does nothing. */
const HELD_MS = 3_600_000;

/**
 * The limit of the whole answer, the tools in it included. Its timer holds the process: a tool that waits for nothing would let it end.
 */
function watchTime({ timeoutMs, model, tools }: Asked, stop: () => void) {
  let failure: G4FError | undefined;
  const held = setInterval(() => undefined, HELD_MS);
  const isLimited = timeoutMs !== undefined && tools !== undefined;
  const limit = isLimited
    ? setTimeout(() => {
        failure = new G4FError(
          `${model}: the answer and its tools took longer than ${timeoutMs / 1000} s. Raise --timeout, or ask for less.`,
          { code: 'timeout', phase: 'total' },
        );
        stop();
      }, timeoutMs)
    : undefined;
  return {
    failure: () => failure,
    end(): void {
      clearInterval(held);
      clearTimeout(limit);
    },
  };
}

const optionsOf = ({ provider, timeoutMs }: Asked, signal: AbortSignal) => ({
  signal,
  ...(provider !== undefined && { provider }),
  ...(timeoutMs !== undefined && { timeout: timeoutMs }),
});

const calledIn = ({ results }: ToolStep): readonly CalledTool[] =>
  results.map(({ call, arguments: given, error }) => ({
    name: call.function.name,
    ...(given !== undefined && { arguments: given }),
    ...(error !== undefined && { error: messageOf(error) }),
  }));

const questionOf = ({ cid, model, messages, prompt }: Asked) => {
  const content = messages.at(-1)?.content;
  const [first] = messages;
  const system = first?.role === 'system' && typeof first.content === 'string' ? first.content : null;
  const isMore = content !== prompt;
  return { cid, requested: model, system, prompt, content: isMore ? JSON.stringify(content) : null };
};

function tellWarnings(growing: Growing, warnings: readonly string[] | undefined): void {
  if (warnings === undefined || warnings.length === 0) return;
  growing.warnings = warnings;
  for (const warning of warnings) note(warning);
}
