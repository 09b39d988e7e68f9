// What the bare candidates share: a request as JSON, and lines cut and parsed by hand. The floor has no guarantees.

/** What is sent. */
export const requestOf = (model, messages, stream) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ model, stream, messages }),
});

/** A reader of pieces of text, which counts the chunks with content. @param first is called at the first. */
export const createCounter = (first) => {
  let seen = 0;
  let rest = '';
  return {
    push(text) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (!line.startsWith('data: ') || line === 'data: [DONE]') continue;
        if (JSON.parse(line.slice(6)).choices[0].delta.content) {
          seen += 1;
          if (seen === 1) first();
        }
      }
    },
    seen: () => seen,
  };
};
