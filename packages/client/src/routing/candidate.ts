// Who may answer a call.
import type { GivenHeaders } from '@g4f/providers/options';
import type { ProviderEntry } from '../catalog/provider-entry.ts';

/** A provider that may answer, and with what it is asked. */
export interface Candidate {
  readonly backend: ProviderEntry;
  /** The provider's own id of the model. */
  readonly model: string;
  /** The key to ask with, where the caller gave one; the provider looks into the environment itself. */
  readonly apiKey: string | undefined;
  /** All keys it may be asked with, the environment's included. */
  readonly keys: readonly (string | undefined)[];
  readonly baseURL: string | undefined;
  /** Headers that the caller gave for it. */
  readonly headers?: GivenHeaders | undefined;
  /** Whether the caller named this provider; one that only offers the model is asked first whether it is there. */
  readonly named: boolean;
  /** What the first chunk warns of. */
  readonly warnings?: readonly string[];
  /** The model that was asked for, where this is another by the caller's wish: a fallback, or a successor. */
  readonly insteadOf?: string;
  /** What the person is told when it is asked. */
  readonly announcement?: string;
  /** What is known of the end of its model. */
  readonly endNote?: string;
  /** Whether it is not sent `extraBody`, which is for another. */
  readonly withoutExtra?: boolean;
  /** Whether it lacks something that the request needs. */
  readonly lacks?: boolean;
}

/** A provider that cannot be asked yet, and what is missing: `set OPENAI_API_KEY`. */
export interface Unusable {
  readonly id: string;
  readonly missing: string;
  /** Whether nothing else is missing than the model, which the provider has ended. */
  readonly ended?: boolean;
}

/** Who may answer a call, and who could if something were done about it. */
export interface Route {
  readonly candidates: readonly Candidate[];
  readonly unusable: readonly Unusable[];
}
