// Client, as a user writes it: both of its threads count. It blocks, so it has one answer at a time.
import { Client } from '@g4f/client';

export const open = (baseURL) => {
  const client = new Client({ baseURL });
  return {
    stream(model, messages, first) {
      let seen = 0;
      for (const chunk of client.chat.completions.create({ model, messages, stream: true })) {
        if (chunk.choices[0]?.delta.content) {
          seen += 1;
          if (seen === 1) first();
        }
      }
      return seen;
    },
    whole(model, messages) {
      return client.chat.completions.create({ model, messages }).choices[0]?.message.content;
    },
    close: () => client.close(),
  };
};
