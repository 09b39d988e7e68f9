// Every family of models that we know, from the files of their makers. Who offers them is said by the files of the providers.
import type { Family, Maker } from './facts/family.ts';
import { anthropic } from './makers/anthropic.ts';
import { blackForestLabs } from './makers/black-forest-labs.ts';
import { cohere } from './makers/cohere.ts';
import { deepseek } from './makers/deepseek.ts';
import { google } from './makers/google.ts';
import { huggingface } from './makers/huggingface.ts';
import { jina } from './makers/jina.ts';
import { meta } from './makers/meta.ts';
import { microsoft } from './makers/microsoft.ts';
import { minimax } from './makers/minimax.ts';
import { mistral } from './makers/mistral.ts';
import { moonshot } from './makers/moonshot.ts';
import { nvidia } from './makers/nvidia.ts';
import { openAudio } from './makers/open-audio.ts';
import { openEmbeddings } from './makers/open-embeddings.ts';
import { openai } from './makers/openai.ts';
import { perplexity } from './makers/perplexity.ts';
import { qwen } from './makers/qwen.ts';
import { stability } from './makers/stability.ts';
import { voyage } from './makers/voyage.ts';
import { xai } from './makers/xai.ts';
import { zhipu } from './makers/zhipu.ts';

/** The day on which prices and dates were last compared with the makers' pages (ISO 8601). */
export const FACTS_READ = '2026-11-23';

const familiesOf = ({ id, home = id, prefixes, models }: Maker): [string, Family][] =>
  Object.entries(models).map(([name, data]) => [name, { maker: id, home, prefixes, ...data }]);

/** Every family we know, by its name. */
export const families: ReadonlyMap<string, Family> = new Map(
  [
    openai,
    anthropic,
    google,
    meta,
    deepseek,
    qwen,
    stability,
    mistral,
    xai,
    cohere,
    moonshot,
    zhipu,
    minimax,
    nvidia,
    microsoft,
    perplexity,
    blackForestLabs,
    huggingface,
    jina,
    voyage,
    ...openEmbeddings,
    ...openAudio,
  ].flatMap(familiesOf),
);
