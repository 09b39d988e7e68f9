// Carries out one request of a soak with AsyncClient, and says what came of it.
import { type AsyncChunkStream, AsyncClient } from '@g4f/client';
import { OPTIONS, toCall } from '../faces.ts';
import { addAnswer, addChunk, type Heard, nothingHeard } from '../heard.ts';
import { judge, type Outcome, OWN } from './outcome.ts';
import { type Place, paramsOf } from './params.ts';
import type { Plan, Temper } from './plan.ts';

/** The deadline of rows that a deadline ends, in ms: an idle one is long enough for a machine that does a hundred things at once. */
const SHORT_MS = 500;

const client = new AsyncClient(OPTIONS);

/** Never rejects. */
export const carryOut = async (plan: Plan, place: Place): Promise<Outcome> => {
  let timer: NodeJS.Timeout | undefined;
  const hangs = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'hung' }), place.hangsMs);
  });
  const outcome = await Promise.race([ask(plan, place), hangs]);
  clearTimeout(timer);
  return outcome;
};

async function ask(plan: Plan, { server, shared }: Place): Promise<Outcome> {
  const { temper } = plan;
  const heard = nothingHeard();
  const own = new AbortController();
  const timer = temper.kind === 'aborts' ? setTimeout(() => own.abort(), temper.ms) : undefined;
  const question = paramsOf(plan, server, timer === undefined ? shared : own.signal, SHORT_MS);
  const [params, call] = toCall(question);
  try {
    if (plan.stream) {
      const stream = client.chat.completions.create({ ...params, stream: true }, call);
      return judge({ heard, thrown: undefined }, await leaves(stream, temper, heard), plan);
    }
    addAnswer(heard, await client.chat.completions.create({ ...params, stream: false }, call));
    return judge({ heard, thrown: undefined }, false, plan);
  } catch (thrown) {
    return judge({ heard, thrown }, false, plan);
  } finally {
    clearTimeout(timer);
  }
}

/** Reads as a reader of this temper does. @returns whether they left before the end. */
async function leaves(stream: AsyncChunkStream, temper: Temper, heard: Heard): Promise<boolean> {
  const enough = 'chunks' in temper && temper.kind !== 'aborts' ? temper.chunks : Number.POSITIVE_INFINITY;
  let read = 0;
  if (temper.kind === 'drops') {
    for (; read < enough; read++) {
      const { done, value } = await stream.next();
      if (done) return false;
      addChunk(heard, value);
    }
    return true;
  }
  for await (const chunk of stream) {
    addChunk(heard, chunk);
    read += 1;
    if (read < enough) continue;
    if (temper.kind === 'throws') throw OWN;
    return true;
  }
  return false;
}
