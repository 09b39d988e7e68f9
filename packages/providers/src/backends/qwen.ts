// Alibaba Cloud: the makers of Qwen. Source: https://www.alibabacloud.com/help/en/model-studio/compatibility-of-openai-with-dashscope
// and, for its models, https://www.alibabacloud.com/help/en/model-studio/models
// Keys of other regions, and of a workspace with an address of its own, are for that address: QWEN_BASE_URL names it.
import { openaiCompatible } from '../provider/openai-compatible.ts';
import { stricterMessages, withUserAsking } from '../wires/fit/strict-messages.ts';
import type { RequestBody } from '../wires/request-body.ts';

export default openaiCompatible({
  id: 'qwen',
  name: 'Alibaba Cloud (Qwen)',
  website: 'https://www.alibabacloud.com/help/en/model-studio/compatibility-of-openai-with-dashscope',
  baseURL: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
  env: ['DASHSCOPE_API_KEY'],
  features: ['tools', 'images', 'audio', 'json-schema', 'reasoning'],
  models: {
    'qwen3.8-max': 'qwen3.8-max',
    'qwen3.7-max': 'qwen3.7-max',
    'qwen3.7-plus': 'qwen3.7-plus',
    'qwen3.6-plus': 'qwen3.6-plus',
    'qwen3.5-plus': 'qwen3.5-plus',
    'qwen3-max': 'qwen3-max',
    'qwen3-coder-plus': 'qwen3-coder-plus',
    'qwen3-235b-a22b': 'qwen3-235b-a22b',
    'qwen3-32b': 'qwen3-32b',
  },
  // It caches up to a mark in a part, and goes on with an answer in `partial` mode: https://www.alibabacloud.com/help/en/model-studio/partial-mode
  // It refuses a message without content, beside calls as well, https://github.com/agentscope-ai/agentscope-java/issues/1270,
  // blank instructions, https://github.com/coze-dev/coze-loop/issues/57, and a conversation in which no user speaks,
  // https://github.com/agentscope-ai/agentscope-java/issues/613
  quirks: {
    messages: { partFields: ['cache_control'], continuesBy: 'partial' },
    fitParameters: withUserAsking,
    adaptBody: (body) => streamed(stricterMessages({ contentBesideCalls: true })(body)),
  },
});

/** Its open models think unless told not to, and think in streams alone: an answer that is wanted whole is put together here. */
function streamed(body: RequestBody): RequestBody {
  return body.stream === true ? body : { ...body, stream: true, stream_options: { include_usage: true } };
}
