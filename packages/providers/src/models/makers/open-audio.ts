// Models that speak and hear, of makers who have few others. Source: the makers' pages, and https://huggingface.co/
import { HEARS, type Maker, SPEAKS } from '../facts/family.ts';

/** The makers, each with the name that its models have before theirs. */
export const openAudio: readonly Maker[] = [
  {
    // https://elevenlabs.io/docs/models
    id: 'elevenlabs',
    prefixes: ['elevenlabs'],
    models: {
      'eleven-v3': { ...SPEAKS, aliases: ['eleven_v3'] },
      'eleven-multilingual-v2': { ...SPEAKS, aliases: ['eleven_multilingual_v2'] },
      'eleven-flash-v2.5': { ...SPEAKS, aliases: ['eleven_flash_v2_5'] },
      'scribe-v2': { ...HEARS, aliases: ['scribe_v2'] },
    },
  },
  {
    // https://developers.deepgram.com/docs/model and /docs/tts-models
    id: 'deepgram',
    prefixes: ['deepgram'],
    models: { 'aura-2': SPEAKS, 'nova-3': HEARS },
  },
  { id: 'hexgrad', prefixes: ['hexgrad'], models: { 'kokoro-82m': { ...SPEAKS, aliases: ['kokoro'] } } },
  {
    id: 'canopylabs',
    prefixes: ['canopylabs'],
    models: { 'orpheus-3b-0.1-ft': SPEAKS, 'orpheus-v1-english': SPEAKS, 'orpheus-arabic-saudi': SPEAKS },
  },
];
