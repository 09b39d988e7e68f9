// `fetch` whose answers are bounded: the SDK keeps a whole message before it looks at it.
import { LIMITS, TOOL_LIMITS } from '@g4f/core';

const NEWLINE = 10;
const RETURN = 13;

/** A stream that fails once `measure` has counted more than a message may have. */
const limited = (measure: (piece: Uint8Array) => number): TransformStream<Uint8Array, Uint8Array> =>
  new TransformStream({
    transform(piece, controller) {
      if (measure(piece) > TOOL_LIMITS.mcpMessageBytes)
        controller.error(new Error(`a message is larger than ${TOOL_LIMITS.mcpMessageBytes} bytes`));
      else controller.enqueue(piece);
    },
  });

/** The bytes of all pieces. */
const allBytes = (): ((piece: Uint8Array) => number) => {
  let length = 0;
  return (piece) => {
    length += piece.length;
    return length;
  };
};

/** The most bytes of one event since the last blank line. */
const eventBytes = (): ((piece: Uint8Array) => number) => {
  let [event, line] = [0, 0];
  return (piece) => {
    let most = 0;
    for (const byte of piece) {
      if (byte === RETURN) continue;
      event += 1;
      most = Math.max(most, event);
      if (byte !== NEWLINE) line += 1;
      else {
        if (line === 0) event = 0;
        line = 0;
      }
    }
    return most;
  };
};

/** The first bytes: the SDK reads the whole of a refusal, for its message. */
const beginning = (): TransformStream<Uint8Array, Uint8Array> => {
  let left: number = LIMITS.refusalBytes;
  return new TransformStream({
    transform(piece, controller) {
      controller.enqueue(piece.subarray(0, left));
      left -= piece.length;
      if (left <= 0) controller.terminate();
    },
  });
};

/** For the SDK's transport. Event streams have no end, so of these each event is bounded. */
export const boundedFetch = async (url: string | URL, init?: RequestInit): Promise<Response> => {
  const response = await fetch(url, init);
  const { status, statusText, headers, ok, body } = response;
  if (body === null) return response;
  const isStream = headers.get('content-type')?.includes('text/event-stream') === true;
  const bounds = ok ? limited(isStream ? eventBytes() : allBytes()) : beginning();
  return new Response(body.pipeThrough(bounds), { status, statusText, headers });
};
