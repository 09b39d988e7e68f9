// Carries out one request of a soak with Client, which blocks this thread meanwhile, and says what came of it.
import { Client, type SyncChunkStream } from '@g4f/client';
import { OPTIONS, toCall } from '../faces.ts';
import { addAnswer, addChunk, type Heard, nothingHeard } from '../heard.ts';
import { judge, type Outcome, OWN } from './outcome.ts';
import { type Place, paramsOf } from './params.ts';
import type { Plan, Temper } from './plan.ts';

/** The deadline of rows that a deadline ends, in ms: here one request runs at a time. */
const SHORT_MS = 100;

/** A client for many requests. */
export interface BlockingAsker {
  carryOut(plan: Plan, place: Place): Outcome;
  close(): void;
}

/** No timer fires while the thread is blocked: `timeout.total`, which the caller's side keeps too, ends what hangs. */
export const blockingAsker = (): BlockingAsker => {
  const client = new Client(OPTIONS);
  return {
    close: () => client.close(),
    carryOut(plan, { server, shared, hangsMs }) {
      const { temper } = plan;
      const heard = nothingHeard();
      const own = new AbortController();
      const aborts = temper.kind === 'aborts';
      const question = paramsOf(plan, server, aborts ? own.signal : shared, SHORT_MS);
      const timeout = { ...question.timeout, total: hangsMs };
      const [params, call] = toCall(question);
      try {
        if (plan.stream) {
          const stream = client.chat.completions.create({ ...params, timeout, stream: true }, call);
          return judge({ heard, thrown: undefined }, leaves(stream, temper, heard, own), plan);
        }
        // A blocked reader can abort only what it has not asked yet.
        if (aborts) own.abort();
        addAnswer(heard, client.chat.completions.create({ ...params, timeout, stream: false }, call));
        return judge({ heard, thrown: undefined }, false, plan);
      } catch (thrown) {
        return judge({ heard, thrown }, false, plan);
      }
    },
  };
};

/** Reads as a reader of this temper does. @returns whether they left before the end. */
function leaves(stream: SyncChunkStream, temper: Temper, heard: Heard, own: AbortController): boolean {
  const enough = 'chunks' in temper ? temper.chunks : Number.POSITIVE_INFINITY;
  let read = 0;
  if (temper.kind === 'drops') {
    for (; read < enough; read++) {
      const { done, value } = stream.next();
      if (done) return false;
      addChunk(heard, value);
    }
    return true;
  }
  for (const chunk of stream) {
    addChunk(heard, chunk);
    read += 1;
    if (read < enough) continue;
    if (temper.kind === 'throws') throw OWN;
    if (temper.kind !== 'aborts') return true;
    own.abort();
  }
  return false;
}
