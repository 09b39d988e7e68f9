// The surface of `models`, which both clients share.

import type { ErrorCode, Modality, Price } from '@g4f/core';
import type { Mode } from './mode.ts';
import type { ParamOptions } from './options.ts';

/** Which models are listed. As among the parameters of a chat, keys and addresses have no place here. */
export interface ListParams extends ParamOptions {
  /** Asks every provider that can be used now, too: those with a key, and the servers that run on this machine. */
  readonly live?: boolean;
  /** Asks anew, though a service's list of the last five minutes is kept. */
  readonly refresh?: boolean;
}

/** A model that can be asked for. What is not known is left out. */
export interface Model {
  /** What to write as `model`. */
  readonly id: string;
  readonly object: 'model';
  /** Seconds since 1970: when a family came out, or what a service says; 0 where that is not known. */
  readonly created: number;
  /** The maker of a family; what a service says of its own models. */
  readonly owned_by: string;
  /** The providers that offer it; none for a family that is known and nowhere to be had. */
  readonly providers: readonly string[];
  /** The family it is, whatever a provider calls it: what to write as `model` to let any provider that offers it answer. */
  readonly family?: string;
  /** Other names of exactly this model. */
  readonly aliases?: readonly string[];
  /** In tokens. */
  readonly context_length?: number;
  readonly input?: readonly Modality[];
  readonly output?: readonly Modality[];
  /** In US dollars per million tokens: of a family at its maker's, of a live entry at that service. */
  readonly price?: Price;
  /** The day on which its maker ended it, or has announced to (ISO 8601). */
  readonly ended?: string;
  /** The family that its maker names as the one to move to. */
  readonly successor?: string;
  /** When the service was asked, or the day on which we read a family's facts at its maker's (ISO 8601). */
  readonly retrieved?: string;
}

/** A provider that could not tell its models. */
export interface ListError {
  readonly provider: string;
  readonly code: ErrorCode;
  readonly message: string;
}

/** The models that can be asked for. Source: https://platform.openai.com/docs/api-reference/models/list */
export interface ModelList {
  readonly object: 'list';
  readonly data: readonly Model[];
  /** Providers whose lists are missing from a `live` list. */
  readonly errors?: readonly ListError[];
}

/** The list, which can be gone through: `for (const model of page)`, or `page.data`. */
export interface ModelPage extends ModelList, Iterable<Model> {}

/** What `models.list` gives: the list, and from AsyncClient a promise of it that `for await` goes through as well. */
export type ListedModels<M extends Mode> = M extends 'async'
  ? Promise<ModelPage> & AsyncIterable<Model>
  : ModelPage;
