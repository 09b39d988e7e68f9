// The kit passes a provider that speaks and hears as it should, and names the promise that another one breaks.
import { type Context, defineProvider, G4FError, type Provider, type SpeechRequest } from '@g4f/core';
import { expect, it } from 'vitest';
import { runChecks, testProvider } from '../src/index.ts';

interface BrokenSpeaker {
  readonly takesAnything?: true;
  readonly endsQuietly?: true;
  readonly losesFirst?: true;
  readonly keyInAddress?: true;
}

/** It speaks as OpenAI does, as plainly as can be. */
const speaker = (broken: BrokenSpeaker = {}): Provider =>
  defineProvider({
    id: 'acme',
    name: 'Acme',
    website: 'https://acme.example',
    key: 'required',
    env: ['ACME_API_KEY'],
    wire: 'openai-chat',
    models: {},
    speech: (request, context) => speak(request, context, broken),
  });

async function* speak(request: SpeechRequest, context: Context, broken: BrokenSpeaker) {
  const key = context.env.ACME_API_KEY;
  if (key === undefined) throw fail('auth', 'no API key. Set ACME_API_KEY');
  const { status, headers, body } = await context.send({
    method: 'POST',
    url: `${context.baseURL}/audio/speech${broken.keyInAddress ? `?key=${key}` : ''}`,
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify(request),
  });
  if (status !== 200) throw fail(CODES[status] ?? 'server', `it answered ${status}`, status);
  let count = 0;
  try {
    for await (const audio of body) {
      const begins = Buffer.from(audio).toString();
      if (count === 0 && /^[{<]/.test(begins) && !broken.takesAnything)
        throw fail('bad-response', 'no sound');
      count += 1;
      if (count > 1 || !broken.losesFirst)
        yield count === 1 ? { audio, contentType: headers['content-type'] ?? '' } : { audio };
    }
  } catch (error) {
    if (!(error instanceof G4FError) || error.code !== 'network') throw error;
    if (!broken.endsQuietly) throw fail('stream-truncated', 'it broke off');
  }
  if (count === 0 && !broken.takesAnything) throw fail('bad-response', 'nothing came');
}

const CODES: Readonly<Record<number, G4FError['code']>> = {
  400: 'invalid-request',
  401: 'auth',
  402: 'payment-required',
  403: 'auth',
  404: 'model-not-found',
  429: 'rate-limit',
};

const fail = (code: G4FError['code'], message: string, status?: number): G4FError =>
  new G4FError(`acme: ${message}.`, { code, provider: 'acme', ...(status !== undefined && { status }) });

const failuresOf = async (broken?: BrokenSpeaker): Promise<readonly string[]> => {
  const { checks } = await runChecks('acme', testProvider(speaker(broken)));
  return checks.filter(({ result }) => result === 'failed').map(({ name }) => name);
};

it('passes a good one, which need not chat', async () => {
  expect(await failuresOf()).toEqual([]);
});

it.each<[string, BrokenSpeaker, string]>([
  ['takes anything for sound', { takesAnything: true }, 'speech: takes a web page for no answer'],
  ['takes nothing for sound', { takesAnything: true }, 'speech: takes nothing for no answer'],
  [
    'takes a broken connection for an end',
    { endsQuietly: true },
    'speech: tells a broken connection from an end',
  ],
  ['loses a piece', { losesFirst: true }, 'speech: gives the sound and says what it is, in one read'],
  [
    'sends its key in the address',
    { keyInAddress: true },
    'speech: goes where it is told, with its key in one header and nowhere else',
  ],
])('names what another one breaks: it %s', async (_name, broken, name) => {
  expect(await failuresOf(broken)).toContain(name);
});
