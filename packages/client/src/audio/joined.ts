// Pieces of sound as one.
import { G4FError, LIMITS } from '@g4f/core';

/** Sound that is to be given whole. */
export class JoinedSound {
  readonly #provider: string | undefined;
  readonly #pieces: Uint8Array[] = [];
  #length = 0;

  /** @param provider who speaks, for the error. */
  constructor(provider: string | undefined) {
    this.#provider = provider;
  }

  /** @throws G4FError `bad-response` for more than `LIMITS.soundBytes` */
  add(piece: Uint8Array): void {
    this.#length += piece.length;
    if (this.#length > LIMITS.soundBytes) throw tooLong(this.#provider);
    this.#pieces.push(piece);
  }

  /** All bytes. */
  bytes(): Uint8Array<ArrayBuffer> {
    const all = new Uint8Array(this.#length);
    let at = 0;
    for (const piece of this.#pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    return all;
  }
}

const tooLong = (provider: string | undefined): G4FError =>
  new G4FError(
    `${provider || 'the provider'}: the sound is longer than the limit of ${LIMITS.soundBytes} bytes for what is given whole. Read it piece by piece, or write it by toFile().`,
    { code: 'bad-response', provider },
  );
