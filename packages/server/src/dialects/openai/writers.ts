// How the streams of OpenAI's methods besides chat are written. The chunks are the client's own shapes.
// Sources: https://platform.openai.com/docs/api-reference/responses-streaming, …/images-streaming, …/completions and …/audio
import type { ImageStreamEvent, ResponseStreamEvent, TranscriptionEvent } from '@g4f/core';
import type { ChunkWriter } from '../dialect.ts';
import { COMMENT, dataEvent, namedEvent } from '../server-sent-event.ts';
import { openaiError } from './openai.ts';

/** Chunks without names, and what says that all have come: chats and completions of a text. */
export const doneWriter: ChunkWriter<object> = {
  write: dataEvent,
  end: () => 'data: [DONE]\n\n',
  signOfLife: COMMENT,
  fail: (failure) => dataEvent({ error: openaiError(failure) }),
};

/** Events of images: the last of them says that it is complete. */
export const imageWriter: ChunkWriter<ImageStreamEvent> = {
  write: (event) => namedEvent(event.type, event),
  end: () => '',
  signOfLife: COMMENT,
  fail: (failure) => namedEvent('error', { type: 'error', error: openaiError(failure) }),
};

/** Events of a transcription, which OpenAI sends without names; `transcript.text.done` says that it is complete. */
export const transcriptWriter: ChunkWriter<TranscriptionEvent> = {
  write: dataEvent,
  end: () => '',
  signOfLife: COMMENT,
  fail: (failure) => dataEvent({ type: 'error', error: openaiError(failure) }),
};

/**
 * Events of a response, which are numbered: a failure has the next number. Its fields stand beside each other, as documented, and under
 * `error` as well, where OpenAI's own library looks for a reason to throw.
 */
export const responseWriter = (): ChunkWriter<ResponseStreamEvent> => {
  let next = 0;
  return {
    write(event) {
      next = event.sequence_number + 1;
      return namedEvent(event.type, event);
    },
    end: () => '',
    signOfLife: COMMENT,
    fail(failure) {
      const error = openaiError(failure);
      const { code, message, param } = error;
      return namedEvent('error', { type: 'error', code, message, param, sequence_number: next, error });
    },
  };
};
