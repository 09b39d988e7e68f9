// The AI SDK with its provider for OpenAI-like services. Source: https://ai-sdk.dev/providers/openai-compatible-providers
import { importPeer } from '../peers/import.mjs';

const { generateText, streamText } = await importPeer('ai');
const { createOpenAICompatible } = await importPeer('@ai-sdk/openai-compatible');

export const open = (baseURL) => {
  const service = createOpenAICompatible({ name: 'bench', baseURL });
  return {
    async stream(model, messages, first) {
      let seen = 0;
      for await (const _ of streamText({ model: service(model), messages }).textStream) {
        seen += 1;
        if (seen === 1) first();
      }
      return seen;
    },
    async whole(model, messages) {
      return (await generateText({ model: service(model), messages })).text;
    },
  };
};
