// GitHub Models: models for people with a GitHub token. Source: https://docs.github.com/en/github-models/quickstart
// GitHub retired it on 30 July 2026 (https://github.com/orgs/community/discussions/203602), so it offers no family:
// a GITHUB_TOKEN that lies in the environment for other reasons is never sent there unless this provider is named.
import { openaiCompatible } from '../provider/openai-compatible.ts';

export default openaiCompatible({
  id: 'github-models',
  name: 'GitHub Models (retired)',
  website: 'https://docs.github.com/en/github-models/quickstart',
  baseURL: 'https://models.github.ai/inference',
  env: ['GITHUB_TOKEN'],
  features: ['tools', 'images'],
  available: async () => 'choose another provider (GitHub retired this service on 30 July 2026)',
  // The catalog stands beside the base, not below it.
  quirks: { messages: {}, modelsPath: '/../catalog/models' },
});
