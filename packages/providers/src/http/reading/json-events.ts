// An answer that is a stream of server-sent events, each of them JSON, for operations without a grammar of their own.
import { type G4FError, LIMITS } from '@g4f/core';
import { failureInside, notTheProtocol, type RequestFacts } from '../failures/failure.ts';
import { readServiceError } from '../failures/service-error.ts';
import { toText } from '../text/bytes.ts';
import { parseJson } from '../text/json-text.ts';
import type { ByteReader } from '../transport/body.ts';
import type { Frame } from './frames.ts';
import { checkAmount } from './limits.ts';
import { SseDecoder } from './sse.ts';

/** An answer whose body has not been read. */
interface UnreadAnswer {
  readonly response: Parameters<typeof notTheProtocol>[0];
  readonly asked: RequestFacts;
}

/** How much of what is no stream is shown, in bytes. */
const SHOWN_BYTES = 512;

/**
 * The JSON of each event. An answer in one piece of JSON is one event.
 *
 * @param expected what it should be, for errors. @param most bytes of one event, from `LIMITS`.
 * @throws G4FError `bad-response` for what is no stream; what the service reports in it
 */
export async function* readJsonEvents(
  { response, asked }: UnreadAnswer,
  expected: string,
  most: number = LIMITS.frameBytes,
): AsyncGenerator<unknown> {
  const bytes: ByteReader = response.body[Symbol.asyncIterator]();
  const frames = new SseDecoder(asked.provider, most);
  let head: Uint8Array | undefined;
  let hasSpoken = false;
  try {
    for (let isOver = false; !isOver; ) {
      const read = bytes.nextNow?.() ?? (await bytes.next());
      isOver = read.done === true;
      if (read.done) frames.end();
      else {
        head ??= read.value.slice(0, SHOWN_BYTES);
        frames.push(read.value);
      }
      for (let frame = frames.next(); frame !== undefined; frame = frames.next()) {
        const json = jsonIn(frame, asked, response.headers);
        if (json === undefined) continue;
        hasSpoken = true;
        yield json;
      }
    }
    response.release();
    if (!hasSpoken) throw notTheProtocol(response, toText(head ?? new Uint8Array()), asked, expected);
  } finally {
    frames.close();
    bytes.return?.().catch(() => undefined);
  }
}

/** Undefined for what says nothing: the end mark, a ping, half of an event. */
function jsonIn({ event, data }: Frame, asked: RequestFacts, headers: Headers): unknown {
  const json = parseJson(data);
  if (json === undefined) checkAmount(data, asked);
  const said = json === undefined ? undefined : readServiceError(json);
  if (said !== undefined || event === 'error') throw reported(said, data, asked, headers);
  return json;
}

type Headers = Readonly<Record<string, string>>;

const reported = (
  said: ReturnType<typeof readServiceError>,
  data: string,
  asked: RequestFacts,
  headers: Headers,
): G4FError => failureInside(said ?? { message: data, labels: '' }, asked, headers);
