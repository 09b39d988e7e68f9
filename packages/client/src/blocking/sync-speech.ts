// Sound as Client gives it: the parts of a stream, whose first has come.
import { closeSync, fchmodSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { SpeechPart } from '@g4f/core';
import { JoinedSound } from '../audio/joined.ts';
import { plainBytes } from '../audio/plain-bytes.ts';
import { toAbortError } from '../errors/abort-error.ts';
import { placeOf, unwritten } from '../platform/written-file.ts';
import { readTwice } from '../streams/read-once.ts';
import type { SyncSpeech } from '../surface/audio.ts';
import type { SyncPartStream } from '../surface/part-stream.ts';
import { throwIfAborted } from '../sync/blocking-call.ts';

/** The sound of one call. */
export class BlockingSpeech implements SyncSpeech {
  readonly contentType: string;
  readonly provider: string;
  readonly warnings: readonly string[];
  readonly #parts: SyncPartStream<SpeechPart>;
  readonly #signal: AbortSignal | undefined;
  #first: Uint8Array | undefined;
  #isRead = false;
  #isLeft = false;

  /** @param signal the caller's. */
  constructor(parts: SyncPartStream<SpeechPart>, first: SpeechPart, signal: AbortSignal | undefined) {
    this.#parts = parts;
    this.#signal = signal;
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
    for (const piece of this.#pieces(true)) sound.add(piece);
    return sound.bytes();
  }

  arrayBuffer(): ArrayBuffer {
    return this.bytes().buffer;
  }

  blob(): Blob {
    return new Blob([this.bytes()], { type: this.contentType });
  }

  toFile(path: string | URL): void {
    const pieces = this.#pieces(true);
    try {
      this.#write(path, pieces);
    } finally {
      // Also where not one piece was read: nobody will.
      this.abort();
    }
  }

  #write(path: string | URL, pieces: Iterable<Uint8Array>): void {
    const { place, beside, mode } = placeOf(path, 'toFile()');
    const attempt = <T>(write: () => T): T => {
      try {
        return write();
      } catch (error) {
        throw unwritten('toFile()', place, error);
      }
    };
    const file = attempt(() => openSync(beside ?? place, beside === undefined ? 'w' : 'wx', mode));
    let isOpen = true;
    let isWhole = false;
    try {
      for (const piece of pieces)
        for (let at = 0; at < piece.length; ) at += attempt(() => writeSync(file, piece, at));
      if (mode !== undefined) attempt(() => fchmodSync(file, mode));
      attempt(() => closeSync(file));
      isOpen = false;
      if (beside !== undefined) attempt(() => renameSync(beside, place));
      isWhole = true;
    } finally {
      if (isOpen) closeSync(file);
      if (!isWhole && beside !== undefined) rmSync(beside, { force: true });
    }
  }

  abort(): void {
    this.#isLeft = true;
    this.#first = undefined;
    this.#parts.abort();
  }

  [Symbol.dispose](): void {
    this.abort();
  }

  /** @throws G4FError `invalid-request` for a second reader */
  [Symbol.iterator](): Generator<Uint8Array<ArrayBuffer>, undefined> {
    return this.#pieces(false);
  }

  /** @param whole whether nothing but all of it will do: then its end after `abort` is an error, where a loop just ends. */
  #pieces(whole: boolean): Generator<Uint8Array<ArrayBuffer>, undefined> {
    if (this.#isRead) throw readTwice();
    this.#isRead = true;
    return this.#read(whole);
  }

  *#read(whole: boolean): Generator<Uint8Array<ArrayBuffer>, undefined> {
    try {
      throwIfAborted(this.#signal);
      const first = this.#first;
      this.#first = undefined;
      if (first !== undefined) yield plainBytes(first);
      for (;;) {
        const { done, value } = this.#parts.next();
        if (done && whole && this.#isLeft) throw toAbortError({ reason: undefined });
        if (done) return undefined;
        yield plainBytes(value.audio);
      }
    } finally {
      this.#parts.abort();
    }
  }
}
