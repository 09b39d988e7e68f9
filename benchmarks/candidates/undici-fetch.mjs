// A bare undici.fetch loop: what 1.0 is in the ratios.
import { fetch } from 'undici';
import { countChunks, requestOf } from './bare.mjs';

export const open = (baseURL) => ({
  async stream(model, messages, first) {
    const { body } = await fetch(`${baseURL}/chat/completions`, requestOf(model, messages, true));
    return countChunks(body.pipeThrough(new TextDecoderStream()), first);
  },
  async whole(model, messages) {
    const response = await fetch(`${baseURL}/chat/completions`, requestOf(model, messages, false));
    return (await response.json()).choices[0].message.content;
  },
});
