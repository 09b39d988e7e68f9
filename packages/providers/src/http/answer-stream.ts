// Reads an answer that comes in pieces, and knows when it is complete, cut, or waits for nothing more.
import { type Batch, G4FError, type HttpResponse, type StreamEvent, truncated } from '@g4f/core';
import { joinBytes, toText } from './bytes.ts';
import { type Asked, failureInside, notTheProtocol, requestIdOf } from './failure.ts';
import type { Frame, FrameDecoder } from './frames.ts';
import { parseJson } from './json-text.ts';
import { excerpt } from './redact.ts';
import { createRepeatParser } from './repeated-json.ts';
import { readServiceError } from './service-error.ts';
import type { WireDecoder } from './wire-decoder.ts';

/** After every finish reason, for how long what still belongs to the answer (its usage) is awaited, in ms. */
const SILENCE_MS = 2000;
/** How long such waits may be in all, in ms: a service that goes on sending pings ends here. */
const LAST_WAITS_MS = 5 * SILENCE_MS;
/** How much of what is no stream is shown, in bytes. */
const SHOWN_BYTES = 512;

/** A body that has begun, and what it is read with. */
export interface AnswerStream {
  readonly bytes: AsyncIterator<Uint8Array>;
  /** What has been read of it: not empty. */
  readonly head: Uint8Array;
  readonly frames: FrameDecoder;
  readonly decoder: WireDecoder;
  readonly response: HttpResponse;
  readonly asked: Asked;
}

/**
 * The events of a stream, one batch for each read.
 *
 * @throws G4FError `bad-response`, `stream-truncated`, or what the service reports; what came before it has been yielded.
 */
export async function* readStream(stream: AnswerStream): AsyncGenerator<Batch> {
  const { bytes, head, decoder } = stream;
  const reader = createReader(stream);
  const patience = createPatience();
  let events: StreamEvent[] = [];
  try {
    for (let chunk: Uint8Array | undefined = head; chunk !== undefined; ) {
      if (reader.push(chunk, events)) patience.renew(decoder.patienceMs?.());
      if (reader.complete()) break;
      if (events.length > 0) {
        yield events;
        events = [];
      }
      chunk = decoder.finished() ? await patience.next(bytes) : await nextChunk(bytes);
    }
    reader.end(events);
    decoder.close(events);
  } catch (failure) {
    decoder.abandon(events);
    if (events.length > 0) yield events;
    throw failure;
  }
  if (events.length > 0) yield events;
}

async function nextChunk(bytes: AsyncIterator<Uint8Array>): Promise<Uint8Array | undefined> {
  const { done, value } = await bytes.next();
  return done ? undefined : value;
}

interface Reader {
  /** Adds the events in these bytes; whether there was any payload in them. @throws G4FError */
  push(chunk: Uint8Array, events: StreamEvent[]): boolean;
  /** Whether the wire's own end mark came. */
  complete(): boolean;
  /** Adds what the end of the body completes. @throws G4FError when the answer is not complete */
  end(events: StreamEvent[]): void;
}

function createReader({ frames, decoder, asked, response }: AnswerStream): Reader {
  const parse = decoder.textIn === undefined ? parseJson : createRepeatParser(decoder.textIn);
  let ended = false;
  // What came while no event has been heard: shown if it turns out to be no stream at all.
  let unheard: Uint8Array | undefined = new Uint8Array();

  /** Whether there was any payload. A malformed one is half of the last one if the body ended in it: then it is passed over. */
  const readPayloads = (payloads: readonly Frame[], events: StreamEvent[], atEnd: boolean): boolean => {
    let heard = false;
    for (const { event, data } of payloads) {
      unheard = undefined;
      if (decoder.isEnd?.(data)) {
        ended = true;
        return true;
      }
      const json = event === decoder.textEvent ? data : parse(data);
      if (json === undefined && data.trim() === '') continue;
      heard = true;
      if (event === 'error') throw reported(json, data, asked, response);
      if (json === undefined) {
        if (!atEnd) throw malformed(data, asked);
      } else if (decoder.payload(json, event, events)) {
        ended = true;
        return true;
      }
    }
    return heard;
  };

  return {
    push(chunk, events) {
      if (unheard !== undefined && unheard.length < SHOWN_BYTES) unheard = joinBytes([unheard, chunk]);
      const payloads: Frame[] = [];
      try {
        frames.push(chunk, payloads);
      } catch (failure) {
        readPayloads(payloads, events, false);
        throw failure;
      }
      return readPayloads(payloads, events, false);
    },
    complete: () => ended,
    end(events) {
      if (ended) return;
      const payloads: Frame[] = [];
      frames.end(payloads);
      readPayloads(payloads, events, true);
      if (ended || decoder.finished()) return;
      if (unheard !== undefined && isNoise(unheard))
        throw notTheProtocol(response, toText(unheard), asked, decoder.expected);
      const { status, headers } = response;
      throw truncated(asked.provider, { model: asked.model, status, requestId: requestIdOf(headers) });
    },
  };
}

/** Whether there is anything but comments and fields of a stream in it. */
const isNoise = (bytes: Uint8Array): boolean =>
  toText(bytes)
    .split(/\r\n|\r|\n/)
    .some(
      (line) => line !== '' && !/^\uFEFF?(?:(?:data|event|id|retry)?:|(?:data|event|id|retry)$)/.test(line),
    );

const reported = (json: unknown, data: string, asked: Asked, { headers }: HttpResponse): G4FError =>
  failureInside(readServiceError(json) ?? { message: data, labels: '' }, asked, headers);

const malformed = (data: string, { provider, model, key }: Asked): G4FError =>
  new G4FError(
    `${provider}: a malformed event in the stream: "${excerpt(data, [key])}" is not JSON. Try again or choose another provider.`,
    { code: 'bad-response', provider, model },
  );

interface Patience {
  /** A payload came: the silence begins anew, and may last `ms`. */
  renew(ms?: number): void;
  /** The next read, or undefined at the end of the body, when it breaks, or when the silence has been long enough. */
  next(bytes: AsyncIterator<Uint8Array>): Promise<Uint8Array | undefined>;
}

/** Waits after the finish. Only time spent in waiting counts: a slow reader must not cost the answer its usage. */
function createPatience(): Patience {
  let silence = SILENCE_MS;
  let inAll = LAST_WAITS_MS;
  return {
    renew(ms = SILENCE_MS) {
      silence = ms;
    },
    async next(bytes) {
      const since = performance.now();
      let timer: NodeJS.Timeout | undefined;
      const enough = new Promise<undefined>((resolve) => {
        timer = setTimeout(resolve, Math.max(0, Math.min(silence, inAll)), undefined);
      });
      try {
        return await Promise.race([nextChunk(bytes), enough]);
      } catch {
        // Every answer has finished: a connection that breaks now takes nothing from them.
        return undefined;
      } finally {
        clearTimeout(timer);
        const waited = performance.now() - since;
        silence -= waited;
        inAll -= waited;
      }
    },
  };
}
