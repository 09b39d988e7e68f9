// Sound as Client gives it: the parts of a stream, whose first has come.
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { SpeechPart } from '@g4f/core';
import { JoinedSound } from '../audio/joined.ts';
import { plainBytes } from '../audio/plain-bytes.ts';
import { placeOf, unwritten } from '../platform/written-file.ts';
import { readTwice } from '../streams/read-once.ts';
import type { SyncSpeech } from '../surface/audio.ts';
import type { SyncPartStream } from '../surface/part-stream.ts';

/** The sound of one call. */
export class BlockingSpeech implements SyncSpeech {
  readonly contentType: string;
  readonly provider: string;
  readonly warnings: readonly string[];
  readonly #parts: SyncPartStream<SpeechPart>;
  #first: Uint8Array | undefined;
  #isRead = false;

  constructor(parts: SyncPartStream<SpeechPart>, first: SpeechPart) {
    this.#parts = parts;
    this.#first = first.audio;
    this.contentType = first.contentType ?? 'application/octet-stream';
    this.provider = first.provider ?? '';
    this.warnings = first.warnings ?? [];
  }

  get route(): SyncSpeech['route'] {
    return this.#parts.route;
  }

  get requestId(): string | null | undefined {
    return this.#parts.requestId;
  }

  get headers(): SyncSpeech['headers'] {
    return this.#parts.headers;
  }

  get bodyUsed(): boolean {
    return this.#isRead;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const sound = new JoinedSound(this.provider);
    for (const piece of this) sound.add(piece);
    return sound.bytes();
  }

  arrayBuffer(): ArrayBuffer {
    return this.bytes().buffer;
  }

  blob(): Blob {
    return new Blob([this.bytes()], { type: this.contentType });
  }

  toFile(path: string | URL): void {
    const { place, beside } = placeOf(path);
    const attempt = <T>(write: () => T): T => {
      try {
        return write();
      } catch (error) {
        throw unwritten(place, error);
      }
    };
    const file = attempt(() => openSync(beside, 'wx'));
    let isOpen = true;
    let isWhole = false;
    try {
      for (const piece of this)
        for (let at = 0; at < piece.length; ) at += attempt(() => writeSync(file, piece, at));
      attempt(() => closeSync(file));
      isOpen = false;
      attempt(() => renameSync(beside, place));
      isWhole = true;
    } finally {
      if (isOpen) closeSync(file);
      if (!isWhole) rmSync(beside, { force: true });
    }
  }

  abort(): void {
    this.#first = undefined;
    this.#parts.abort();
  }

  [Symbol.dispose](): void {
    this.abort();
  }

  /** @throws G4FError `invalid-request` for a second reader */
  [Symbol.iterator](): Generator<Uint8Array<ArrayBuffer>, undefined> {
    if (this.#isRead) throw readTwice();
    this.#isRead = true;
    return this.#read();
  }

  *#read(): Generator<Uint8Array<ArrayBuffer>, undefined> {
    try {
      const first = this.#first;
      this.#first = undefined;
      if (first !== undefined) yield plainBytes(first);
      for (;;) {
        const { done, value } = this.#parts.next();
        if (done) return undefined;
        yield plainBytes(value.audio);
      }
    } finally {
      this.abort();
    }
  }
}
