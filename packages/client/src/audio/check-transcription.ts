// Checks what was heard: the events of a stream, or one whole answer.
import { byParts, notThat, type PartPlace } from '../engine/part-place.ts';
import { isFields } from '../options/plain-value.ts';

/** Throws `bad-response` for what holds no text, and `stream-truncated` for a stream whose last event is not the whole text. */
export const transcriptionCheck = byParts<'transcribe'>(
  checkTranscription,
  (part, { stream }) => stream !== true || (isFields(part) && part.type === 'transcript.text.done'),
);

function checkTranscription(part: unknown, place: PartPlace<'transcribe'>): void {
  if (!isFields(part)) throw notThat('the answer is no transcription', place);
  const { type, text, delta } = part;
  if (place.request.stream !== true) {
    if (place.before > 0) throw notThat('a second answer came to one request', place);
    if (typeof text !== 'string') throw notThat('the transcription has no text', place);
  } else if (
    typeof (type === 'transcript.text.delta' ? delta : text) !== 'string' ||
    typeof type !== 'string'
  )
    throw notThat('an event of the transcription has no text', place);
}
