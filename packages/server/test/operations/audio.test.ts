// The routes of `/v1/audio`, used by OpenAI's own library.
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { G4FError, type Provider, type TranscriptionPart, type TranscriptionRequest } from '@g4f/core';
import OpenAI, { toFile } from 'openai';
import { describe, expect, it } from 'vitest';
import { all, gatewayWith, post } from '../made-up.ts';

const clientOf = (url: string) => new OpenAI({ baseURL: `${url}/v1`, apiKey: 'any', maxRetries: 0 });
const dead = new G4FError('The line went dead.', { code: 'network' });

const MP3 = Buffer.concat([Buffer.from('ID3'), Buffer.alloc(61, 7)]);

/** A provider that speaks these bytes, and fails where an error stands among them. */
const speaking = (...pieces: readonly (Uint8Array | Error)[]): NonNullable<Provider['speech']> =>
  async function* () {
    for (const piece of pieces) {
      if (piece instanceof Error) throw piece;
      yield { audio: piece, contentType: 'audio/mpeg' };
    }
  };

describe('speech', () => {
  const asked = { model: 'model-a', voice: 'alloy', input: 'Hello' } as const;

  it('gives the bytes, their type and who speaks', async () => {
    const { url } = await gatewayWith({ speech: speaking(MP3, Buffer.from('more')) });
    const answer = await clientOf(url).audio.speech.create(asked);
    expect(answer.headers.get('content-type')).toBe('audio/mpeg');
    expect(answer.headers.get('x-g4f-provider')).toBe('made-up');
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(Buffer.concat([MP3, Buffer.from('more')]));
  });

  it('has a status of its own for a failure before the first bytes', async () => {
    for (const [pieces, type] of [
      [[new G4FError('Too many.', { code: 'rate-limit' })], OpenAI.RateLimitError],
      [[], OpenAI.InternalServerError],
    ] as const) {
      const { url } = await gatewayWith({ speech: speaking(...pieces) });
      await expect(clientOf(url).audio.speech.create(asked)).rejects.toBeInstanceOf(type);
    }
  });

  it('breaks the connection for a failure after them: no good end, and no words among the sound', async () => {
    const speaking = async () => {
      let fail = (): void => undefined;
      const failed = new Promise<void>((resolve) => {
        fail = resolve;
      });
      const speech: Provider['speech'] = async function* () {
        yield { audio: MP3, contentType: 'audio/mpeg' };
        await failed;
        throw dead;
      };
      return { ...(await gatewayWith({ speech })), fail };
    };
    const ofLibrary = await speaking();
    const answer = await clientOf(ofLibrary.url).audio.speech.create(asked);
    ofLibrary.fail();
    await expect(answer.arrayBuffer()).rejects.toThrow();

    const { url, fail } = await speaking();
    const sent = httpRequest(`${url}/v1/audio/speech`, { method: 'POST' });
    sent.end(JSON.stringify(asked));
    const [incoming]: IncomingMessage[] = await once(sent, 'response');
    const heard: Buffer[] = [];
    incoming
      ?.on('error', () => undefined)
      .on('data', (piece: Buffer) => {
        heard.push(piece);
        fail();
      });
    await new Promise<void>((resolve) => incoming?.once('close', resolve));
    expect(incoming?.complete).toBe(false);
    expect(Buffer.concat(heard)).toEqual(MP3);
  });

  it('breaks off in a handler without Node as well', async () => {
    const { createHandler } = await import('../../src/index.ts');
    const { madeUp, saying } = await import('../made-up.ts');
    const handler = createHandler(madeUp(saying(), { speech: speaking(MP3, dead) }).options);
    const request = new Request('http://localhost/v1/audio/speech', {
      method: 'POST',
      body: JSON.stringify(asked),
    });
    const answer = await handler(request);
    expect(answer.status).toBe(200);
    await expect(answer.arrayBuffer()).rejects.toThrow(/The line went dead/);
  });

  it('is held by a caller that does not read', async () => {
    let said = 0;
    const speech: Provider['speech'] = async function* () {
      yield { audio: MP3, contentType: 'audio/mpeg' };
      while (said < 100) {
        said += 1;
        yield { audio: new Uint8Array(1_000_000) };
      }
    };
    const { url } = await gatewayWith({ speech });
    const sent = httpRequest(`${url}/v1/audio/speech`, { method: 'POST' });
    sent.end(JSON.stringify(asked));
    const [incoming]: IncomingMessage[] = await once(sent, 'response');
    incoming?.pause();
    // Meanwhile the server has as many turns as it would need to read all of it.
    for (let turn = 0; turn < 300; turn += 1) await (await fetch(`${url}/health`)).text();
    expect(said).toBeLessThan(50);
    incoming?.resume();
    await once(sent, 'close');
    expect(said).toBe(100);
  });
});

/** A provider that hears these parts, and fails where an error stands among them. */
const hearing = (...parts: readonly (TranscriptionPart | Error)[]) => {
  const asked: TranscriptionRequest[] = [];
  const transcribe: Provider['transcribe'] = async function* (request) {
    asked.push(request);
    for (const part of parts) {
      if (part instanceof Error) throw part;
      yield part;
    }
  };
  return { transcribe, asked };
};

const delta = { type: 'transcript.text.delta', delta: 'Hel' } as const;
const done = { type: 'transcript.text.done', text: 'Hello' } as const;
const sound = () => toFile(MP3, 'speech.mp3', { type: 'audio/mpeg' });

describe('transcriptions and translations', () => {
  it('give what was heard, and send the file and the parameters on', async () => {
    const { transcribe, asked } = hearing({ text: 'Hello' });
    const { url } = await gatewayWith({ transcribe });
    const { audio } = clientOf(url);
    const { data, response } = await audio.transcriptions
      .create({
        model: 'model-a',
        file: await sound(),
        language: 'en',
        temperature: 0.5,
        timestamp_granularities: ['word', 'segment'],
        chunking_strategy: { type: 'server_vad' },
      })
      .withResponse();
    expect(data.text).toBe('Hello');
    expect(response.headers.get('x-g4f-provider')).toBe('made-up');
    expect((await audio.translations.create({ model: 'model-a', file: await sound() })).text).toBe('Hello');
    const file = { name: 'speech.mp3', type: 'audio/mpeg', size: MP3.length };
    expect(asked).toMatchObject([
      {
        task: 'transcribe',
        file,
        language: 'en',
        temperature: 0.5,
        timestamp_granularities: ['word', 'segment'],
        chunking_strategy: { type: 'server_vad' },
      },
      { task: 'translate', file },
    ]);
  });

  it.each(['text', 'srt', 'vtt'] as const)('give %s as a text', async (format) => {
    const { transcribe } = hearing({ format, text: 'Hello 🌍' });
    const { url } = await gatewayWith({ transcribe });
    for (const method of ['transcriptions', 'translations'] as const) {
      const heard = clientOf(url).audio[method].create({
        model: 'model-a',
        file: await sound(),
        response_format: format,
      });
      const { data, response } = await heard.withResponse();
      expect(data).toBe('Hello 🌍');
      expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    }
  });

  it('stream the text as it is heard', async () => {
    const { url } = await gatewayWith({ transcribe: hearing(delta, done).transcribe });
    const asked = { model: 'model-a', file: await sound(), stream: true } as const;
    const events = await all(await clientOf(url).audio.transcriptions.create(asked));
    expect(events).toMatchObject([delta, done]);
  });

  it('have a status for a failure before the first event, and an event for one after it', async () => {
    const asked = { model: 'model-a', file: await sound(), stream: true } as const;
    const early = await gatewayWith({ transcribe: hearing(dead).transcribe });
    const refused = clientOf(early.url).audio.transcriptions.create(asked);
    await expect(refused).rejects.toBeInstanceOf(OpenAI.InternalServerError);
    const late = await gatewayWith({ transcribe: hearing(delta, dead).transcribe });
    const reading = all(await clientOf(late.url).audio.transcriptions.create(asked));
    await expect(reading).rejects.toThrow(/The line went dead/);
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...asked, stream: 'true' })) form.append(name, value);
    const said = await (
      await fetch(`${late.url}/v1/audio/transcriptions`, { method: 'POST', body: form })
    ).text();
    expect(said).toContain('transcript.text.delta');
    expect(said).not.toContain('transcript.text.done');
  });

  it('refuse what is no sound', async () => {
    const { transcribe, asked } = hearing({ text: 'Hello' });
    const { url } = await gatewayWith({ transcribe });
    const file = await toFile(MP3, 'speech.exe');
    const heard = clientOf(url).audio.transcriptions.create({ model: 'model-a', file });
    await expect(heard).rejects.toBeInstanceOf(OpenAI.BadRequestError);
    expect(asked).toEqual([]);
  });

  it('refuse JSON in words that say what to send', async () => {
    const { url } = await gatewayWith({ transcribe: hearing().transcribe });
    const answer = await post(`${url}/v1/audio/transcriptions`, { model: 'model-a', file: '/etc/passwd' });
    expect(answer.status).toBe(415);
    expect(await answer.text()).toContain('multipart/form-data');
  });
});
