// Checks what was heard: the events of a stream, or one whole answer.
import { notThat, type PartPlace } from '../engine/part-place.ts';
import { isFields } from '../options/plain-value.ts';

/** @throws G4FError `bad-response` for what holds no text */
export function checkTranscription(part: unknown, place: PartPlace<'transcribe'>): void {
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
