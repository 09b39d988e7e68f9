// ElevenLabs: speech and transcriptions. Source: https://elevenlabs.io/docs/api-reference/introduction and /docs/models
import { withoutChat } from '../provider/over-wire.ts';
import { elevenlabs, elevenlabsSpeech, elevenlabsTranscriptions } from '../wires/elevenlabs/index.ts';

export default withoutChat(elevenlabs, {
  id: 'elevenlabs',
  name: 'ElevenLabs',
  website: 'https://elevenlabs.io/docs/api-reference/introduction',
  baseURL: 'https://api.elevenlabs.io/v1',
  env: ['ELEVENLABS_API_KEY'],
  speech: {
    models: {
      'eleven-v3': 'eleven_v3',
      'eleven-multilingual-v2': 'eleven_multilingual_v2',
      'eleven-flash-v2.5': 'eleven_flash_v2_5',
    },
    endpoint: elevenlabsSpeech,
  },
  transcribe: { models: { 'scribe-v2': 'scribe_v2' }, endpoint: elevenlabsTranscriptions },
});
