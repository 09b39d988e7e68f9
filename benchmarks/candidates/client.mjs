// Client, as a user writes it: both of its threads count.
import { Client } from '@g4f/client';
import { measure } from '../measure.mjs';

const client = new Client({ baseURL: process.argv[2] });

await measure((_baseURL, chunks, first) => {
  let seen = 0;
  const stream = client.chat.completions.create({ model: `chunks-${chunks}`, messages: 'hi', stream: true });
  for (const chunk of stream) {
    if (chunk.choices[0]?.delta.content) {
      seen += 1;
      if (seen === 1) first();
    }
  }
  return seen;
});
client.close();
