// AsyncClient, as a user writes it.
import { AsyncClient } from '@g4f/client';

export const open = (baseURL) => {
  const client = new AsyncClient({ baseURL });
  return {
    async stream(model, messages, first) {
      let seen = 0;
      for await (const chunk of client.chat.completions.create({ model, messages, stream: true })) {
        if (chunk.choices[0]?.delta.content) {
          seen += 1;
          if (seen === 1) first();
        }
      }
      return seen;
    },
    async whole(model, messages) {
      const answer = await client.chat.completions.create({ model, messages });
      return answer.choices[0]?.message.content;
    },
  };
};
