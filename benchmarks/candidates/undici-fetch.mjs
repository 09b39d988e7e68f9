// A bare undici.fetch loop: what 1.0 is in the ratios.
import { fetch } from 'undici';
import { createCounter, requestOf } from './bare.mjs';

export const open = (baseURL) => ({
  async stream(model, messages, first) {
    const { body } = await fetch(`${baseURL}/chat/completions`, requestOf(model, messages, true));
    const counter = createCounter(first);
    const decoder = new TextDecoder();
    for await (const bytes of body) counter.push(decoder.decode(bytes, { stream: true }));
    return counter.seen();
  },
  async whole(model, messages) {
    const response = await fetch(`${baseURL}/chat/completions`, requestOf(model, messages, false));
    return (await response.json()).choices[0].message.content;
  },
});
