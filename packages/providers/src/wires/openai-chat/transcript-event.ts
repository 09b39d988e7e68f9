// An event of a streamed transcription: OpenAI's, or Mistral's, which are told in OpenAI's words.
// Source: https://platform.openai.com/docs/api-reference/audio/transcript-text-delta-event
// and https://docs.mistral.ai/api/endpoint/audio/transcriptions
import { G4FError, type TranscriptionEvent } from '@g4f/core';
import { asNumber, asObject, asText, type Json } from '../decoding/json.ts';
import type { EndpointReply } from '../endpoint.ts';
import type { ReadEvent } from '../transcript/read-events.ts';
import { countedIn } from './whole-transcript.ts';

/** @throws G4FError `bad-response` from the reader, for an event that has not what its type says */
export const transcriptEvent =
  ({ asked }: Pick<EndpointReply, 'asked'>): ReadEvent =>
  (json) => {
    const event = asObject(json);
    const type = asText(event?.type);
    if (event === undefined || type === undefined) return undefined;
    const read = Object.hasOwn(READERS, type) ? READERS[type]?.(event) : null;
    if (read === undefined)
      throw new G4FError(
        `${asked.provider}: an event of the transcription (${type.slice(0, 40)}) holds no text. Choose another provider.`,
        { code: 'bad-response', provider: asked.provider, model: asked.model },
      );
    // What is not known says nothing to the reader.
    return read ?? undefined;
  };

type Reader = (event: Json) => TranscriptionEvent | undefined;

const delta: (field: string) => Reader = (field) => (event) => {
  const text = event[field];
  if (typeof text !== 'string') return undefined;
  const { [field]: _, type: __, ...more } = event;
  return { ...more, type: 'transcript.text.delta', delta: text };
};

const done: Reader = (event) =>
  typeof event.text === 'string' ? { ...event, type: 'transcript.text.done', text: event.text } : undefined;

/** Mistral counts in words of its own. */
const mistralDone: Reader = ({ text, usage }) => {
  const counted = countedIn(usage);
  if (typeof text !== 'string') return undefined;
  return { type: 'transcript.text.done', text, ...(counted !== undefined && { usage: counted }) };
};

const segment: Reader = (event) => {
  const { text, start, end } = event;
  const [from, to] = [asNumber(start), asNumber(end)];
  if (typeof text !== 'string' || from === undefined || to === undefined) return undefined;
  const speaker = asText(event.speaker) ?? asText(event.speaker_id) ?? '';
  const id = asText(event.id) ?? '';
  return { ...event, type: 'transcript.text.segment', id, text, start: from, end: to, speaker };
};

const READERS: Readonly<Record<string, Reader>> = {
  'transcript.text.delta': delta('delta'),
  'transcript.text.segment': segment,
  'transcript.text.done': done,
  'transcription.text.delta': delta('text'),
  'transcription.segment': segment,
  'transcription.done': mistralDone,
};
