// The bodies of Ollama's chat and generate → the parameters of a chat.
// Source: https://docs.ollama.com/api/chat and https://docs.ollama.com/api/generate
import { ownValue } from '@g4f/core/internal';
import { refuse } from '../../failure/refusal.ts';
import {
  asObject,
  definedFields,
  givenBoolean,
  givenNumber,
  givenObject,
  givenObjects,
  givenText,
  type Json,
  mustBe,
  readStream,
  without,
} from '../../json/json.ts';
import type { ChatCall, ReadChat } from '../dialect.ts';
import { readMessages, withImages } from './messages.ts';
import { JSON_LINES, modelOf } from './ollama.ts';
import { AnswerWriter, type Form, wholeAnswer } from './writer.ts';

/** What is common to both. `keep_alive` says how long Ollama keeps a model loaded, which here nobody does. */
const TRANSLATED: ReadonlySet<string> = new Set([
  ...['model', 'stream', 'options', 'format', 'think', 'keep_alive', 'messages', 'tools'],
  ...['prompt', 'system', 'images', 'suffix', 'raw', 'template', 'context'],
]);

/** `POST /api/chat` */
export const readOllamaChat: ReadChat = (body) =>
  chatOf(body, 'message', readMessages(body.messages ?? []), {
    tools: body.tools == null ? undefined : givenObjects(body.tools, 'tools'),
  });

/** `POST /api/generate` */
export const readOllamaGenerate: ReadChat = (body) => {
  for (const name of ['suffix', 'template', 'context'] as const) if (body[name]) throw unsupported(name);
  if (givenBoolean(body.raw, 'raw')) throw unsupported('raw');
  const { images } = body;
  const prompt = givenText(body.prompt, 'prompt');
  const system = givenText(body.system, 'system');
  const isEmpty = !prompt && images == null;
  const asked = isEmpty ? [] : [{ role: 'user', content: withImages(prompt, images) }];
  const above = system ? [{ role: 'system', content: system }] : [];
  return chatOf(body, 'response', isEmpty ? [] : [...above, ...asked], {});
};

/** Whether a model is only to be loaded: a request that says nothing. */
export const loadsOnly = ({ params }: ChatCall): boolean =>
  Array.isArray(params.messages) && params.messages.length === 0;

const unsupported = (name: string) =>
  refuse(
    400,
    'invalid-request',
    `${name} is not supported by this gateway: use prompt and system, or /api/chat.`,
    { param: name },
  );

/** Settings that have another name at OpenAI; the others have the same. */
const RENAMED: Readonly<Record<string, string>> = {
  num_predict: 'max_tokens',
  repeat_penalty: 'repetition_penalty',
};
/** Settings of Ollama's machinery, which say nothing to anybody else. */
const OF_THE_MACHINE: ReadonlySet<string> = new Set([
  ...[
    'num_ctx',
    'num_batch',
    'num_gpu',
    'main_gpu',
    'use_mmap',
    'num_thread',
    'num_keep',
    'low_vram',
    'numa',
    'use_mlock',
    'vocab_only',
    'f16_kv',
  ],
]);

function chatOf(body: Json, form: Form, messages: readonly Json[], more: Json): ChatCall {
  const model = modelOf(body.model);
  return {
    params: {
      ...without(body, TRANSLATED),
      ...settingsOf(givenObject(body.options, 'options') ?? {}),
      model,
      messages,
      ...definedFields({
        ...more,
        response_format: formatOf(body.format),
        reasoning_effort: effortOf(body.think),
      }),
    },
    stream: readStream(body.stream, true),
    streamType: JSON_LINES,
    writer: () => new AnswerWriter(form),
    whole: (answer) => wholeAnswer(answer, form),
  };
}

/** A number of tokens below 0 means no limit. */
function settingsOf(options: Json): Json {
  givenNumber(options.num_predict, 'options.num_predict');
  const given = Object.entries(options).filter(
    ([name, value]) =>
      value != null && !OF_THE_MACHINE.has(name) && !(name === 'num_predict' && Number(value) < 0),
  );
  return Object.fromEntries(given.map(([name, value]) => [ownValue(RENAMED, name) ?? name, value]));
}

function formatOf(format: unknown): Json | undefined {
  if (format == null || format === '') return undefined;
  if (format === 'json') return { type: 'json_object' };
  const schema = asObject(format);
  if (schema === undefined)
    throw refuse(400, 'invalid-request', 'format must be "json" or a JSON Schema.', { param: 'format' });
  return { type: 'json_schema', json_schema: { name: 'response', schema } };
}

const effortOf = (think: unknown): unknown => {
  if (typeof think === 'boolean') return think ? 'medium' : undefined;
  if (think == null || typeof think === 'string') return think ?? undefined;
  throw mustBe('think', 'true, false, "low", "medium" or "high"');
};
