// Carries out one request of a soak, and says what came of it.
import { AsyncClient, type ChatParams, isG4FError } from '@g4f/client';
import { OPTIONS } from '../faces.ts';
import type { FaultServer } from '../fault-server.ts';
import { addAnswer, addChunk, nothingHeard } from '../heard.ts';
import { fallsShort } from '../verdict.ts';
import type { Plan, Temper } from './plan.ts';

/** What came of a request, and in which words it went wrong. */
export type Outcome =
  | { readonly kind: 'delivered' | 'failed' | 'left' | 'hung' }
  | { readonly kind: 'wrong'; readonly what: string };

/** A request that has not settled after so long hangs, in ms. */
const HANGS_MS = 30_000;
/** Deadlines of rows that a deadline ends, in ms: long enough for a machine that does a hundred things at once. */
const SHORT_MS = 1000;
const SHORT = { headers: SHORT_MS, firstContent: SHORT_MS, idle: SHORT_MS };
const OWN = new Error('the error of the reader’s own loop');

const client = new AsyncClient(OPTIONS);

/** @param shared a signal that all requests have in common. */
export const carryOut = async (plan: Plan, server: FaultServer, shared: AbortSignal): Promise<Outcome> => {
  let timer: NodeJS.Timeout | undefined;
  const hangs = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'hung' }), HANGS_MS);
  });
  const outcome = await Promise.race([ask(plan, server, shared), hangs]);
  clearTimeout(timer);
  return outcome;
};

async function ask(plan: Plan, server: FaultServer, shared: AbortSignal): Promise<Outcome> {
  const { temper, expected } = plan;
  const heard = nothingHeard();
  const { params, release } = paramsOf(plan, server, shared);
  try {
    if (plan.stream) {
      const stream = client.chat.completions.create({ ...params, stream: true });
      let read = 0;
      if (temper.kind === 'drops') {
        for (; read < temper.chunks; read++) {
          const { done, value } = await stream.next();
          if (done) break;
          addChunk(heard, value);
        }
        return { kind: 'left' };
      }
      for await (const chunk of stream) {
        addChunk(heard, chunk);
        read += 1;
        if (temper.kind === 'breaks' && read >= temper.chunks) return { kind: 'left' };
        if (temper.kind === 'throws' && read >= temper.chunks) throw OWN;
      }
    } else addAnswer(heard, await client.chat.completions.create({ ...params, stream: false }));
  } catch (thrown) {
    return judge(thrown, temper, () => fallsShort({ heard, thrown }, expected));
  } finally {
    release();
  }
  const short = fallsShort({ heard, thrown: undefined }, expected);
  return short.length === 0 ? { kind: 'delivered' } : { kind: 'wrong', what: short.join('; ') };
}

function judge(thrown: unknown, temper: Temper, shortOf: () => readonly string[]): Outcome {
  if (thrown === OWN) return { kind: 'left' };
  if (!isG4FError(thrown)) return { kind: 'wrong', what: `threw what is no G4FError: ${String(thrown)}` };
  if (temper.kind === 'aborts' && thrown.code === 'aborted') return { kind: 'left' };
  const short = shortOf();
  return short.length === 0 ? { kind: 'failed' } : { kind: 'wrong', what: short.join('; ') };
}

function paramsOf(
  { spoken, behaviour, expected, temper }: Plan,
  server: FaultServer,
  shared: AbortSignal,
): { readonly params: ChatParams; release(): void } {
  const controller = new AbortController();
  const timer = temper.kind === 'aborts' ? setTimeout(() => controller.abort(), temper.ms) : undefined;
  const params: ChatParams = {
    model: 'm',
    messages: 'hi',
    max_tokens: 9,
    ...behaviour.request,
    provider: spoken.provider,
    baseURL: `${server.url}/${behaviour.name}`,
    signal: timer === undefined ? shared : controller.signal,
    ...(expected.phase !== undefined && { timeout: SHORT }),
  };
  return { params, release: () => clearTimeout(timer) };
}
