// Zhipu AI: the makers of GLM. Source: https://docs.bigmodel.cn/cn/guide/develop/openai/introduction
// and, for its models, https://docs.z.ai/guides/overview/pricing

import { openaiCompatible } from '../provider/openai-compatible.ts';
import { lazyEndpoint } from '../wires/endpoint.ts';
import { stricterMessages, withUserAsking } from '../wires/fit/strict-messages.ts';

export default openaiCompatible({
  id: 'zhipu',
  name: 'Zhipu AI',
  website: 'https://docs.bigmodel.cn/cn/guide/develop/openai/introduction',
  baseURL: 'https://open.bigmodel.cn/api/paas/v4',
  env: ['ZHIPU_API_KEY'],
  features: ['tools', 'images', 'reasoning'],
  models: {
    'glm-5.3': 'glm-5.3',
    'glm-5.3-flash': 'glm-5.3-flash',
    'glm-5.2': 'glm-5.2',
    'glm-5.1': 'glm-5.1',
    'glm-5': 'glm-5',
    'glm-4.7': 'glm-4.7',
    'glm-4.6': 'glm-4.6',
    'glm-4.5-air': 'glm-4.5-air',
  },
  // https://docs.bigmodel.cn/cn/guide/models/image-generation/cogview-4
  image: {
    models: { 'cogview-4': 'cogview-4', 'glm-image': 'glm-image' },
    endpoint: lazyEndpoint(async () => (await import('../wires/image-services/zhipu.ts')).zhipuImages),
  },
  // Between calls the models think on from what they thought before: https://docs.z.ai/guides/capabilities/thinking-mode
  // It refuses blank texts (1213), https://github.com/earendil-works/pi/pull/3309, and a conversation in which no user speaks
  // (1214), https://github.com/anomalyco/opencode/issues/2557
  quirks: {
    messages: { reasoningContent: 'kept-with-calls' },
    fitParameters: withUserAsking,
    adaptBody: stricterMessages(),
  },
});
