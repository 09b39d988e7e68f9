// The surface both clients share, declared once: `Surface<'sync'>` is Client, `Surface<'async'>` is AsyncClient.

import type { Audio } from './audio.ts';
import type { CreateCompletion, StreamCompletion } from './chat.ts';
import type { CreateTextCompletion } from './completions.ts';
import type { CreateEmbedding } from './embeddings.ts';
import type { Images } from './images.ts';
import type { Later, Mode } from './mode.ts';
import type { ListedModels, ListParams, Model } from './models.ts';
import type { CreateModeration } from './moderations.ts';
import type { CallOptions } from './options.ts';
import type { OpenConversation, ProgramMethods } from './programs.ts';
import type { BackendHealth, ClientUsage } from './reports.ts';
import type { Responses } from './responses.ts';

/** What a client can do. Every failure is a `G4FError`. */
export interface Surface<M extends Mode> {
  readonly chat: {
    readonly completions: {
      readonly create: CreateCompletion<M>;
      readonly stream: StreamCompletion<M>;
    } & ProgramMethods<M>;
  };
  readonly embeddings: { readonly create: CreateEmbedding<M> };
  readonly moderations: { readonly create: CreateModeration<M> };
  readonly responses: Responses<M>;
  readonly completions: { readonly create: CreateTextCompletion<M> };
  readonly images: Images<M>;
  readonly audio: Audio<M>;
  readonly models: {
    /** The models of the named provider, asked live; without one, all families, and with `live` what is listed now besides. */
    list(params?: ListParams, options?: CallOptions): ListedModels<M>;
    /**
     * One model, by its family, another name of it, a provider's own id, or `provider:id`. A provider that is named, by an option or
     * in the name, is asked live.
     */
    retrieve(model: string, options?: CallOptions): Later<M, Model>;
  };
  /** A conversation that keeps its messages, in memory or in a store. */
  readonly conversation: OpenConversation<M>;
  /** How the providers that this client has asked are doing. */
  health(): Later<M, readonly BackendHealth[]>;
  /** What this client has used: attempts, tokens, dollars. */
  usage(): Later<M, ClientUsage>;
}
