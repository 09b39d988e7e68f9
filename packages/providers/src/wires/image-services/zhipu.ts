// Zhipu's images: `POST {base}/images/generations`, one image, given by its address.
// Source: https://docs.bigmodel.cn/api-reference/模型-api/图像生成 and https://docs.bigmodel.cn/cn/guide/models/image-generation/cogview-4
import { ownParameters } from '../images/image-body.ts';
import { jsonImages } from '../images/json-images.ts';

/** Images of CogView and GLM-Image. */
export const zhipuImages = jsonImages((request, exchange) => ({
  path: '/images/generations',
  json: {
    ...ownParameters(request, exchange, { takes: ['quality'] }),
    model: request.model,
    prompt: request.prompt,
    ...(request.size !== undefined && request.size !== 'auto' && { size: request.size }),
  },
}));
