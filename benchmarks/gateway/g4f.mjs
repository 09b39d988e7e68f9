// The gateway of this project over one provider. `node g4f.mjs <upstream's port>` prints its port.
import { serve } from '@g4f/server';

const { url } = await serve({
  port: 0,
  client: {
    provider: 'openai',
    apiKey: 'key',
    baseURL: `http://127.0.0.1:${process.argv[2]}/v1`,
    // An idle stream is not cut: it is what is measured.
    timeout: { idle: 3_600_000 },
    env: {},
  },
});
console.log(new URL(url).port);
