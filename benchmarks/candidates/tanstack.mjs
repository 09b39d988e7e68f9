// TanStack AI. Source: https://tanstack.com/ai/latest/docs/adapters/openai-compatible
import { importPeer } from '../peers/import.mjs';

const { chat } = await importPeer('@tanstack/ai');
const { openaiCompatible } = await importPeer('@tanstack/ai-openai/compatible');

export const open = (baseURL) => {
  const adapter = (model) => openaiCompatible({ baseURL, apiKey: 'none', models: [model] })(model);
  return {
    async stream(model, messages, first) {
      let seen = 0;
      for await (const event of chat({ adapter: adapter(model), messages })) {
        if (event.type !== 'TEXT_MESSAGE_CONTENT') continue;
        seen += 1;
        if (seen === 1) first();
      }
      return seen;
    },
    async whole(model, messages) {
      return chat({ adapter: adapter(model), messages, stream: false });
    },
  };
};
