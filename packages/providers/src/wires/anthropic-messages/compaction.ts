// A conversation that the service summed up by itself: the summary goes back with the message it is in.
// Source: https://platform.claude.com/docs/en/build-with-claude/compaction
import { asList, asObject, asText, type Json, objectsIn } from '../decoding/json.ts';
import type { FitAssistant } from '../fit/message.ts';

/** Whether the body asks for summaries. */
export const sumsUp = (body: Json): boolean =>
  objectsIn(asObject(body.context_management)?.edits).some(({ type }) => asText(type)?.startsWith('compact'));

/** The summaries in a message of the assistant: without them all that they sum up would be read, and summed up, again. */
export const summariesOf = ({ beside }: FitAssistant): readonly object[] =>
  asList(beside.content_parts).filter((part): part is object => asObject(part)?.type === 'compaction');
