// AsyncClient, as a user writes it.
import { AsyncClient } from '@g4f/client';
import { measure } from '../measure.mjs';

const client = new AsyncClient({ baseURL: process.argv[2] });

await measure(async (_baseURL, chunks, first) => {
  let seen = 0;
  const stream = client.chat.completions.create({ model: `chunks-${chunks}`, messages: 'hi', stream: true });
  for await (const chunk of stream) {
    if (chunk.choices[0]?.delta.content) {
      seen += 1;
      if (seen === 1) first();
    }
  }
  return seen;
});
