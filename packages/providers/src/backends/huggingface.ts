// Hugging Face: models of the Hub, run by whichever partner serves them. Source: https://huggingface.co/docs/inference-providers
// An id is `organisation/model`, or `organisation/model:partner` to choose who runs it.
import { openaiCompatible } from '../provider/openai-compatible.ts';
import { lazyEndpoint } from '../wires/endpoint.ts';
import { featureExtraction } from '../wires/feature-extraction/index.ts';

export default openaiCompatible({
  id: 'huggingface',
  name: 'Hugging Face',
  website: 'https://huggingface.co/docs/inference-providers',
  baseURL: 'https://router.huggingface.co/v1',
  env: ['HF_TOKEN'],
  features: ['tools', 'images', 'json-schema'],
  models: {
    'gpt-oss-120b': 'openai/gpt-oss-120b',
    'deepseek-v3.2': 'deepseek-ai/DeepSeek-V3.2',
    'deepseek-v4.1-flash': 'deepseek-ai/DeepSeek-V4.1-Flash',
    'deepseek-r1': 'deepseek-ai/DeepSeek-R1',
    'gpt-oss-20b': 'openai/gpt-oss-20b',
    'llama-3.3-70b': 'meta-llama/Llama-3.3-70B-Instruct',
    'kimi-k3': 'moonshotai/Kimi-K3',
    'minimax-m3': 'MiniMaxAI/MiniMax-M3',
  },
  // At most 32 texts, as its servers are started: https://huggingface.co/docs/text-embeddings-inference/cli_arguments
  embed: {
    models: {
      'all-minilm-l6-v2': 'sentence-transformers/all-MiniLM-L6-v2',
      'bge-small-en-v1.5': 'BAAI/bge-small-en-v1.5',
      'multilingual-e5-large': 'intfloat/multilingual-e5-large',
    },
    maxInputs: 32,
    endpoint: featureExtraction,
  },
  // By any model that its own servers run: https://huggingface.co/docs/inference-providers/tasks/text-to-image
  image: {
    endpoint: lazyEndpoint(
      async () => (await import('../wires/image-services/huggingface.ts')).huggingfaceImages,
    ),
  },
  // https://huggingface.co/docs/inference-providers/tasks/automatic-speech-recognition
  transcribe: {
    models: {
      'whisper-large-v3': 'openai/whisper-large-v3',
      'whisper-large-v3-turbo': 'openai/whisper-large-v3-turbo',
    },
    endpoint: lazyEndpoint(
      async () => (await import('../wires/speech-recognition/index.ts')).speechRecognition,
    ),
  },
  quirks: { messages: {} },
});
