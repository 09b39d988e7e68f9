// Tells observers of a request when its answer has come to its end.
import type { Answer } from '../answer/answer.ts';
import type { CallerRequest } from '../answer/caller-request.ts';
import type { NodeBindings } from '../exchange/exchange.ts';
import type { Observe, Outcome, RequestRecord } from '../exchange/record.ts';

/** A request and its answer. */
interface Answered {
  readonly requestId: string;
  readonly request: CallerRequest;
  readonly answer: Answer;
  readonly node: NodeBindings | undefined;
  readonly outcome: Outcome;
  /** As `performance.now()` tells it. */
  readonly startedAt: number;
}

/** On Node the socket tells the end; elsewhere it is told with the beginning of the answer. */
export const tellObservers = (observers: readonly Observe[], answered: Answered): void => {
  if (observers.length === 0) return;
  const { node } = answered;
  if (node === undefined) tell(observers, recordOf(answered, true));
  else if (node.outgoing.destroyed) tell(observers, recordOf(answered, false));
  else node.outgoing.once('close', () => tell(observers, recordOf(answered, node.outgoing.writableFinished)));
};

function recordOf(
  { requestId, request: { method }, answer, outcome, startedAt }: Answered,
  isComplete: boolean,
): RequestRecord {
  const { route, model, code } = outcome;
  const provider = answer.headers['x-g4f-provider'] ?? '';
  return {
    requestId,
    method,
    route,
    status: answer.status,
    ms: performance.now() - startedAt,
    isComplete,
    ...(model !== undefined && { model }),
    ...(provider !== '' && { provider }),
    ...(code !== undefined && { code }),
  };
}

function tell(observers: readonly Observe[], record: RequestRecord): void {
  for (const observe of observers)
    try {
      observe(record);
    } catch (error) {
      // Nobody else would ever hear of it, and the request is not to blame.
      console.error('@g4f/server: onRequest threw:', error);
    }
}
