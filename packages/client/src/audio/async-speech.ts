// Sound as AsyncClient gives it: the parts of a stream, whose first has come.
import { type Abortable, G4FError, type SpeechPart } from '@g4f/core';
import { toAbortError } from '../errors/abort-error.ts';
import { readTwice } from '../streams/read-once.ts';
import type { AsyncSpeech } from '../surface/audio.ts';
import type { AsyncPartStream } from '../surface/part-stream.ts';
import { JoinedSound } from './joined.ts';
import { plainBytes } from './plain-bytes.ts';

/** The sound of one call. */
export class Speech implements AsyncSpeech {
  readonly contentType: string;
  readonly provider: string;
  readonly warnings: readonly string[];
  readonly #parts: AsyncPartStream<SpeechPart>;
  readonly #stops: readonly Stop[];
  #first: Uint8Array | undefined;
  #body: ReadableStream<Uint8Array<ArrayBuffer>> | undefined;
  #isRead = false;
  #isLeft = false;

  /** @param stops what ends it besides its reader. */
  constructor(parts: AsyncPartStream<SpeechPart>, first: SpeechPart, stops: readonly Stop[]) {
    this.#parts = parts;
    this.#stops = stops;
    this.#first = first.audio;
    this.contentType = first.contentType ?? 'application/octet-stream';
    this.provider = first.provider ?? '';
    this.warnings = first.warnings ?? [];
  }

  get route(): AsyncSpeech['route'] {
    return this.#parts.route;
  }

  get requestId(): string | null | undefined {
    return this.#parts.requestId;
  }

  get headers(): AsyncSpeech['headers'] {
    return this.#parts.headers;
  }

  get bodyUsed(): boolean {
    return this.#isRead;
  }

  get body(): ReadableStream<Uint8Array<ArrayBuffer>> {
    if (this.#body !== undefined) return this.#body;
    const bytes = this.#pieces(true);
    // Without a queue of its own: the reader's pace is that of the service.
    this.#body = new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        async pull(controller) {
          const { done, value } = await bytes.next();
          if (done) controller.close();
          else controller.enqueue(value);
        },
        cancel: () => this.abort(),
      },
      { highWaterMark: 0 },
    );
    return this.#body;
  }

  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    const sound = new JoinedSound(this.provider);
    for await (const piece of this.#pieces(true)) sound.add(piece);
    return sound.bytes();
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.bytes()).buffer;
  }

  async blob(): Promise<Blob> {
    return new Blob([await this.bytes()], { type: this.contentType });
  }

  async toFile(path: string | URL): Promise<void> {
    const pieces = this.#pieces(true);
    try {
      const { writeFile } = await import('#platform/write-file');
      await writeFile(path, pieces, 'toFile()');
    } catch (error) {
      // Also where not one piece was read: nobody will.
      this.abort();
      throw error;
    }
  }

  abort(): void {
    this.#isLeft = true;
    this.#first = undefined;
    this.#parts.abort();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.abort();
  }

  /** @throws G4FError `invalid-request` for a second reader */
  [Symbol.asyncIterator](): AsyncGenerator<Uint8Array<ArrayBuffer>, undefined> {
    return this.#pieces(false);
  }

  /** @param whole whether nothing but all of it will do: then its end after `abort` is an error, where a loop just ends. */
  #pieces(whole: boolean): AsyncGenerator<Uint8Array<ArrayBuffer>, undefined> {
    if (this.#isRead) throw readTwice();
    this.#isRead = true;
    return this.#read(whole);
  }

  async *#read(whole: boolean): AsyncGenerator<Uint8Array<ArrayBuffer>, undefined> {
    try {
      const stop = this.#stops.find((one) => one?.aborted);
      if (stop !== undefined) throw toAbortError(stop);
      const first = this.#first;
      this.#first = undefined;
      if (first !== undefined) yield plainBytes(first);
      for (;;) {
        const { done, value } = await this.#parts.next();
        if (done && whole && this.#isLeft) throw toAbortError({ reason: undefined });
        if (done) return undefined;
        yield plainBytes(value.audio);
      }
    } finally {
      this.#parts.abort();
    }
  }
}

type Stop = Pick<Abortable, 'aborted' | 'reason'> | undefined;

/** Asks for the first part. @param stops what ends it besides its reader. @throws G4FError where there is none */
export const openSpeech = async (
  parts: AsyncPartStream<SpeechPart>,
  ...stops: readonly Stop[]
): Promise<Speech> => {
  const first = await parts.next();
  if (first.done) throw new G4FError('the call was given up before there was sound.', { code: 'aborted' });
  return new Speech(parts, first.value, stops);
};
