// The options that become headers of requests.

/**
 * Headers besides those that a provider sends, whatever the capitals; null for one that is not to be sent, though the client, the
 * provider's row or the provider itself would. One that carries a key (`authorization`, `x-api-key`, `api-key`,
 * `x-goog-api-key`) stands for the key: none is needed, and no other is sent.
 */
export type Headers = Readonly<Record<string, string | null | undefined>>;

/** Not among the parameters of a call, which may be an end user's: they say as whom a service is asked. */
export interface HeaderOptions {
  /** Headers for the named provider, or for each provider id. */
  readonly headers?: Headers | Readonly<Record<string, Headers | undefined>>;
  /** OpenAI's organization that requests count for, at `openai` and `openai-responses` only; without it OPENAI_ORG_ID. */
  readonly organization?: string;
  /** OpenAI's project that requests count for, at `openai` and `openai-responses` only; without it OPENAI_PROJECT_ID. */
  readonly project?: string;
}
