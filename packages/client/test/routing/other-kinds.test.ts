// A model that is for something else than a chat: the error names the method for it, and no other model of its kind.
import { expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { failureOf } from '../fake-provider.ts';

const client = new AsyncClient({ env: {} });
const chatWith = (model: string) =>
  failureOf(client.chat.completions.create({ model, messages: 'x' })).then(({ message }) => message);

it.each([
  ['whisper-1', 'It is a model to transcribe with: use audio.transcriptions.create. '],
  ['tts-1', 'It is a model to speak with: use audio.speech.create. '],
  ['gpt-image-2', 'It is a model to make images with: use images.generate. '],
  ['codestral', 'It is a model to complete texts with: use completions.create. '],
])('%s is named with its method', async (model, advice) => {
  expect(await chatWith(model)).toContain(advice);
});

it('what is written almost like a model of another kind is not taken for it', async () => {
  expect(await chatWith('gpt-image-3')).not.toContain('Did you mean gpt-image');
  expect(await chatWith('whisper-2')).not.toContain('Did you mean whisper');
});
