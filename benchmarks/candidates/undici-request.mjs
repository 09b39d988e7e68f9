// A bare undici.request loop.
import { request } from 'undici';
import { countChunks, requestOf } from './bare.mjs';

export const open = (baseURL) => ({
  async stream(model, first) {
    const { body } = await request(`${baseURL}/chat/completions`, requestOf(model, true));
    return countChunks(body.setEncoding('utf8'), first);
  },
  async whole() {
    const { body } = await request(`${baseURL}/chat/completions`, requestOf('plain-1', false));
    return (await body.json()).choices[0].message.content;
  },
});
