// Deepgram's speech: `POST {base}/speak`, answered with the sound itself. A voice is a model of its own: `aura-2-thalia-en`.
// Source: https://developers.deepgram.com/reference/text-to-speech/speak-request
import type { SpeechRequest } from '@g4f/core';
import type { Endpoint } from '../endpoint.ts';
import { readSound } from '../sound/read-sound.ts';
import { unable } from '../sound/unable.ts';
import { withQuery } from './query.ts';

/** Speech as Deepgram has it. */
export const speech: Endpoint<'speech'> = async function* (request, exchange) {
  const { model, input, voice, response_format: format, speed, instructions, ...own } = request;
  if (instructions !== undefined) exchange.warn('instructions: Deepgram does not take them.');
  const known = format === undefined ? {} : Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  if (known === undefined)
    throw unable(
      exchange.provider,
      model,
      `response_format: it writes ${Object.keys(FORMATS).join(', ')}. Ask for one of them`,
    );
  const reply = await exchange.send({
    path: withQuery('/speak', { model: voiceOf(model, voice), ...known, speed, ...own }),
    accept: 'audio/*',
    extraInQuery: true,
    json: { text: input },
    hides: { input },
  });
  yield* readSound(reply, format ?? 'mp3');
};

/** How each format is written: an encoding, and the file around it. */
const FORMATS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  mp3: { encoding: 'mp3' },
  opus: { encoding: 'opus', container: 'ogg' },
  aac: { encoding: 'aac' },
  flac: { encoding: 'flac' },
  wav: { encoding: 'linear16', container: 'wav' },
  pcm: { encoding: 'linear16', container: 'none', sample_rate: '24000' },
};

/** `aura-2` with the voice `thalia-en`; a model that names its voice, or a voice that names its model, stands for both. */
const voiceOf = (model: string, voice: SpeechRequest['voice']): string => {
  const name = typeof voice === 'object' ? voice.id : voice;
  if (name === undefined) return model === 'aura-2' ? 'aura-2-thalia-en' : model;
  if (name.startsWith('aura')) return name;
  return /^aura(?:-\d+)?$/.test(model) ? `${model}-${name}` : model;
};
