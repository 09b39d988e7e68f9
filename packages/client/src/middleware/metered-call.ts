// Calls that are counted: what each may need, what it did use, and what is learnt from that for the next.
import type { Operation, Operations } from '@g4f/core';
import { type Tokens, tokensIn } from '../costs/counts.ts';
import { BoundedMap } from '../memory/bounded-map.ts';
import { isPlainObject } from '../options/plain-value.ts';
import type { AnyHandler, CallNeed, Meter, MiddlewareCall, Need, Next } from '../surface/middleware.ts';
import { type Counted, count, nothingCounted } from './counted-parts.ts';

/** Characters of a token, about. */
const PER_TOKEN = 4;
/** The next answer may be longer than the longest so far. */
const ROOM = 1.25;

/** What is known of the answers of a model. */
interface Learnt {
  /** Tokens of the longest answer so far, for each choice. */
  readonly longest: number;
  /** How many times as many tokens as was thought a prompt had. */
  readonly ratio: number;
  /** US dollars of a token in, and of one out. */
  readonly input: number;
  readonly output: number;
}

const NOTHING: Learnt = {
  longest: Number.POSITIVE_INFINITY,
  ratio: 1,
  input: Number.NaN,
  output: Number.NaN,
};

async function* unmetered<O extends Operation>(
  next: Next<O>,
): AsyncGenerator<Operations[O]['part'], undefined> {
  yield* next();
  return undefined;
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
    const end = await meter.begin(call, needOf(asked, learnt.get(model) ?? NOTHING));
    const counted = nothingCounted();
    let isWhole = false;
    let error: unknown;
    try {
      for await (const part of next()) {
        count(call.operation, part, counted);
        yield part;
      }
      isWhole = true;
    } catch (thrown) {
      error = thrown;
      throw thrown;
    } finally {
      const known = learnt.get(model) ?? NOTHING;
      const tokens = tokensOf(counted, asked);
      // One that was left or cut tells neither how long answers are nor what they cost.
      if (isWhole && tokens.read + tokens.written > 0)
        learnt.set(model, learn(known, tokens, counted.usage, asked));
      await end({ ...useOf(tokens, counted, known), isWhole, error });
    }
    return undefined;
  };
};

/** What is asked for: about so many tokens in, and at most so many out for each choice, where that is said. */
interface AskedAmount {
  readonly prompt: number;
  readonly most: number | undefined;
  readonly choices: number;
}

function askedOf(request: Readonly<Record<string, unknown>>): AskedAmount {
  const {
    max_completion_tokens: most,
    max_output_tokens: ofResponse,
    max_tokens: older,
    prompt,
    n,
  } = request;
  const [limit] = [most, ofResponse, older].filter((value) => typeof value === 'number');
  // Each of several texts is completed.
  const texts = Array.isArray(prompt) ? prompt.length : 1;
  return {
    prompt: charactersIn(request) / PER_TOKEN,
    most: limit,
    choices: texts * (typeof n === 'number' ? n : 1),
  };
}

const NO_TEXT: ReadonlySet<string> = new Set(['input_audio', 'file', 'input_file']);

/** Pictures and sounds are no characters; a number in a list is a token. */
function charactersIn(value: unknown): number {
  if (typeof value === 'string') return value.startsWith('data:') ? 0 : value.length;
  if (Array.isArray(value))
    return value.reduce<number>(
      (sum, item) => sum + (typeof item === 'number' ? PER_TOKEN : charactersIn(item)),
      0,
    );
  if (!isPlainObject(value) || NO_TEXT.has(String(value.type))) return 0;
  return Object.values(value).reduce<number>((sum, item) => sum + charactersIn(item), 0);
}

function needOf({ prompt, most, choices }: AskedAmount, { longest, ratio, input, output }: Learnt): CallNeed {
  const read = prompt * ratio;
  const written = choices * (most ?? longest * ROOM);
  const need = (amount: number): Need => ({
    amount: Number.isNaN(amount) ? Number.POSITIVE_INFINITY : amount,
    isBound: most !== undefined && !Number.isNaN(amount),
  });
  return { tokens: need(read + written), dollars: need(read * input + written * output) };
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
  { prompt, choices }: AskedAmount,
): Learnt {
  const { cost = 0, cost_basis: basis } = usage ?? {};
  const each = written / choices;
  const rate = (cost / (read + written)) * ROOM;
  const [input, output] = basis?.source === 'maker' ? [basis.input / 1e6, basis.output / 1e6] : [rate, rate];
  return {
    longest: known.longest === Number.POSITIVE_INFINITY ? each : Math.max(known.longest, each),
    ratio: Math.max(known.ratio, prompt === 0 ? 1 : read / prompt),
    input: dearer(known.input, input),
    output: dearer(known.output, output),
  };
}

const dearer = (known: number, now: number): number => (Number.isNaN(known) ? now : Math.max(known, now));
