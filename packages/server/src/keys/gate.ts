// The gate of a gateway with virtual keys: who asks, whether a call may begin, and what it has used.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { CallNeed, CallUse, EndCall, Meter, MiddlewareCall } from '@g4f/client/middleware';
import { G4FError, isG4FError, LIMITS } from '@g4f/core';
import { failureOf } from '../failure/failure.ts';
import { type Refusal, wrongKey } from '../failure/refusal.ts';
import { LedgerWriter } from '../ledger/ledger-writer.ts';
import type { Charge, KeyRecord, LedgerRow, Limit, State, Want } from '../state/state.ts';
import { within } from '../state/within.ts';
import { openState } from '../state-engines/open-state.ts';
import { toCounted, toWhole } from './amounts.ts';
import { Caller } from './caller.ts';
import { LastKnown } from './last-known.ts';
import { endedKey, modelNotAllowed, overLimit, stateDown } from './refusals.ts';
import { Reservations } from './reservations.ts';
import { hashOf } from './secret.ts';

/** How a gate is opened. */
export interface GateTerms {
  /** `memory`, `sqlite:…` or `redis://…`. */
  readonly url: string;
  /** What happens to the calls of known keys while the state is away: they begin uncounted, or are refused. */
  readonly onStateDown: 'open' | 'closed';
  /** How long one operation of the state may take, in ms. */
  readonly timeout: number;
  /** For how many days rows of the ledger are kept. */
  readonly days: number;
  /** How long a call waits for those under way that may need what is left, in ms. */
  readonly patience?: number | undefined;
}

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Opens the state, and forgets what is older than it is to be kept. @throws StateError */
export const openGate = async (terms: GateTerms): Promise<Gate> => new Gate(await openState(terms), terms);

/** All that a gateway asks its state, each within its deadline. */
export class Gate implements Meter {
  readonly state: State;
  readonly #terms: GateTerms;
  readonly #callers = new AsyncLocalStorage<Caller>();
  readonly #lastKnown = new LastKnown();
  readonly #reservations: Reservations;
  readonly #writer: LedgerWriter;
  readonly #forgetting: ReturnType<typeof setInterval>;
  /** What the state does not do now: it may be read while it cannot be written, on a full disk. */
  readonly #away = new Set<'read' | 'write'>();

  constructor(state: State, terms: GateTerms) {
    const { timeout, patience } = terms;
    this.state = state;
    this.#terms = terms;
    this.#reservations = new Reservations({ state, timeout, patience });
    this.#writer = new LedgerWriter(state, timeout);
    this.#forgetting = setInterval(() => this.#forget(), HOUR);
    this.#forgetting.unref();
    this.#forget();
  }

  /** @throws where the state cannot be asked now */
  async check(): Promise<void> {
    await within(this.state.findKey(''), this.#terms.timeout, this.state.name);
  }

  /** The caller that has this key. @throws Refusal 401, 503 */
  async identify(secret: string | undefined, requestId: string): Promise<Caller> {
    if (secret === undefined) throw wrongKey();
    const key = await this.#findKey(await hashOf(secret));
    if (key === undefined) throw wrongKey();
    if (key.isDisabled) throw endedKey('is disabled');
    if (key.expiresAt !== undefined && key.expiresAt <= Date.now()) throw endedKey('has expired');
    return new Caller(requestId, key);
  }

  /** What the calls made inside use, this caller uses. */
  within<Result>(caller: Caller, work: () => Result): Result {
    return this.#callers.run(caller, work);
  }

  /** A call of a client. Those of nobody's key are not counted. */
  async begin(call: MiddlewareCall, need: CallNeed): Promise<EndCall> {
    const caller = this.#callers.getStore();
    if (caller === undefined) return () => undefined;
    const { operation, request } = call;
    const { model = '' }: { readonly model?: string | undefined } = request;
    caller.asked = { model, operation };
    if (!caller.allows(model)) throw this.#refuse(caller, modelNotAllowed(model));
    caller.rows += 1;
    const id = caller.rows === 1 ? caller.requestId : `${caller.requestId}-${caller.rows}`;
    try {
      await this.#reserve(id, caller, need, call.signal);
    } catch (thrown) {
      caller.rows -= 1;
      throw thrown;
    }
    return (use) => this.#end(id, caller, call, use);
  }

  /** A request that got no answer of a call. */
  async record(caller: Caller, status: number): Promise<void> {
    caller.rows += 1;
    const none = { promptTokens: 0, completionTokens: 0, cost: 0, provider: '' };
    await this.#writer.write({ row: rowOf(caller.requestId, caller, { ...none, status }), charges: [] });
  }

  /** Writes what is left, and closes the state. */
  async close(): Promise<void> {
    clearInterval(this.#forgetting);
    this.#reservations.close();
    await this.#writer.close();
    await this.state.close();
  }

  /** A digest that was found by another's would be another key: they are compared all the same. */
  async #findKey(hash: string): Promise<KeyRecord | undefined> {
    try {
      const found = await within(this.state.findKeyByHash(hash), this.#terms.timeout, this.state.name);
      this.#lastKnown.set(hash, found);
      this.#away.delete('read');
      return found !== undefined && areEqual(found.hash, hash) ? found : undefined;
    } catch (error) {
      this.#told('read', error);
      const known = this.#terms.onStateDown === 'open' ? this.#lastKnown.get(hash) : undefined;
      if (known === undefined) throw stateDown();
      return known;
    }
  }

  async #reserve(id: string, caller: Caller, need: CallNeed, signal: AbortSignal): Promise<void> {
    const { key } = caller;
    const wants = key.limits.map((limit) => wantOf(limit, need));
    if (wants.length === 0) return;
    try {
      const reserved = await this.#reservations.reserve(id, key.id, wants, signal);
      this.#away.delete('write');
      if (!reserved.isGranted) throw this.#refuse(caller, overLimit(wants, reserved));
    } catch (error) {
      if (isG4FError(error) || signal.aborted) throw error;
      this.#told('write', error);
      if (this.#terms.onStateDown === 'closed') throw this.#refuse(caller, stateDown());
    }
  }

  async #end(id: string, caller: Caller, { route }: MiddlewareCall, use: CallUse): Promise<void> {
    const { prompt_tokens: read, completion_tokens: written, dollars, isCached } = use;
    const used = {
      promptTokens: isCached ? 0 : toCounted('tokens', read, LIMITS.countedTokens),
      completionTokens: isCached ? 0 : toCounted('tokens', written, LIMITS.countedTokens),
      cost: toCounted('dollars', dollars, LIMITS.countedDollars),
      provider: isCached ? 'cache' : (route.at(-1)?.provider ?? ''),
    };
    const charges = caller.key.limits.map((limit) => chargeOf(limit, used));
    const row = rowOf(id, caller, { ...used, status: statusOf(use) });
    await this.#writer.write({ row, charges });
    this.#reservations.end(id);
  }

  /** The client tells errors of its own kind; the handler tells the refusal. */
  #refuse(caller: Caller, refusal: Refusal): G4FError {
    caller.refusal = refusal;
    return new G4FError(refusal.message, { code: 'rate-limit', scope: 'request' });
  }

  /** Once for each time that it is away. */
  #told(what: 'read' | 'write', error: unknown): void {
    if (!this.#away.has(what))
      console.error(`@g4f/server: ${error instanceof Error ? error.message : String(error)}`);
    this.#away.add(what);
  }

  #forget(): void {
    this.state.forget(Date.now() - this.#terms.days * DAY).catch(() => undefined);
  }
}

function wantOf(limit: Limit, need: CallNeed): Want {
  if (limit.unit === 'requests') return { limit, amount: 1, isBound: true };
  const { amount, isBound } = need[limit.unit];
  if (!Number.isFinite(amount)) return { limit, amount: -1, isBound };
  // A part of a token is one.
  return {
    limit,
    amount: limit.unit === 'dollars' ? toWhole('dollars', amount) : Math.ceil(amount),
    isBound,
  };
}

function chargeOf(
  { unit, per }: Limit,
  { promptTokens, completionTokens, cost }: Pick<LedgerRow, 'promptTokens' | 'completionTokens' | 'cost'>,
): Charge {
  const amounts = { requests: 1, tokens: promptTokens + completionTokens, dollars: cost };
  return { unit, per, amount: amounts[unit] };
}

/** The status by which a call ended, be it told in a header or, later, in a stream. */
function statusOf({ isWhole, error }: CallUse): number {
  if (isWhole) return 200;
  return error === undefined || (isG4FError(error) && error.code === 'aborted')
    ? 499
    : failureOf(error).status;
}

const rowOf = (
  id: string,
  { at, startedAt, key, asked = { model: '', operation: '' } }: Caller,
  used: Pick<LedgerRow, 'promptTokens' | 'completionTokens' | 'cost' | 'provider' | 'status'>,
): LedgerRow => ({
  ...{ id, at, key: key.id, ...asked, model: asked.model.slice(0, 200), ...used },
  ms: Math.round(performance.now() - startedAt),
});

function areEqual(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let at = 0; at < a.length; at += 1) difference |= a.charCodeAt(at) ^ b.charCodeAt(at);
  return difference === 0;
}
