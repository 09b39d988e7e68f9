// KoboldCpp: one open model in one file that runs. Source: https://lite.koboldai.net/koboldcpp_api
// It offers the model it was started with.
import { probeOf } from '../local-servers/local-server.ts';
import { openaiCompatible } from '../provider/openai-compatible.ts';
import { completions } from '../wires/openai-chat/operations.ts';

const server = { id: 'koboldcpp', name: 'KoboldCpp', baseURL: 'http://127.0.0.1:5001/v1' } as const;

export default openaiCompatible({
  ...server,
  website: 'https://github.com/LostRuins/koboldcpp/wiki',
  key: 'optional',
  env: ['KOBOLDCPP_API_KEY'],
  features: ['tools', 'images', 'json-schema'],
  embed: { takes: [] },
  complete: { endpoint: completions() },
  available: probeOf(server),
});
