// Pollinations: an open platform that answers without a key. Source: https://github.com/pollinations/pollinations/blob/master/APIDOCS.md
// Its names (`openai`, `mistral`) stand for whatever it serves at the moment, so no family is offered: name it yourself.

import { credentialOf } from '../provider/credentials.ts';
import { openaiCompatible } from '../provider/openai-compatible.ts';
import { lazyEndpoint } from '../wires/endpoint.ts';

const env = ['POLLINATIONS_API_KEY'];

export default openaiCompatible({
  id: 'pollinations',
  name: 'Pollinations',
  website: 'https://gen.pollinations.ai/api/docs',
  baseURL: 'https://text.pollinations.ai/openai',
  key: 'optional',
  env,
  features: ['tools', 'images'],
  // https://github.com/pollinations/pollinations/blob/master/APIDOCS.md
  image: {
    endpoint: lazyEndpoint(
      async () => (await import('../wires/image-services/pollinations.ts')).pollinationsImages,
    ),
  },
  // Keys are taken, and needed, at the newer address only.
  quirks: {
    messages: {},
    address: (given) =>
      credentialOf({ env }, given) === undefined ? undefined : 'https://gen.pollinations.ai/v1',
  },
});
