// What services answer to a transcription, after the examples of their documentation.
import { events, json } from './answer-forms.ts';

// https://platform.openai.com/docs/api-reference/audio/json-object
export const openaiHeard = json({
  text: 'The beach was a popular spot.',
  usage: {
    type: 'tokens',
    input_tokens: 14,
    input_token_details: { text_tokens: 10, audio_tokens: 4 },
    output_tokens: 101,
    total_tokens: 115,
  },
});
export const openaiTimed = json({
  task: 'transcribe',
  language: 'english',
  duration: 8.47,
  text: 'The beach was a popular spot.',
  segments: [
    {
      id: 0,
      seek: 0,
      start: 0,
      end: 3.32,
      text: ' The beach was a popular spot.',
      tokens: [50364, 440, 7534],
      temperature: 0,
      avg_logprob: -0.2860786020755768,
      compression_ratio: 1.2363636493682861,
      no_speech_prob: 0.00985979475080967,
    },
  ],
  words: [{ word: 'The', start: 0, end: 0.22 }],
  usage: { type: 'duration', seconds: 9 },
});
export const openaiWho = json({
  task: 'transcribe',
  duration: 42.7,
  text: 'Agent: Thanks.',
  segments: [
    { type: 'transcript.text.segment', id: 'seg_001', start: 0, end: 5.2, text: 'Thanks.', speaker: 'agent' },
  ],
  usage: { type: 'duration', seconds: 43 },
});
export const openaiHeardStream = events([
  {
    type: 'transcript.text.delta',
    delta: 'The beach',
    logprobs: [{ token: 'The', logprob: -0.1, bytes: [84] }],
  },
  { type: 'transcript.text.segment', id: 'seg_1', start: 0, end: 1, text: 'The beach', speaker: 'A' },
  { type: 'transcript.text.delta', delta: ' was.' },
  {
    type: 'transcript.text.done',
    text: 'The beach was.',
    usage: { type: 'tokens', input_tokens: 14, output_tokens: 45, total_tokens: 59 },
  },
]);
// https://docs.mistral.ai/api/endpoint/audio/transcriptions
const MISTRAL_USAGE = {
  prompt_audio_seconds: 203,
  prompt_tokens: 4,
  total_tokens: 3264,
  completion_tokens: 635,
};
export const mistralHeard = json({
  model: 'voxtral-mini-2507',
  text: 'The beach was.',
  language: 'en',
  segments: [
    { start: 0.8, end: 2.3, text: ' The beach was.', speaker_id: null, type: 'transcription_segment' },
  ],
  usage: MISTRAL_USAGE,
});
export const mistralHeardStream = events([
  { type: 'transcription.language', audio_language: 'en' },
  { type: 'transcription.text.delta', text: 'The beach' },
  { type: 'transcription.segment', text: 'The beach', start: 0, end: 1, speaker_id: null },
  {
    type: 'transcription.done',
    model: 'voxtral-mini-2507',
    text: 'The beach',
    language: 'en',
    usage: MISTRAL_USAGE,
  },
]);
// https://developers.deepgram.com/reference/speech-to-text/listen-pre-recorded
export const deepgramHeard = json({
  metadata: { request_id: 'a847f427-4ad5-4d67-9b95-db801e58251c', duration: 25.933313, channels: 1 },
  results: {
    channels: [
      {
        detected_language: 'en',
        alternatives: [
          {
            transcript: 'The beach was.',
            confidence: 0.99,
            words: [
              { word: 'the', start: 0.08, end: 0.32, confidence: 0.99, speaker: 0, punctuated_word: 'The' },
              { word: 'beach', start: 0.4, end: 0.9, confidence: 0.99, speaker: 0, punctuated_word: 'beach' },
              { word: 'was', start: 0.9, end: 1.2, confidence: 0.99, speaker: 1, punctuated_word: 'was.' },
            ],
          },
        ],
      },
    ],
  },
});
// https://elevenlabs.io/docs/api-reference/speech-to-text/convert
export const elevenlabsHeard = json({
  language_code: 'en',
  language_probability: 0.98,
  text: 'The beach.',
  audio_duration_secs: 1.5,
  words: [
    { text: 'The', type: 'word', logprob: -0.1, start: 0, end: 0.5, speaker_id: 'speaker_1' },
    { text: ' ', type: 'spacing', logprob: 0, start: 0.5, end: 0.5, speaker_id: 'speaker_1' },
    { text: 'beach.', type: 'word', logprob: -0.2, start: 0.5, end: 1.2, speaker_id: 'speaker_1' },
  ],
});
export const geminiHeard = json({
  candidates: [{ content: { role: 'model', parts: [{ text: 'The beach.' }] }, finishReason: 'STOP' }],
  usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 5, totalTokenCount: 8 },
});
