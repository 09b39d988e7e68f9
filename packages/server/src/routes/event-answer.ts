// A stream of server-sent events whose first content has come.
import type { ChunkWriter } from '../dialects/dialect.ts';
import { EVENT_STREAM } from '../dialects/server-sent-event.ts';
import { type sourceHeaders, streamHeaders } from '../exchange/answers.ts';
import { chunkBody } from '../exchange/chunk-body.ts';
import { untilContent } from '../exchange/until-content.ts';

/** How the events of a stream are answered. */
interface Events<Part> {
  readonly writer: ChunkWriter<Part>;
  /** Every part does, unless it is said here. */
  readonly saysSomething?: (part: Part) => boolean;
  /** Who answers, by the first part. */
  readonly source: (first: Part) => Parameters<typeof sourceHeaders>[0];
}

/** The answer. @throws what the stream throws before the first content */
export const eventAnswer = async <Part>(
  stream: AsyncIterator<Part>,
  { writer, saysSomething = () => true, source }: Events<Part>,
): Promise<Response> => {
  const begun = await untilContent(stream, saysSomething);
  const [first] = begun;
  const headers = streamHeaders(EVENT_STREAM, first === undefined ? {} : source(first));
  return new Response(chunkBody(begun, stream, writer), { headers });
};
