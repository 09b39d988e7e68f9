// OpenAI's speech: `POST {base}/audio/speech`, answered with the sound itself.
// Source: https://platform.openai.com/docs/api-reference/audio/createSpeech
import type { Endpoint } from '../endpoint.ts';
import { readSound } from '../sound/read-sound.ts';

/** Speech as OpenAI has it. */
export const openaiSpeech: Endpoint<'speech'> = async function* (request, exchange) {
  const { input, instructions, response_format } = request;
  const reply = await exchange.send({
    path: '/audio/speech',
    accept: 'audio/*, application/octet-stream',
    json: request,
    hides: { input: [input, instructions] },
  });
  yield* readSound(reply, response_format ?? 'mp3');
};
