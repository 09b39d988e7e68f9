// Deepgram: speech and transcriptions. Source: https://developers.deepgram.com/docs/tts-models and /docs/model
import { withoutChat } from '../provider/over-wire.ts';
import { deepgram, deepgramSpeech, deepgramTranscriptions } from '../wires/deepgram/index.ts';

export default withoutChat(deepgram, {
  id: 'deepgram',
  name: 'Deepgram',
  website: 'https://developers.deepgram.com/reference/deepgram-api-overview',
  baseURL: 'https://api.deepgram.com/v1',
  env: ['DEEPGRAM_API_KEY'],
  // A voice is the end of a model's name: `voice: 'thalia-en'` makes `aura-2-thalia-en` of it.
  speech: { models: { 'aura-2': 'aura-2' }, endpoint: deepgramSpeech },
  transcribe: { models: { 'nova-3': 'nova-3' }, endpoint: deepgramTranscriptions },
});
