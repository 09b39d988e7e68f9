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
import type { CallOptions, ClientOptions, ParamOptions } from '../surface/options.ts';
import type { MakePlan } from './engine.ts';

class FullPlan implements CallPlan {
  readonly settings: Settings;
  readonly #inParams: ParamOptions;
  readonly #options: CallOptions | undefined;

  constructor(client: ClientOptions, inParams: ParamOptions, options: CallOptions | undefined) {
    this.settings = settle(client, inParams, options);
    this.#inParams = inParams;
    this.#options = options;
  }

  findRoute(
    request: Pick<OperationRequest<unknown>, 'model' | 'operation'>,
    keeper?: ProviderEntry,
  ): ReturnType<CallPlan['findRoute']> {
    if (request.operation !== 'storedResponse') return findRoute(request, this.settings);
    const known = this.#namesProvider() ? undefined : keeper;
    // A program that chats does without.
    return import('../routing/keeper-route.ts').then(({ routeToKeeper }) =>
      routeToKeeper(request, this.settings, known),
    );
  }

  /** Whether the call itself says who is to be asked. */
  #namesProvider(): boolean {
    const { provider, baseURL } = this.#options ?? {};
    return (provider ?? baseURL ?? this.#inParams.provider) != null;
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
    new FullPlan(client, inParams, options);
