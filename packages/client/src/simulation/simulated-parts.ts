// An answer with a fault: its parts up to the fault, and then the failure, or silence until a deadline passes.
import { type Context, G4FError, type Operation, type Operations } from '@g4f/core';
import { markRehearsed } from '../attempt/rehearsed.ts';
import { sleep } from '../attempt/sleep.ts';
import type { ProviderCall } from '../attempt/wrapped-operations.ts';
import { isFields } from '../options/plain-value.ts';
import { SIMULATED_FAULTS, type SimulatedFault } from './faults.ts';
import type { SimulationRule } from './rules.ts';
import type { Simulation } from './simulation.ts';

const SLOW_MS = 200;

/** The answer to a request that a rule has chosen. @param ask gives the provider's own answer */
export async function* simulatedParts<O extends Operation>(
  call: ProviderCall<O>,
  ask: () => AsyncIterable<Operations[O]['part']>,
  rule: SimulationRule,
  simulation: Simulation,
): AsyncGenerator<Operations[O]['part'], undefined> {
  const { context } = call;
  const fault: SimulatedFault = SIMULATED_FAULTS[rule.fault];
  simulation.tell(rule, call);
  if (fault.when === 'slow') return yield* slowed(ask(), rule.ms ?? SLOW_MS, context);
  if (fault.when === 'midway') yield* firstOf(call, ask());
  else if (fault.phase !== undefined) context.enter(fault.phase);
  // Not before: what the real answer fails with is news of its provider.
  if (!simulation.countsForHealth) markRehearsed(context.signal);
  if (fault.failure === undefined) {
    await untilAborted(context.signal);
    throw context.signal.reason;
  }
  const { id } = call.provider;
  throw new G4FError(`${id}: SIMULATED ${rule.fault}: the service ${fault.does}.`, {
    ...fault.failure,
    provider: id,
    model: call.request.model,
  });
}

async function* slowed<Part>(parts: AsyncIterable<Part>, ms: number, { signal }: Context) {
  let isFirst = true;
  for await (const part of parts) {
    if (!isFirst) await sleep(ms, signal);
    isFirst = false;
    yield part;
  }
  return undefined;
}

/** The beginning of an answer, up to its first content; nothing of one that comes whole. Its connection is closed after that. */
async function* firstOf<O extends Operation>(
  { operation, request }: ProviderCall<O>,
  parts: AsyncIterable<Operations[O]['part']>,
): AsyncGenerator<Operations[O]['part'], undefined> {
  const isWhole = request.stream !== true && operation !== 'speech';
  for await (const part of parts) {
    if (isWhole) return undefined;
    // A list of events is cut after the first that says something.
    const at = Array.isArray(part) ? part.findIndex(isContent) : 0;
    if (at === -1) {
      yield part;
      continue;
    }
    yield (Array.isArray(part) ? part.slice(0, at + 1) : part) as Operations[O]['part'];
    return undefined;
  }
  return undefined;
}

/** Of a chat (`text-delta`) and of a response (`response.output_text.delta`). */
const isContent = (event: unknown): boolean =>
  isFields(event) && typeof event.type === 'string' && /[.-]delta$/.test(event.type);

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
