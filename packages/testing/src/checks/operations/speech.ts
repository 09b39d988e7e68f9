// A provider that speaks: sound as it comes, and nothing else in its place.
import type { Provider } from '@g4f/core';
import { audioAnswer, SOUND } from '../../mock-wires/mock-audio.ts';
import type { Check } from '../check.ts';
import { expect, expectEqual } from '../expectation.ts';
import { checkFailure } from '../failures.ts';
import type { Lent } from '../lent-context.ts';
import { PRIVATE, speaking, speechRequest } from './audio-play.ts';
import { operationChecks } from './operation-checks.ts';
import type { OperationPlay, PlayedParts } from './operation-play.ts';

/** The checks of `speech`; none where there is no such method. */
export const speechChecks = (provider: Provider): readonly Check[] => {
  return operationChecks(provider, play, answerChecks(provider));
};

const play: OperationPlay<'speech'> = {
  operation: 'speech',
  request: speechRequest(),
  prompt: PRIVATE,
  secret: 'Zürich',
  answer: audioAnswer,
  compare: (parts) => expect(parts.length > 0, 'no sound came'),
  wrong: [
    [
      'a web page, whatever it is called,',
      { headers: { 'content-type': 'audio/mpeg' }, body: '<!doctype html><title>Welcome</title>' },
    ],
  ],
  // Sound has no end mark: half of it is sound.
  cutIsWrong: false,
};

/** In one read, in many, and byte by byte. */
const SIZES = [Number.MAX_SAFE_INTEGER, 100, 1];

const answerChecks = (provider: Provider): readonly Check[] => [
  ...SIZES.map(
    (size): Check => ({
      name: `gives the sound and says what it is, ${size > 100 ? 'in one read' : `${size} bytes in each read`}`,
      async run() {
        const answer: Lent = (request) => ({ ...audioAnswer(request), size });
        const played = await speaking(provider)(answer);
        expect(soundOf(played).endsWith(SOUND), 'the sound is not what the service sent');
        const { contentType } = played.parts[0] ?? {};
        expect(contentType?.startsWith('audio/') === true, `contentType: ${contentType} is no sound`);
        expect(played.context.bodies[0]?.includes('Sunny') === true, 'the text was not sent');
        const { url = '' } = played.context.requests[0] ?? {};
        expect(!decodeURIComponent(url).includes(PRIVATE), 'the text stands in the address');
      },
    }),
  ),
  {
    name: 'gives each format it is asked for, or says that it does not write it',
    async run() {
      for (const response_format of ['mp3', 'wav', 'pcm', 'opus', 'flac', 'aac']) {
        const played = await speaking(provider, { response_format })();
        if (played.error === undefined) soundOf(played);
        else {
          checkFailure(provider, played.error, ['invalid-request']);
          expectEqual('requests', played.context.requests.length, 0);
        }
      }
    },
  },
  {
    name: 'hands out what came before a failure',
    async run() {
      const cut: Lent = (request) => ({ ...audioAnswer(request), size: 50, ends: 'reset' });
      const { parts, error } = await speaking(provider)(cut);
      checkFailure(provider, error, parts.length > 0 ? ['stream-truncated'] : ['network', 'bad-response']);
    },
  },
];

function soundOf({ parts, error }: PlayedParts<'speech'>): string {
  if (error !== undefined) throw error;
  expect(
    parts.every(({ audio }) => audio.length > 0),
    'a part holds no sound',
  );
  return Buffer.concat(parts.map(({ audio }) => audio)).toString('latin1');
}
