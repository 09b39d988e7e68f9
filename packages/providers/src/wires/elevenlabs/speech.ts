// ElevenLabs' speech: `POST {base}/text-to-speech/{voice}/stream`, answered with the sound itself.
// Source: https://elevenlabs.io/docs/api-reference/text-to-speech/stream
import { encodeSegments } from '../../http/transport/path-segments.ts';
import { asObject } from '../decoding/json.ts';
import type { Endpoint } from '../endpoint.ts';
import { readSound } from '../sound/read-sound.ts';
import { unable } from '../sound/unable.ts';
import { wavHeader } from '../sound/wav.ts';

/** Its formats for OpenAI's. What is asked for in its own words (`mp3_22050_32`) is passed on. */
const FORMATS: Readonly<Record<string, string>> = {
  mp3: 'mp3_44100_128',
  opus: 'opus_48000_128',
  pcm: 'pcm_24000',
  wav: 'pcm_24000',
};

/** The voice of its own examples, where none is named. */
const VOICE = 'JBFqnCBsd6RMkjVDRZzb';

/** Speech as ElevenLabs has it. A WAV file is made of its samples. */
export const speech: Endpoint<'speech'> = async function* (request, exchange) {
  const {
    model,
    input,
    voice,
    response_format = 'mp3',
    speed,
    instructions,
    voice_settings,
    ...own
  } = request;
  if (instructions !== undefined) exchange.warn('instructions: ElevenLabs does not take them.');
  const output = Object.hasOwn(FORMATS, response_format) ? FORMATS[response_format] : response_format;
  if (output === undefined || !/^[a-z0-9]+_[\d_]+$/.test(output))
    throw unable(
      exchange.provider,
      model,
      `response_format: it writes ${Object.keys(FORMATS).join(', ')}. Ask for one of them`,
    );
  const name = (typeof voice === 'object' ? voice.id : voice) ?? VOICE;
  const settings = { ...asObject(voice_settings), ...(speed !== undefined && { speed }) };
  const reply = await exchange.send({
    path: `/text-to-speech/${encodeSegments(name, 'the voice', 1)}/stream?output_format=${output}`,
    accept: 'audio/*, application/octet-stream',
    json: {
      ...own,
      text: input,
      model_id: model,
      ...(Object.keys(settings).length > 0 && { voice_settings: settings }),
    },
    hides: { input },
  });
  if (response_format !== 'wav') {
    yield* readSound(reply, output.startsWith('pcm') ? 'pcm' : response_format);
    return;
  }
  let isFirst = true;
  for await (const part of readSound(reply, 'pcm')) {
    if (isFirst) yield { audio: wavHeader(SAMPLES), contentType: 'audio/wav' };
    isFirst = false;
    yield { audio: part.audio };
  }
};

/** Of `pcm_24000`. */
const SAMPLES = { rate: 24_000, channels: 1 };
