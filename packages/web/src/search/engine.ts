// The search engines that can be asked, each a row of what its API says.

/** One result. What it says is its author's word. */
export interface SearchResult {
  readonly title: string;
  readonly url: string;
  /** What the engine shows of the page. */
  readonly snippet: string;
  /** The day or time, as the engine has it. */
  readonly published?: string;
}

/** The engines. */
export type EngineName = 'brave' | 'tavily' | 'exa' | 'searxng';

/** What is sent. */
export interface EngineRequest {
  /** Below the base address. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON by POST; without it the request is a GET. */
  readonly body?: object;
}

/** An engine's API. */
export interface Engine {
  readonly name: string;
  /** The variable with the key; undefined where there is none. */
  readonly keyEnv?: string;
  /** The variable with the address, where the engine is one's own. */
  readonly urlEnv?: string;
  readonly baseURL?: string;
  request(query: string, count: number, key: string): EngineRequest;
  /** The results in what it answered, whatever that is. */
  results(answer: unknown): readonly Readonly<Record<keyof SearchResult, unknown>>[];
}
