// Zhipu AI: the makers of GLM. Source: https://docs.bigmodel.cn/cn/guide/develop/openai/introduction
import { openaiCompatible } from '../openai-compatible.ts';

export default openaiCompatible({
  id: 'zhipu',
  name: 'Zhipu AI',
  website: 'https://docs.bigmodel.cn/cn/guide/develop/openai/introduction',
  baseURL: 'https://open.bigmodel.cn/api/paas/v4',
  env: ['ZHIPU_API_KEY'],
  features: ['tools', 'images', 'reasoning'],
});
