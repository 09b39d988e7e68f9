// Sound as AsyncClient gives it: the parts of a stream, whose first has come.
import { G4FError, type SpeechPart } from '@g4f/core';
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
  #first: Uint8Array | undefined;
  #body: ReadableStream<Uint8Array<ArrayBuffer>> | undefined;
  #isRead = false;

  constructor(parts: AsyncPartStream<SpeechPart>, first: SpeechPart) {
    this.#parts = parts;
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
    const bytes = this[Symbol.asyncIterator]();
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
    for await (const piece of this) sound.add(piece);
    return sound.bytes();
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.bytes()).buffer;
  }

  async blob(): Promise<Blob> {
    return new Blob([await this.bytes()], { type: this.contentType });
  }

  async toFile(path: string | URL): Promise<void> {
    const { writeFile } = await import('#platform/write-file');
    await writeFile(path, this);
  }

  abort(): void {
    this.#first = undefined;
    this.#parts.abort();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.abort();
  }

  /** @throws G4FError `invalid-request` for a second reader */
  [Symbol.asyncIterator](): AsyncGenerator<Uint8Array<ArrayBuffer>, undefined> {
    if (this.#isRead) throw readTwice();
    this.#isRead = true;
    return this.#read();
  }

  async *#read(): AsyncGenerator<Uint8Array<ArrayBuffer>, undefined> {
    try {
      const first = this.#first;
      this.#first = undefined;
      if (first !== undefined) yield plainBytes(first);
      for (;;) {
        const { done, value } = await this.#parts.next();
        if (done) return undefined;
        yield plainBytes(value.audio);
      }
    } finally {
      this.abort();
    }
  }
}

/** Asks for the first part. @throws G4FError where there is none */
export const openSpeech = async (parts: AsyncPartStream<SpeechPart>): Promise<Speech> => {
  const first = await parts.next();
  if (first.done) throw new G4FError('the call was given up before there was sound.', { code: 'aborted' });
  return new Speech(parts, first.value);
};
