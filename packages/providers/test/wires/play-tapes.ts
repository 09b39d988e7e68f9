// Recorded answers of real services, and how they are played to a wire: whole, in 7 bytes, and byte by byte.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChatCompletion, type Context, type ErrorCode, fold } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { overWire } from '../../src/provider/over-wire.ts';
import type { ChatWire } from '../../src/wires/wire.ts';

interface Tape {
  readonly id: string;
  readonly protocol: string;
  readonly stream: boolean;
  readonly file: string;
  readonly agreed: boolean;
  readonly golden: {
    readonly text?: string;
    readonly partialToolArgs?: boolean;
    readonly reasoning?: string;
    readonly finish?: string;
    readonly model?: string;
    readonly toolCalls?: readonly {
      readonly id?: string | null;
      readonly name: string;
      readonly args: unknown;
    }[];
    readonly usage?: Readonly<
      Record<'in' | 'out' | 'total' | 'reasoning' | 'cached' | 'cacheWrite', number | undefined>
    >;
  };
}

const folder = process.env.G4F_TAPES;
const tapes: readonly Tape[] =
  folder !== undefined && existsSync(join(folder, 'index.json'))
    ? JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'))
    : [];

/** Services that name their events repeat the name in the payload. */
const nameOf = (payload: string): string => {
  const name = /^\{"type":\s*"([\w.]+)"/.exec(payload)?.[1];
  return name === undefined ? '' : `event: ${name}\n`;
};

/** The recorder kept the payloads only: what stood around them is put back. */
const bytesOf = (tape: Tape, end: string): Buffer => {
  const raw = readFileSync(join(folder ?? '', tape.file), 'utf8');
  if (!tape.file.endsWith('.chunks.txt')) return Buffer.from(raw);
  const payloads = raw.split('\n').filter((line) => line.trim() !== '');
  return Buffer.from(payloads.map((line) => `${nameOf(line)}data: ${line}\n\n`).join('') + end);
};

const contextFor = (bytes: Buffer, contentType: string, size: number): Context => ({
  signal: new AbortController().signal,
  env: {},
  enter: () => undefined,
  warn: () => undefined,
  send: async () => ({
    status: 200,
    headers: { 'content-type': contentType },
    release: () => undefined,
    body: (async function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    })(),
  }),
});

const play = (wire: ChatWire, tape: Tape, size: number, end: string): Promise<ChatCompletion> => {
  const service = overWire(wire, { baseURL: 'http://127.0.0.1:1/v1' });
  const context = contextFor(
    bytesOf(tape, end),
    tape.stream ? 'text/event-stream' : 'application/json',
    size,
  );
  return fold(
    service.chat(
      { model: 'asked-for', messages: [{ role: 'user', content: 'hi' }], stream: tape.stream },
      context,
    ),
  );
};

const resultOf = ({ choices: [choice], usage, model }: ChatCompletion) => ({
  text: choice?.message.content ?? '',
  reasoning: choice?.message.reasoning ?? '',
  toolCalls: (choice?.message.tool_calls ?? []).map(({ id, function: { name, arguments: text } }) => ({
    id,
    name,
    args: text === '' ? {} : JSON.parse(text),
  })),
  finish: choice?.native_finish_reason ?? choice?.finish_reason,
  model,
  in: usage?.prompt_tokens,
  out: usage?.completion_tokens,
  total: usage?.total_tokens,
  reasoningTokens: usage?.completion_tokens_details?.reasoning_tokens,
  cached: usage?.prompt_tokens_details?.cached_tokens,
});

/**
 * The golden counts are the service's own, before any sum; ours are OpenAI's. Anthropic counts the cache beside the input,
 * Gemini its thoughts beside the candidates, and xAI, as its total tells, reasoning beside the completion.
 */
const sumsOf = ({ protocol, golden: { usage } }: Tape) => {
  if (usage === undefined) return { in: undefined, out: undefined };
  const { in: input, out, total, reasoning = 0, cached = 0, cacheWrite = 0 } = usage;
  const isBeside = protocol === 'gemini' || total === (input ?? 0) + (out ?? 0) + reasoning;
  return {
    in: protocol === 'anthropic' && input !== undefined ? input + cached + cacheWrite : input,
    out: isBeside && out !== undefined ? out + reasoning : out,
  };
};

const goldenOf = (tape: Tape, played: ReturnType<typeof resultOf>) => {
  const { golden } = tape;
  const sums = sumsOf(tape);
  return {
    text: golden.text ?? '',
    reasoning: golden.reasoning ?? '',
    // Where the golden says that arguments came in pieces it leaves the calls out; where the service gives no id, ours is made up.
    toolCalls: golden.partialToolArgs
      ? played.toolCalls
      : (golden.toolCalls ?? []).map((call, at) => ({ ...call, id: call.id ?? played.toolCalls[at]?.id })),
    finish: golden.finish,
    model: golden.model ?? played.model,
    ...sums,
    total: sums.in === undefined || sums.out === undefined ? played.total : sums.in + sums.out,
    reasoningTokens: golden.usage?.reasoning ?? played.reasoningTokens,
    cached: golden.usage?.cached ?? played.cached,
  };
};

interface PlayOptions {
  /** What stood behind the last payload and was not kept: `data: [DONE]`, where the protocol has it. */
  readonly end?: string;
  /** Tapes that hold no whole answer, and what they are refused with. */
  readonly refused?: Readonly<Record<string, ErrorCode>>;
}

/**
 * Tells, for every tape of a protocol, that it gives its golden.
 */
export const playTapes = (
  protocol: string,
  wire: ChatWire,
  { end = '', refused = {} }: PlayOptions = {},
): void => {
  const own = tapes.filter((tape) => tape.protocol === protocol);
  describe.skipIf(own.length === 0)(
    `${protocol} tapes (G4F_TAPES names their folder; skipped where it is not set)`,
    () => {
      describe.each([
        ['whole', Number.MAX_SAFE_INTEGER],
        ['in pieces of 7 bytes', 7],
        ['byte by byte', 1],
      ])('%s', (_, size) => {
        it.each(own.map((tape) => [tape.id, tape] as const))('%s', async (_id, tape) => {
          const code = refused[tape.id];
          if (code !== undefined) {
            await expect(play(wire, tape, size, end)).rejects.toMatchObject({ code });
            return;
          }
          const played = resultOf(await play(wire, tape, size, end));
          expect(played).toEqual(goldenOf(tape, played));
        });
      });
    },
  );
};
