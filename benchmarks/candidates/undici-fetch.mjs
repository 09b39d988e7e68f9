// A bare undici.fetch loop: what 1.0 is in the ratios.
import { fetch } from 'undici';
import { countChunks, requestOf } from './bare.mjs';

export const open = (baseURL) => ({
  async stream(model, first) {
    const { body } = await fetch(`${baseURL}/chat/completions`, requestOf(model, true));
    return countChunks(body.pipeThrough(new TextDecoderStream()), first);
  },
  async whole() {
    const response = await fetch(`${baseURL}/chat/completions`, requestOf('plain-1', false));
    return (await response.json()).choices[0].message.content;
  },
});
