// The plans of the small client: one provider, which the program brings.
import type { CallContext, OperationRequest } from '../attempt/call-context.ts';
import type { MakePlan } from '../engine/engine.ts';
import type { CallPlan } from '../failover/call-plan.ts';
import { agreedProviders } from '../routing/agreed-models.ts';
import type { Candidate, Route } from '../routing/candidate.ts';
import { withLacks } from '../routing/feature-needs.ts';
import { modelIdAt } from '../routing/model-id.ts';
import { type MiniOptions, type MiniSettings, settleMini } from './mini-settings.ts';

class MiniPlan implements CallPlan {
  readonly settings: MiniSettings;

  constructor(settings: MiniSettings) {
    this.settings = settings;
  }

  findRoute({ model }: Pick<OperationRequest<unknown>, 'model'>): Route {
    const { backend, apiKey, baseURL, headers } = this.settings;
    agreedProviders([backend], model, this.settings);
    const candidate = {
      backend,
      model: modelIdAt(backend, model),
      apiKey,
      keys: [apiKey],
      baseURL,
      headers,
      named: true,
    };
    return { candidates: [candidate], unusable: [] };
  }

  order(candidates: readonly Candidate[], { request }: CallContext): readonly Candidate[] {
    const needs = request.needs();
    return needs.length === 0 ? candidates : withLacks(candidates, needs, undefined);
  }

  /** A small client has nobody to fall back on. */
  async findFallback(): Promise<undefined> {
    return undefined;
  }
}

/** How a small client with these options carries out its calls. */
export const miniPlanFor =
  (client: MiniOptions): MakePlan =>
  (inParams, options) =>
    new MiniPlan(settleMini(client, inParams, options));
