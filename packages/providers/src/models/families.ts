// What is known of each family of models, whoever offers it. Who does is said by the backends' files.
// Sources: the makers' own pages, named at each group. What could not be read there is left out.
import type { Modality, Price } from '@g4f/core';

/** One model that several services may offer, each under an id of its own. */
export interface Family {
  /** Who made it: where a backend of that id exists, it is theirs. */
  readonly maker: string;
  /** Other names of exactly this model. */
  readonly aliases?: readonly string[];
  /** In tokens. */
  readonly contextLength?: number;
  /** What it takes in; text unless given. */
  readonly input?: readonly Modality[];
  /** What it gives out; text unless given. */
  readonly output?: readonly Modality[];
  /** At its maker's, in US dollars per million tokens. */
  readonly price?: Price;
  /** The day on which its maker ended it, or has announced to. */
  readonly ended?: string;
}

const SEES = ['text', 'image'] as const;
const DRAWS = { output: ['image'] } as const;
const EMBEDS = { output: ['embedding'] } as const;
const SPEAKS = { output: ['audio'] } as const;
const HEARS = { input: ['audio'] } as const;

// https://developers.openai.com/api/docs/models and /deprecations
const OPENAI = {
  'gpt-3.5-turbo': { contextLength: 16_385 },
  'gpt-4': { contextLength: 8192, ended: '2026-10-23' },
  'gpt-4-turbo': { contextLength: 128_000, input: SEES },
  'gpt-4o': { contextLength: 128_000, input: SEES, ended: '2027-01-14' },
  'gpt-4o-mini': { contextLength: 128_000, input: SEES, ended: '2027-01-14' },
  'gpt-4.1': { contextLength: 1_047_576, input: SEES, ended: '2027-01-14' },
  'gpt-4.1-mini': { contextLength: 1_047_576, input: SEES, ended: '2027-01-14' },
  'gpt-4.1-nano': { contextLength: 1_047_576, input: SEES },
  'gpt-5': { contextLength: 400_000, input: SEES, ended: '2026-12-11' },
  'gpt-5-mini': { contextLength: 400_000, input: SEES, ended: '2026-12-11' },
  'gpt-5-nano': { contextLength: 400_000, input: SEES },
  'gpt-5.1': { contextLength: 400_000, input: SEES },
  'gpt-5.4': { input: SEES },
  'gpt-6-luna': { input: SEES },
  'gpt-6.1-sol': { input: SEES },
  o1: { contextLength: 200_000, input: SEES },
  o3: { contextLength: 200_000, input: SEES, ended: '2026-12-11' },
  'o3-mini': { contextLength: 200_000 },
  'o4-mini': { contextLength: 200_000, input: SEES },
  'gpt-oss-120b': { contextLength: 131_072 },
  'gpt-oss-20b': { contextLength: 131_072 },
  'gpt-image-1': { input: SEES, ...DRAWS },
  'dall-e-3': DRAWS,
  'dall-e-2': DRAWS,
  'whisper-1': HEARS,
  'gpt-4o-transcribe': HEARS,
  'tts-1': SPEAKS,
  'gpt-4o-mini-tts': SPEAKS,
  'text-embedding-3-small': { contextLength: 8192, ...EMBEDS },
  'text-embedding-3-large': { contextLength: 8192, ...EMBEDS },
} as const;

// https://platform.claude.com/docs/en/about-claude/models/overview
const ANTHROPIC = {
  'claude-fable-5.2': { contextLength: 1_000_000, input: SEES, price: { input: 8, output: 40 } },
  'claude-opus-5.5': { contextLength: 1_000_000, input: SEES, price: { input: 4, output: 20 } },
  'claude-opus-5': { input: SEES },
  'claude-opus-4.8': { input: SEES },
  'claude-opus-4.7': { input: SEES },
  'claude-opus-4.6': { input: SEES, price: { input: 5, output: 25 } },
  'claude-opus-4.5': { input: SEES },
  'claude-opus-4.1': { contextLength: 200_000, input: SEES },
  'claude-opus-4': {
    contextLength: 200_000,
    input: SEES,
    aliases: ['claude-opus-4-0', 'claude-opus-4-20250514'],
  },
  'claude-sonnet-5.5': { contextLength: 1_000_000, input: SEES, price: { input: 2, output: 10 } },
  'claude-sonnet-5': { input: SEES },
  'claude-sonnet-4.6': { input: SEES },
  'claude-sonnet-4.5': {
    input: SEES,
    aliases: ['claude-sonnet-4-5-20250929'],
    price: { input: 3, output: 15 },
  },
  'claude-sonnet-4': {
    contextLength: 200_000,
    input: SEES,
    aliases: ['claude-sonnet-4-0', 'claude-sonnet-4-20250514'],
  },
  'claude-sonnet-3.7': { contextLength: 200_000, input: SEES, aliases: ['claude-3-7-sonnet-20250219'] },
  'claude-haiku-5.5': { contextLength: 1_000_000, input: SEES },
  'claude-haiku-4.5': {
    contextLength: 200_000,
    input: SEES,
    aliases: ['claude-haiku-4-5-20251001'],
    price: { input: 1, output: 5 },
  },
  'claude-haiku-3.5': { contextLength: 200_000, input: SEES, aliases: ['claude-3-5-haiku-20241022'] },
} as const;

// https://ai.google.dev/gemini-api/docs/models and /deprecations
const GEMINI = {
  'gemini-3.8-flash': { input: ['text', 'image', 'audio', 'video'] },
  'gemini-3.7-flash': { input: ['text', 'image', 'audio', 'video'] },
  'gemini-3.6-flash': { input: ['text', 'image', 'audio', 'video'] },
  'gemini-3.5-flash': { input: ['text', 'image', 'audio', 'video'] },
  'gemini-3.5-flash-lite': { input: ['text', 'image', 'audio', 'video'] },
  'gemini-3.1-pro': { input: ['text', 'image', 'audio', 'video'] },
  'gemini-3.1-flash-lite': { input: ['text', 'image', 'audio', 'video'] },
  'gemini-2.5-pro': {
    contextLength: 1_048_576,
    input: ['text', 'image', 'audio', 'video'],
    ended: '2026-12-01',
  },
  'gemini-2.5-flash': {
    contextLength: 1_048_576,
    input: ['text', 'image', 'audio', 'video'],
    ended: '2026-12-01',
  },
  'gemini-2.5-flash-lite': { contextLength: 1_048_576, input: ['text', 'image', 'audio', 'video'] },
  'gemma-3-27b': { contextLength: 131_072, input: SEES },
  'gemma-4-31b': { input: SEES },
} as const;

// https://www.llama.com/docs/model-cards-and-prompt-formats/
const META = {
  'llama-3.1-8b': { contextLength: 131_072 },
  'llama-3.1-70b': { contextLength: 131_072 },
  'llama-3.1-405b': { contextLength: 131_072 },
  'llama-3.2-3b': { contextLength: 131_072 },
  'llama-3.3-70b': { contextLength: 131_072 },
  'llama-4-scout': { input: SEES },
  'llama-4-maverick': { input: SEES },
} as const;

// https://api-docs.deepseek.com and https://huggingface.co/deepseek-ai
const DEEPSEEK = {
  'deepseek-v3': { contextLength: 131_072 },
  'deepseek-v3.1': { contextLength: 131_072 },
  'deepseek-v3.2': { contextLength: 131_072 },
  'deepseek-v4.1-flash': {},
  'deepseek-r1': { contextLength: 131_072 },
} as const;

// https://huggingface.co/Qwen
const QWEN = {
  'qwen2.5-72b': { contextLength: 131_072 },
  'qwen2.5-coder-32b': { contextLength: 131_072 },
  'qwen3-8b': {},
  'qwen3-32b': {},
  'qwen3-235b-a22b': {},
  'qwen3-coder-480b': {},
  'qwen3.8-27b': {},
} as const;

// https://docs.mistral.ai/getting-started/models
const MISTRAL = {
  'mistral-large': { aliases: ['mistral-large-latest'] },
  'mistral-large-3': { aliases: ['mistral-large-2512'] },
  'mistral-large-4': {},
  'mistral-small': { aliases: ['mistral-small-latest'] },
  'mistral-small-4': { aliases: ['mistral-small-2603'] },
  'mixtral-8x7b': { contextLength: 32_768 },
  'mistral-embed': EMBEDS,
} as const;

// https://docs.x.ai/docs/models
const XAI = { 'grok-4.3': {}, 'grok-4.5': {}, 'grok-4.7': {} } as const;

// https://docs.cohere.com/docs/models
const COHERE = {
  'command-a': { contextLength: 256_000, aliases: ['command-a-03-2025'] },
  'command-r-plus': { contextLength: 128_000, aliases: ['command-r-plus-08-2024'] },
  'command-r': { contextLength: 128_000, aliases: ['command-r-08-2024'] },
  'command-r7b': { contextLength: 128_000, aliases: ['command-r7b-12-2024'] },
  'embed-v4': { input: SEES, ...EMBEDS, aliases: ['embed-v4.0'] },
} as const;

// https://platform.kimi.ai/docs/models
const MOONSHOT = {
  'kimi-k3': {},
  'kimi-k2.7-code': { contextLength: 262_144, input: SEES },
  'kimi-k2.6': { contextLength: 262_144, input: SEES },
  'kimi-k2.5': { contextLength: 262_144, input: SEES },
} as const;

// https://docs.perplexity.ai/docs/sonar/models
const PERPLEXITY = {
  sonar: { contextLength: 128_000, price: { input: 1, output: 1 } },
  'sonar-pro': { contextLength: 200_000, price: { input: 3, output: 15 } },
  'sonar-reasoning-pro': { contextLength: 128_000, price: { input: 2, output: 8 } },
  'sonar-deep-research': { contextLength: 128_000 },
} as const;

// https://docs.bfl.ml
const BLACK_FOREST = { 'flux-schnell': DRAWS, 'flux-dev': DRAWS, 'flux-pro': DRAWS } as const;

// https://huggingface.co/HuggingFaceTB
const HUGGINGFACE = { 'smollm2-135m': { contextLength: 8192 } } as const;

const madeBy = (
  maker: string,
  families: Readonly<Record<string, Omit<Family, 'maker'>>>,
): [string, Family][] => Object.entries(families).map(([name, facts]) => [name, { maker, ...facts }]);

/** Every family we know, by its name. */
export const families: ReadonlyMap<string, Family> = new Map([
  ...madeBy('openai', OPENAI),
  ...madeBy('anthropic', ANTHROPIC),
  ...madeBy('gemini', GEMINI),
  ...madeBy('meta', META),
  ...madeBy('deepseek', DEEPSEEK),
  ...madeBy('qwen', QWEN),
  ...madeBy('mistral', MISTRAL),
  ...madeBy('xai', XAI),
  ...madeBy('cohere', COHERE),
  ...madeBy('moonshot', MOONSHOT),
  ...madeBy('perplexity', PERPLEXITY),
  ...madeBy('black-forest-labs', BLACK_FOREST),
  ...madeBy('huggingface', HUGGINGFACE),
]);
