// A provider that hears: what is said, in each format, and nothing else in its place.
import type { Provider, TranscriptionRequest } from '@g4f/core';
import { audioAnswer, SAID, SOUND } from '../../mock-wires/mock-audio.ts';
import type { Check } from '../check.ts';
import { expect, expectEqual } from '../expectation.ts';
import { checkFailure } from '../failures.ts';
import type { Lent } from '../lent-context.ts';
import { hearing, hearingRequest, PRIVATE } from './audio-play.ts';
import { operationChecks } from './operation-checks.ts';
import type { OperationPlay, PlayedParts } from './operation-play.ts';

/** The checks of `transcribe`; none where there is no such method. */
export const transcriptionChecks = (provider: Provider): readonly Check[] => {
  const play: OperationPlay<'transcribe'> = {
    operation: 'transcribe',
    request: hearingRequest(provider),
    prompt: PRIVATE,
    secret: 'Zürich',
    answer: audioAnswer,
    compare: ([part]) => expectEqual('text', part?.text, SAID),
    wrong: [
      [
        'a web page, whatever it is called,',
        { headers: { 'content-type': 'audio/mpeg' }, body: '<!doctype html><title>Welcome</title>' },
      ],
    ],
  };
  return operationChecks(provider, play, answerChecks(provider));
};

const answerChecks = (provider: Provider): readonly Check[] => [
  {
    name: 'sends the sound, and gives what is said',
    async run() {
      const played = await hearing(provider)();
      expectEqual('text', textOf(played), SAID);
      const [sent = ''] = played.context.bodies;
      const inBase64 = Buffer.from(SOUND).toString('base64');
      expect(sent.includes(SOUND) || sent.includes(inBase64), 'the sound was not sent');
    },
  },
  formatCheck(provider, 'text', (text) => text === SAID || text.includes(SAID)),
  formatCheck(provider, 'srt', (text) =>
    text.startsWith('1\n00:00:00,000 --> 00:00:01,500\nSunny in Zürich.\n'),
  ),
  formatCheck(provider, 'vtt', (text) => text.startsWith('WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nSunny')),
  formatCheck(provider, 'verbose_json', (text, { segments }) => text === SAID && Array.isArray(segments)),
  formatCheck(provider, 'diarized_json', (text, { segments }) => text === SAID && Array.isArray(segments)),
  {
    name: 'gives events where a stream is asked for, the whole text last',
    async run() {
      for (const size of [Number.MAX_SAFE_INTEGER, 7]) {
        const answer: Lent = (request) => ({ ...audioAnswer(request), size });
        const { parts, error } = await hearing(provider, { stream: true })(answer);
        if (error !== undefined) throw error;
        const deltas = parts.map((part) => ('delta' in part ? part.delta : ''));
        expectEqual('deltas', deltas.join(''), SAID);
        const last = { ...parts.at(-1) };
        expectEqual('last', last, { ...last, type: 'transcript.text.done', text: SAID });
      }
    },
  },
  {
    name: 'translates, or says that it does not',
    async run() {
      const played = await hearing(provider, { task: 'translate' })();
      if (played.error === undefined) expectEqual('text', textOf(played), SAID);
      else refusedBefore(provider, played);
    },
  },
];

/** In the format, or refused: before it is sent, or where the service told no times. */
function formatCheck(
  provider: Provider,
  response_format: NonNullable<TranscriptionRequest['response_format']>,
  isRight: (text: string, part: Readonly<Record<string, unknown>>) => boolean,
): Check {
  return {
    name: `writes ${response_format}, or says that it does not`,
    async run() {
      const played = await hearing(provider, { response_format })();
      if (played.error === undefined) {
        const text = textOf(played);
        expect(isRight(text, { ...played.parts[0] }), `it is no ${response_format}: ${JSON.stringify(text)}`);
      } else checkFailure(provider, played.error, ['invalid-request']);
    },
  };
}

function textOf({ parts, error }: PlayedParts<'transcribe'>): string {
  if (error !== undefined) throw error;
  expectEqual('parts', parts.length, 1);
  const [part] = parts;
  return part !== undefined && typeof part.text === 'string' ? part.text : '';
}

function refusedBefore(provider: Provider, { error, context }: PlayedParts<'transcribe'>): void {
  checkFailure(provider, error, ['invalid-request']);
  expectEqual('requests', context.requests.length, 0);
}
