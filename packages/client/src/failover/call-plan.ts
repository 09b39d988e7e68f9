// What a client decides of a call before it is carried out. The full client decides by its catalog and its options; the small one has one provider.
import type { CallContext, CallSettings, OperationRequest } from '../attempt/call-context.ts';
import type { ProviderEntry } from '../catalog/provider-entry.ts';
import type { Candidate, Route } from '../routing/candidate.ts';
import type { Failures } from './no-provider-error.ts';

/** How one call is carried out, and by whom. */
export interface CallPlan {
  readonly settings: CallSettings;
  /** Who may answer. @param keeper who keeps what is asked for, where that is known. @throws G4FError */
  findRoute(
    request: Pick<OperationRequest<unknown>, 'model' | 'operation'>,
    keeper?: ProviderEntry,
  ): Route | Promise<Route>;
  /** In which order they are asked; each knows what it lacks of what the request needs. */
  order(
    candidates: readonly Candidate[],
    call: CallContext,
  ): readonly Candidate[] | Promise<readonly Candidate[]>;
  /** Who answers openly when none of them can, by the caller's wish. @throws G4FError why that one cannot. */
  findFallback(call: CallContext, failures: Failures): Promise<Candidate | undefined>;
}
