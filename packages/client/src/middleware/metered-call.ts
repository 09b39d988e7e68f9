// Calls that are counted: what each may need, what it did use, and what is learnt from that for the next.
import type { Operation, Operations } from '@g4f/core';
import { type Tokens, tokensIn } from '../costs/counts.ts';
import { BoundedMap } from '../memory/bounded-map.ts';
import { wrong } from '../options/check-option.ts';
import type {
  AnyHandler,
  CallNeed,
  CallUse,
  EndCall,
  Meter,
  MiddlewareCall,
  Need,
  Next,
} from '../surface/middleware.ts';
import {
  type AskedAmount,
  askedOf,
  PER_TOKEN,
  type PromptLearnt,
  promptsWith,
  promptTokens,
} from './asked-amount.ts';
import { type Counted, count, nothingCounted } from './counted-parts.ts';

/** The next answer may be longer than the longest so far. */
const ROOM = 1.25;

/** What is known of the answers of a model. */
interface Learnt {
  /** Tokens of the longest answer so far, for each choice. */
  readonly longest: number;
  /** Of the newest prompts. */
  readonly prompts: readonly PromptLearnt[];
  /** US dollars of a token in, and of one out. */
  readonly input: number;
  readonly output: number;
}

const NOTHING: Learnt = {
  longest: Number.POSITIVE_INFINITY,
  prompts: [],
  input: Number.NaN,
  output: Number.NaN,
};

async function* unmetered<O extends Operation>(
  next: Next<O>,
): AsyncGenerator<Operations[O]['part'], undefined> {
  yield* next();
  return undefined;
}

const isEndCall = (value: unknown): value is EndCall => typeof value === 'function';

/** What failed first is told: not that the end of a failed call could not be counted. */
async function ended(end: EndCall, use: CallUse, hasFailed: boolean): Promise<void> {
  try {
    await end(use);
  } catch (thrown) {
    if (!hasFailed) throw thrown;
  }
}

/** The middleware of a meter. */
export const createMetering = (meter: Meter): AnyHandler => {
  const learnt = new BoundedMap<Learnt>();
  return async function* metered<O extends Operation>(
    call: MiddlewareCall<O>,
    next: Next<O>,
  ): AsyncGenerator<Operations[O]['part'], undefined> {
    // What a service keeps was counted when it was made.
    if (call.operation === 'storedResponse') return yield* unmetered(next);
    const model = `${call.operation} ${call.request.model}`;
    const asked = askedOf(call.request);
    const end: unknown = await meter.begin(call, needOf(asked, learnt.get(model) ?? NOTHING));
    if (!isEndCall(end))
      throw wrong('begin of a meter', 'a function that returns another, which ends the call', end);
    const counted = nothingCounted();
    let isWhole = false;
    let error: unknown;
    let hasFailed = false;
    try {
      for await (const part of next()) {
        count(call.operation, part, counted);
        yield part;
      }
      isWhole = true;
    } catch (thrown) {
      error = thrown;
      hasFailed = true;
      throw thrown;
    } finally {
      const known = learnt.get(model) ?? NOTHING;
      const tokens = tokensOf(counted, asked);
      // One that was left or cut tells neither how long answers are nor what they cost.
      if (isWhole && tokens.read + tokens.written > 0)
        learnt.set(model, learn(known, tokens, counted.usage, asked));
      await ended(end, { ...useOf(tokens, counted, known), isWhole, error }, hasFailed);
    }
    return undefined;
  };
};

function needOf(asked: AskedAmount, { longest, prompts, input, output }: Learnt): CallNeed {
  const { most, choices } = asked;
  const read = promptTokens(asked, prompts);
  const written = choices * (most ?? longest * ROOM);
  const need = (amount: number): Need => ({
    amount: Number.isNaN(amount) ? Number.POSITIVE_INFINITY : amount,
    isBound: most !== undefined && !Number.isNaN(amount),
  });
  return {
    prompt_tokens: read,
    tokens: need(read + written),
    dollars: need(read * input + written * output),
  };
}

/** What a call used: what was counted, else about what came. Nothing where nothing came, or nobody was asked. */
function tokensOf({ usage, characters, hasCome, isCached }: Counted, { prompt }: AskedAmount): Tokens {
  const counted = isCached ? { read: 0, written: 0 } : tokensIn(usage ?? {});
  if (isCached || !hasCome || counted.read + counted.written > 0) return counted;
  return { read: prompt, written: characters / PER_TOKEN };
}

/** What nobody knows the cost of (free models, servers of one's own) costs nothing. */
function useOf({ read, written }: Tokens, { usage, isCached }: Counted, { input, output }: Learnt) {
  const cost = isCached ? 0 : (usage?.cost ?? read * input + written * output);
  return {
    prompt_tokens: read,
    completion_tokens: written,
    dollars: Number.isNaN(cost) ? 0 : cost,
    isCached,
  };
}

function learn(
  known: Learnt,
  { read, written }: Tokens,
  usage: Counted['usage'],
  asked: AskedAmount,
): Learnt {
  const { cost = 0, cost_basis: basis } = usage ?? {};
  const each = written / asked.choices;
  const rate = (cost / (read + written)) * ROOM;
  const [input, output] = basis?.source === 'maker' ? [basis.input / 1e6, basis.output / 1e6] : [rate, rate];
  return {
    longest: known.longest === Number.POSITIVE_INFINITY ? each : Math.max(known.longest, each),
    prompts: usage === undefined ? known.prompts : promptsWith(known.prompts, asked, read),
    input: dearer(known.input, input),
    output: dearer(known.output, output),
  };
}

const dearer = (known: number, now: number): number => (Number.isNaN(known) ? now : Math.max(known, now));
