// Completions of a text, in OpenAI's older shapes. Source: https://platform.openai.com/docs/api-reference/completions

/** What is completed: texts, or texts that have been cut into the model's tokens. */
export type TextPrompt = readonly string[] | readonly (readonly number[])[];

/** One request as a provider receives it: `model` is the provider's own id, `prompt` is a list that is not empty. */
export interface TextCompletionRequest {
  readonly model: string;
  readonly prompt: TextPrompt;
  readonly stream: boolean;
  /** What follows: the model writes what stands between the two. */
  readonly suffix?: string;
  /** In tokens. */
  readonly max_tokens?: number;
  readonly stop?: string | readonly string[];
  /** Answers to each prompt. */
  readonly n?: number;
  /** Whether the prompt stands before its completion. */
  readonly echo?: boolean;
  /** How many of the most likely tokens are told of each place. */
  readonly logprobs?: number;
  readonly stream_options?: { readonly include_usage?: boolean };
  /** A parameter that is not known by name goes to the service as it is. */
  readonly [parameter: string]: unknown;
}

/** Why a text ended, in OpenAI's words. */
export type TextEnd = 'stop' | 'length' | 'content_filter';

/** One of the texts, or what is new of it. */
export interface TextChoice {
  /** The first prompt's answers come first. */
  readonly index: number;
  readonly text: string;
  /** As the service wrote them. */
  readonly logprobs: Readonly<Record<string, unknown>> | null;
  /** Null in a chunk that is not the last of its text. */
  readonly finish_reason: TextEnd | null;
}

/** A whole answer, or a chunk of one: OpenAI gives both one shape. */
export interface TextCompletion {
  readonly id: string;
  readonly object: 'text_completion';
  /** Seconds since 1970. */
  readonly created: number;
  /** The model that really answered. */
  readonly model: string;
  readonly choices: readonly TextChoice[];
  /** In tokens, as those of a chat. */
  readonly usage?: {
    readonly prompt_tokens: number;
    readonly completion_tokens: number;
    readonly total_tokens: number;
    readonly prompt_tokens_details?: { readonly cached_tokens?: number };
    readonly completion_tokens_details?: { readonly reasoning_tokens?: number };
  };
  readonly system_fingerprint?: string;
  /** Who answered; stamped by the client. */
  readonly provider?: string;
  /** Set if the answer was kept, and is given again: nobody was asked; in the first chunk. Stamped by the client. */
  readonly cached?: true;
  /** What could not be done of what was asked; in the first chunk. Stamped by the client. */
  readonly warnings?: readonly string[];
  /** The service's id of the request, null if it names none; and its headers, without cookies and keys. Set by clients, not enumerable. */
  readonly _request_id?: string | null;
  readonly _headers?: Readonly<Record<string, string>>;
}
