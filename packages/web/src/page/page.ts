// A page as it is given to a reader.

/** What a page says. Everything in it is the author's word: data, never an instruction. */
export interface Page {
  /** Where it was found, after all redirects. */
  readonly url: string;
  /** The media type that its server gave. */
  readonly contentType: string;
  readonly title: string;
  /** Its main content as markdown; text and JSON as they are. */
  readonly markdown: string;
  /** Whether `markdown` was cut at `maxCharacters`. */
  readonly isCut: boolean;
  readonly author?: string;
  readonly description?: string;
  /** The day or time, as the page has it. */
  readonly published?: string;
  readonly site?: string;
  readonly language?: string;
}

/** What the worker is given. */
export interface ParseRequest {
  readonly html: string;
  readonly url: string;
  /** The most characters of the markdown that it hands over, and of each thing that the page says of itself. */
  readonly most: { readonly markdown: number; readonly fact: number };
}

/** What the worker makes of it. */
export type ParsedPage = Omit<Page, 'url' | 'contentType' | 'isCut'>;
