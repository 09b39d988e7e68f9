// Moderations, in OpenAI's shapes. Source: https://platform.openai.com/docs/api-reference/moderations

/** A part of what is judged: a text, or a picture by its address or as a data URL. */
export type ModerationPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image_url'; readonly image_url: { readonly url: string } };

/** What is judged: texts, each by itself, or the parts of one thing. */
export type ModerationInput = readonly string[] | readonly ModerationPart[];

/** One request as a provider receives it: `model` is the provider's own id, `input` is a list that is not empty. */
export interface ModerationRequest {
  readonly model: string;
  readonly input: ModerationInput;
  /** A parameter that is not known by name goes to the service as it is. */
  readonly [parameter: string]: unknown;
}

/** What was found in one input; the names of the categories are the service's own. */
export interface Moderation {
  /** Whether any category applies. */
  readonly flagged: boolean;
  readonly categories: Readonly<Record<string, boolean>>;
  /** From 0 to 1, for each category. */
  readonly category_scores: Readonly<Record<string, number>>;
  /** Which kinds of input a category was found in (`text`, `image`), where the service says so. */
  readonly category_applied_input_types?: Readonly<Record<string, readonly string[]>>;
}

/** What was found in each input, in their order. */
export interface ModerationResponse {
  readonly id: string;
  readonly model: string;
  readonly results: readonly Moderation[];
  /** Who answered; stamped by the client. */
  readonly provider?: string;
  /** Set if the answer was kept, and is given again: nobody was asked; stamped by the client. */
  readonly cached?: true;
  /** What could not be done of what was asked; stamped by the client. */
  readonly warnings?: readonly string[];
  /** The service's id of the request, null if it names none; and its headers, without cookies and keys. Set by clients, not enumerable. */
  readonly _request_id?: string | null;
  readonly _headers?: Readonly<Record<string, string>>;
}
