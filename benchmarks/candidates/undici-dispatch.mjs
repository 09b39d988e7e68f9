// The floor: a bare undici dispatcher with the least handler that can count chunks.
import { Agent } from 'undici';
import { requestOf } from './bare.mjs';

export const open = (baseURL) => {
  const agent = new Agent();
  const { origin, pathname } = new URL(`${baseURL}/chat/completions`);
  const ask = (model, stream, data) =>
    new Promise((resolve, reject) => {
      agent.dispatch(
        { origin, path: pathname, ...requestOf(model, stream) },
        {
          onRequestStart() {},
          onResponseStart() {},
          onResponseData: (_, bytes) => data(bytes),
          onResponseEnd: resolve,
          onResponseError: (_, error) => reject(error),
        },
      );
    });
  return {
    async stream(model, first) {
      let seen = 0;
      let rest = '';
      await ask(model, true, (bytes) => {
        const lines = (rest + bytes.latin1Slice()).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          if (!line.startsWith('data: ') || line === 'data: [DONE]') continue;
          if (JSON.parse(line.slice(6)).choices[0].delta.content) {
            seen += 1;
            if (seen === 1) first();
          }
        }
      });
      return seen;
    },
    async whole() {
      const chunks = [];
      await ask('plain-1', false, (bytes) => chunks.push(bytes));
      return JSON.parse(Buffer.concat(chunks).toString()).choices[0].message.content;
    },
  };
};
