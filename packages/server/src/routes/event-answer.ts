// A stream of server-sent events whose first content has come.

import type { AsyncPartStream } from '@g4f/client';
import type { Answer } from '../answer/answer.ts';
import type { ChunkWriter } from '../dialects/dialect.ts';
import { EVENT_STREAM } from '../dialects/server-sent-event.ts';
import { type sourceHeaders, streamHeaders } from '../exchange/answers.ts';
import { chunkBody, type Streaming } from '../exchange/chunk-body.ts';
import { untilContent } from '../exchange/until-content.ts';

/** How the events of a stream are answered. */
interface Events<Part> {
  readonly writer: ChunkWriter<Part>;
  /** Every part does, unless it is said here. */
  readonly saysSomething?: (part: Part) => boolean;
  /** Who answers, by the first part. */
  readonly source: (first: Part) => Parameters<typeof sourceHeaders>[0];
}

/**
 * The answer.
 * @param parts what is made of the stream, where that is not the stream itself.
 * @throws what the stream throws before the first content
 */
export const eventAnswer = async <Part>(
  exchange: Streaming,
  stream: AsyncIterator<Part> & Pick<AsyncPartStream<Part>, 'route'>,
  { writer, saysSomething = () => true, source }: Events<Part>,
  parts: AsyncIterator<Part> = stream,
): Promise<Answer> => {
  const begun = await untilContent(parts, saysSomething);
  const [first] = begun;
  const attempts = stream.route.length;
  const headers = streamHeaders(EVENT_STREAM, { ...(first === undefined ? {} : source(first)), attempts });
  return { status: 200, headers, body: chunkBody(begun, parts, writer, exchange) };
};
