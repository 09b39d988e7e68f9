// openai-node. Source: https://github.com/openai/openai-node
import { importPeer } from '../peers/import.mjs';

const { default: OpenAI } = await importPeer('openai');

export const open = (baseURL) => {
  const client = new OpenAI({ baseURL, apiKey: 'none' });
  return {
    async stream(model, messages, first) {
      let seen = 0;
      for await (const chunk of await client.chat.completions.create({ model, messages, stream: true })) {
        if (chunk.choices[0]?.delta.content) {
          seen += 1;
          if (seen === 1) first();
        }
      }
      return seen;
    },
    async whole(model, messages) {
      return (await client.chat.completions.create({ model, messages })).choices[0]?.message.content;
    },
  };
};
