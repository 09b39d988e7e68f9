// A bare undici.request loop.
import { request } from 'undici';
import { countChunks, requestOf } from './bare.mjs';

export const open = (baseURL) => ({
  async stream(model, messages, first) {
    const { body } = await request(`${baseURL}/chat/completions`, requestOf(model, messages, true));
    return countChunks(body.setEncoding('utf8'), first);
  },
  async whole(model, messages) {
    const { body } = await request(`${baseURL}/chat/completions`, requestOf(model, messages, false));
    return (await body.json()).choices[0].message.content;
  },
});
