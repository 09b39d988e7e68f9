// What is asked about tokens, and what is answered: plain data, because it crosses to the worker of `Client`.

/** Texts to count for a model; none, if only its facts are wanted. */
export interface TokenRequest {
  readonly model: string;
  readonly texts: readonly string[];
}

/** What is known of the model, and how many tokens each text has. */
export interface TokenReport {
  /** In tokens; undefined for a model that is no family we know. */
  readonly contextLength?: number;
  /** By what the texts were counted: the same for all texts of one model. */
  readonly vocabulary: string;
  readonly counts: readonly number[];
  /** True where they were not counted by the model's own vocabulary. */
  readonly isEstimate: boolean;
}
