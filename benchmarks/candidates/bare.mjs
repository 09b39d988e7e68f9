// What the bare candidates share: a request as JSON, and lines cut and parsed by hand. The floor has no guarantees.

/** What is sent. */
export const requestOf = (model, stream) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ model, stream, messages: [{ role: 'user', content: 'hi' }] }),
});

/** Counts the chunks with content in pieces of text. @param first is called at the first. */
export const countChunks = async (texts, first) => {
  let seen = 0;
  let rest = '';
  for await (const text of texts) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!line.startsWith('data: ') || line === 'data: [DONE]') continue;
      if (JSON.parse(line.slice(6)).choices[0].delta.content) {
        seen += 1;
        if (seen === 1) first();
      }
    }
  }
  return seen;
};
