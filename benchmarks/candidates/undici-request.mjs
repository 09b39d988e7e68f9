// A bare undici.request loop.
import { request } from 'undici';
import { createCounter, requestOf } from './bare.mjs';

export const open = (baseURL) => ({
  async stream(model, messages, first) {
    const { body } = await request(`${baseURL}/chat/completions`, requestOf(model, messages, true));
    const counter = createCounter(first);
    for await (const text of body.setEncoding('utf8')) counter.push(text);
    return counter.seen();
  },
  async whole(model, messages) {
    const { body } = await request(`${baseURL}/chat/completions`, requestOf(model, messages, false));
    return (await body.json()).choices[0].message.content;
  },
});
