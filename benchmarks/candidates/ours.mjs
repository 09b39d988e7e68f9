// What both clients with promises share: their surface is the same.

/** Asks through a client. */
export const askWith = (client) => ({
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
});
