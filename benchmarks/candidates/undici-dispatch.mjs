// The floor of what can be built on undici: its dispatcher, and the least handler that can count chunks.
import { StringDecoder } from 'node:string_decoder';
import { Agent } from 'undici';
import { createCounter, requestOf } from './bare.mjs';

export const open = (baseURL) => {
  const agent = new Agent();
  const { origin, pathname: path } = new URL(`${baseURL}/chat/completions`);
  const send = (request, onResponseData) =>
    new Promise((resolve, reject) => {
      agent.dispatch(
        { origin, path, ...request },
        {
          onRequestStart() {},
          onResponseStart() {},
          onResponseData: (_, bytes) => onResponseData(bytes),
          onResponseEnd: resolve,
          onResponseError: (_, error) => reject(error),
        },
      );
    });
  return {
    async stream(model, messages, first) {
      const counter = createCounter(first);
      const decoder = new StringDecoder('utf8');
      await send(requestOf(model, messages, true), (bytes) => counter.push(decoder.write(bytes)));
      return counter.seen();
    },
    async whole(model, messages) {
      const chunks = [];
      await send(requestOf(model, messages, false), (bytes) => chunks.push(bytes));
      return JSON.parse(Buffer.concat(chunks).toString()).choices[0].message.content;
    },
  };
};
