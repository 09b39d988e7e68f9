// Speech: a text that is read aloud, in OpenAI's shapes. Source: https://platform.openai.com/docs/api-reference/audio/createSpeech

/** How sound is written. A service may have others; `pcm` is 16 bits, little-endian, one channel, without a header. */
export type SpeechFormat = 'mp3' | 'opus' | 'aac' | 'flac' | 'wav' | 'pcm' | (string & {});

/** One request as a provider receives it: `model` is the provider's own id, `input` is not empty. */
export interface SpeechRequest {
  readonly model: string;
  /** What is read aloud. */
  readonly input: string;
  /** The service's name of a voice; its own choice unless given, where it has one. */
  readonly voice?: string | { readonly id: string };
  /** The service's own format unless given. */
  readonly response_format?: SpeechFormat;
  /** 1 is the usual one. */
  readonly speed?: number;
  /** How it is to be read. */
  readonly instructions?: string;
  /** A parameter that is not known by name goes to the service as it is. */
  readonly [parameter: string]: unknown;
}

/** Sound as it arrives. */
export interface SpeechPart {
  /** The next bytes of the sound; there are some. */
  readonly audio: Uint8Array;
  /** Its media type, with the first bytes. */
  readonly contentType?: string;
  /** Who answers; stamped by the client on the first part. */
  readonly provider?: string;
  /** What could not be done of what was asked; stamped by the client on the first part. */
  readonly warnings?: readonly string[];
}
