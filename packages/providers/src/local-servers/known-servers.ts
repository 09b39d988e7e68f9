// The servers that people run on their own machines, and how each is told from the others: by its answers, never by its port.
import { asList, asObject, asText, type Json } from '../wires/decoding/json.ts';

/** What the questions were answered with: a JSON object, or undefined where there was none. */
export interface Answers {
  /** GET /v1/models */
  readonly models: Json | undefined;
  /** The `server` header of that answer. */
  readonly software: string;
  /** GET /api/version: Ollama, and those that imitate it. */
  readonly ollama: Json | undefined;
  /** GET /api/extra/version: KoboldCpp. Source: https://lite.koboldai.net/koboldcpp_api */
  readonly kobold: Json | undefined;
  /** GET /api/v0/models: LM Studio. Source: https://lmstudio.ai/docs/developer/rest/endpoints */
  readonly lmstudio: Json | undefined;
  /** GET /system: LocalAI. Source: https://localai.io/docs/reference/ */
  readonly localai: Json | undefined;
  /** GET /version: vLLM. Source: https://docs.vllm.ai/en/latest/serving/openai_compatible_server/ */
  readonly version: Json | undefined;
  /** GET /get_model_info: SGLang. Source: https://docs.sglang.ai/basic_usage/native_api.html */
  readonly sglang: Json | undefined;
}

/** The questions, all asked at once. */
export const QUESTIONS: Readonly<Record<Exclude<keyof Answers, 'software'>, string>> = {
  models: '/v1/models',
  ollama: '/api/version',
  kobold: '/api/extra/version',
  lmstudio: '/api/v0/models',
  localai: '/system',
  version: '/version',
  sglang: '/get_model_info',
};

const owns = ({ models }: Answers, owner: string): boolean =>
  asList(models?.data).some((item) => asObject(item)?.owned_by === owner);

/** Source: https://github.com/janhq/jan/blob/dev/src-tauri/src/core/server/proxy.rs */
const isOfJan = ({ models }: Answers): boolean =>
  asList(models?.data).some((item) => asObject(item)?.owned_by === 'user' && asObject(item)?.created === 1);

/**
 * Each server's mark, the most particular first: several imitate Ollama, and nearly all list models as OpenAI does.
 */
const MARKS = {
  koboldcpp: ({ kobold }: Answers) => kobold?.result === 'KoboldCpp',
  llamafile: ({ software }: Answers) => /llamafile/i.test(software),
  llamacpp: (answers: Answers) => /llama\.cpp/i.test(answers.software) || owns(answers, 'llamacpp'),
  localai: ({ localai }: Answers) => Array.isArray(localai?.backends),
  lmstudio: ({ lmstudio }: Answers) => Array.isArray(lmstudio?.data),
  sglang: (answers: Answers) => asText(answers.sglang?.model_path) !== undefined || owns(answers, 'sglang'),
  vllm: (answers: Answers) => owns(answers, 'vllm'),
  jan: isOfJan,
  ollama: ({ ollama }: Answers) => asText(ollama?.version) !== undefined,
} as const satisfies Readonly<Record<string, (answers: Answers) => boolean>>;

/** The id of a server's provider. */
export type ServerId = keyof typeof MARKS;

/** Who gave these answers, if it is anyone we know. */
export const identify = (answers: Answers): ServerId | undefined =>
  (Object.keys(MARKS) as ServerId[]).find((id) => MARKS[id](answers));

/** Its version, where it told it. */
export const versionIn = (
  { ollama, kobold, version }: Answers,
  id: ServerId | undefined,
): string | undefined => {
  if (id === 'koboldcpp') return asText(kobold?.version);
  return id === 'ollama' ? asText(ollama?.version) : asText(version?.version);
};
