// The bytes of a request's body as they are sent: what goes wrong with them is the caller's, and no failure of the network.
import { type BodyStream, G4FError, isG4FError, type WaitPhase } from '@g4f/core';

/** Who sends them, and is told what is waited for. */
interface BodySender {
  /** For errors. */
  readonly provider: string;
  enter(phase: WaitPhase): void;
}

/**
 * The bytes. As long as the service takes them, it is not late with its headers: each piece that it takes begins that wait anew.
 *
 * @throws G4FError `invalid-request` where they cannot be read, or are no bytes. Closes what it reads when it is left.
 */
export async function* bodyBytes(
  bytes: BodyStream,
  { provider, enter }: BodySender,
): AsyncGenerator<Uint8Array, undefined> {
  const source = bytes[Symbol.asyncIterator]();
  let isOver = false;
  // Not by a loop and a `catch`, which would take what is thrown into this generator for a failure of the source.
  const read = async (): Promise<IteratorResult<unknown>> => {
    try {
      return await source.next();
    } catch (thrown) {
      isOver = true;
      throw isG4FError(thrown) ? thrown : unreadable(provider, thrown);
    }
  };
  try {
    for (let step = await read(); !step.done; step = await read()) {
      if (!isBytes(step.value)) throw noBytes(provider, step.value);
      yield step.value;
      enter('headers');
    }
    isOver = true;
  } finally {
    if (!isOver) await source.return?.();
  }
}

/** Not by its class, because bytes of another realm have another one. */
const isBytes = (value: unknown): value is Uint8Array =>
  ArrayBuffer.isView(value) && 'BYTES_PER_ELEMENT' in value && value.BYTES_PER_ELEMENT === 1;

const unreadable = (provider: string, cause: unknown): G4FError => {
  const [why] = String(cause instanceof Error ? cause.message : cause).split('\n');
  return new G4FError(`${provider}: the file could not be read while it was sent: ${why}. Give it anew.`, {
    code: 'invalid-request',
    scope: 'request',
    cause,
  });
};

const noBytes = (provider: string, got: unknown): G4FError =>
  new G4FError(
    `${provider}: a stream of bytes was expected, got a piece that is a ${typeof got}. Read the file without an encoding.`,
    { code: 'invalid-request', scope: 'request' },
  );
