// LM Studio: open models on one's own machine. Source: https://lmstudio.ai/docs/api/openai-api
// and /docs/developer/core/authentication for the token. It offers what has been downloaded there.
import { probeOf } from '../local-servers/local-server.ts';
import { openaiCompatible } from '../provider/openai-compatible.ts';
import { asObject, objectsIn } from '../wires/decoding/json.ts';
import { withoutBlankMessages } from '../wires/fit/strict-messages.ts';
import { completions } from '../wires/openai-chat/operations.ts';
import type { RequestBody } from '../wires/request-body.ts';

const server = { id: 'lmstudio', name: 'LM Studio', baseURL: 'http://127.0.0.1:1234/v1' } as const;

export default openaiCompatible({
  ...server,
  website: 'https://lmstudio.ai/docs/api/openai-api',
  key: 'optional',
  env: ['LM_API_TOKEN'],
  quirks: { adaptBody: asItTakesIt },
  features: ['tools', 'images', 'json-schema', 'reasoning'],
  embed: { takes: [] },
  complete: { endpoint: completions() },
  available: probeOf(server),
});

/**
 * It knows JSON by a schema alone, and a choice of tools by a word: https://github.com/lmstudio-ai/lmstudio-bug-tracker/issues/189
 * and /issues/670. A schema of any object, and the chosen tool alone, mean the same. It refuses a text that is empty: /issues/2.
 */
function asItTakesIt(body: RequestBody): RequestBody {
  const { response_format, tool_choice } = body;
  const name = asObject(asObject(tool_choice)?.function)?.name;
  const schema = { name: 'answer', schema: { type: 'object' } };
  return {
    ...withoutBlankMessages(body),
    ...(asObject(response_format)?.type === 'json_object' && {
      response_format: { type: 'json_schema', json_schema: schema },
    }),
    ...(name !== undefined && {
      tools: objectsIn(body.tools).filter((tool) => asObject(tool.function)?.name === name),
      tool_choice: 'required',
    }),
  };
}
