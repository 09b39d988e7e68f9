// LangChain. Source: https://docs.langchain.com/oss/javascript/integrations/chat/openai
import { importPeer } from '../peers/import.mjs';

const { ChatOpenAI } = await importPeer('@langchain/openai');

export const open = (baseURL) => {
  const chat = (model) => new ChatOpenAI({ model, apiKey: 'none', configuration: { baseURL } });
  return {
    async stream(model, messages, first) {
      let seen = 0;
      for await (const chunk of await chat(model).stream(messages)) {
        if (!chunk.content) continue;
        seen += 1;
        if (seen === 1) first();
      }
      return seen;
    },
    async whole(model, messages) {
      return (await chat(model).invoke(messages)).content;
    },
  };
};
