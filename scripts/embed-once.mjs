// Embeds two texts with the embedded model, which fetches its weights: what CI runs so that the tests of the real model have them.
import { AsyncClient } from '../packages/client/dist/index.js';

const client = new AsyncClient({ provider: 'local' });
const { data, usage } = await client.embeddings.create({
  model: 'all-minilm-l6-v2',
  input: ['The sky is blue.', 'Roses are red.'],
});
const sizes = data.map(({ embedding }) => embedding.length);
console.log(`${sizes.join(' and ')} numbers for ${usage?.total_tokens} tokens`);
if (sizes.join() !== '384,384') process.exit(1);
