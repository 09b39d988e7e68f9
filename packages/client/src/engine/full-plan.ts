// The plans of the full client: all providers of its catalog, all options.
import type { CallContext, OperationRequest } from '../attempt/call-context.ts';
import type { ProviderEntry } from '../catalog/provider-entry.ts';
import type { CallPlan } from '../failover/call-plan.ts';
import { orderCandidates } from '../failover/candidate-order.ts';
import { findFallback } from '../failover/fallback.ts';
import type { Failures } from '../failover/no-provider-error.ts';
import { type Settings, settle } from '../options/settings.ts';
import type { Candidate } from '../routing/candidate.ts';
import { findRoute } from '../routing/route.ts';
import type { ClientOptions } from '../surface/options.ts';
import type { MakePlan } from './engine.ts';

class FullPlan implements CallPlan {
  readonly settings: Settings;
  /** Whether the call itself says who is to be asked. */
  readonly #names: boolean;

  constructor(settings: Settings, names: boolean) {
    this.settings = settings;
    this.#names = names;
  }

  findRoute(
    request: Pick<OperationRequest<unknown>, 'model' | 'operation'>,
    keeper?: ProviderEntry,
  ): ReturnType<CallPlan['findRoute']> {
    if (request.operation !== 'storedResponse') return findRoute(request, this.settings);
    const known = this.#names ? undefined : keeper;
    // A program that chats does without.
    return import('../routing/keeper-route.ts').then(({ routeToKeeper }) =>
      routeToKeeper(request, this.settings, known),
    );
  }

  order(candidates: readonly Candidate[], call: CallContext): ReturnType<CallPlan['order']> {
    return orderCandidates(candidates, call, this.settings.routing);
  }

  findFallback(call: CallContext, failures: Failures): Promise<Candidate | undefined> {
    return findFallback(call, failures, this.settings);
  }
}

/** How a client with these options carries out its calls. */
export const planFor =
  (client: ClientOptions): MakePlan =>
  (inParams, options) =>
    new FullPlan(
      settle(client, inParams, options),
      (inParams.provider ?? options?.provider ?? options?.baseURL) != null,
    );
