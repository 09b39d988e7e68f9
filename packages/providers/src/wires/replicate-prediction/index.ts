// The Replicate wire: `POST {base}/models/{owner}/{name}/predictions` begins an answer, which is read elsewhere as server-sent events.
// Source: https://replicate.com/docs/reference/http and https://replicate.com/docs/topics/predictions/streaming
import type { ChatRequest, ModelFacts } from '@g4f/core';
import { asText, type Json } from '../decoding/json.ts';
import { fitConversation } from '../fit/conversation.ts';
import type { FitMessage } from '../fit/message.ts';
import { mediaOf, textOf } from '../fit/message-content.ts';
import { ownParameters } from '../fit/parameters.ts';
import type { Warn } from '../fit/warn.ts';
import { encodeEach } from '../media/left-out.ts';
import type { RequestBody } from '../request-body.ts';
import type { ChatWire, Quirks } from '../wire.ts';
import { createPredictionDecoder } from './decoder.ts';
import { namesVersion, predictionPath } from './prediction-path.ts';

/** Predictions of language models. */
export const replicatePrediction: ChatWire = {
  name: 'replicate-prediction',
  features: ['reasoning'],
  authorize: (key) => ({ authorization: `Bearer ${key}` }),
  modelsPath: '/collections/language-models',
  readModel,
  endpoints: {
    chat: {
      streamType: 'application/json',
      path: ({ model }) => predictionPath(model),
      encode: encodePrediction,
      createDecoder: createPredictionDecoder,
    },
  },
};

/** Parameters that language models there call as OpenAI does. Which of them a model takes, its own page says. */
const SAME_NAME = [
  ...['temperature', 'top_p', 'seed', 'presence_penalty', 'frequency_penalty'],
  ...['max_tokens', 'max_completion_tokens', 'reasoning_effort'],
] as const;
const TRANSLATED: ReadonlySet<string> = new Set(SAME_NAME);

function encodePrediction(request: ChatRequest, _quirks: Quirks, warn: Warn): RequestBody {
  const { model } = request;
  const messages = fitConversation(request.messages, {}, warn);
  const own = ownParameters(request, TRANSLATED, warn);
  encodeEach(
    messages,
    {
      service: 'this provider',
      encode({ content }, told) {
        if (mediaOf(content).length > 0)
          told('this provider has one field for text: the other parts of a message were not sent.');
        return textOf(content);
      },
    },
    warn,
  );
  const instructions = messages.filter(isInstruction).map(({ content }) => textOf(content));
  return {
    ...(namesVersion(model) && { version: model }),
    input: {
      prompt: promptOf(
        messages.filter((message) => !isInstruction(message)),
        warn,
      ),
      ...(instructions.length > 0 && { system_prompt: instructions.join('\n\n') }),
      ...Object.fromEntries(
        SAME_NAME.filter((name) => request[name] != null).map((name) => [name, request[name]]),
      ),
      ...own,
    },
  };
}

const isInstruction = ({ role }: FitMessage): boolean => role === 'system' || role === 'developer';

const SPEAKERS = {
  system: 'System',
  developer: 'System',
  user: 'User',
  assistant: 'Assistant',
  tool: 'Tool',
} as const;

/** What the person says, or the whole conversation as a transcript: these models take one text. */
function promptOf(messages: readonly FitMessage[], warn: Warn): string {
  const [first, ...others] = messages;
  if (first?.role === 'user' && others.length === 0) return textOf(first.content);
  warn('this provider takes one text: the conversation was sent as a transcript.');
  const lines = messages.map((message) => `${SPEAKERS[message.role]}: ${saidIn(message)}`);
  return [...lines, ...(messages.at(-1)?.role === 'assistant' ? [] : ['Assistant:'])].join('\n\n');
}

function saidIn(message: FitMessage): string {
  const calls = message.role === 'assistant' ? message.calls : [];
  const called = calls.map(({ name, arguments: args }) => `${name}(${args})`);
  return [textOf(message.content), ...called].filter(Boolean).join('\n');
}

/** Source: https://replicate.com/docs/reference/http#collections.get */
function readModel({ owner, name }: Json): ModelFacts | undefined {
  const [maker, title] = [asText(owner), asText(name)];
  return maker === undefined || title === undefined ? undefined : { id: `${maker}/${title}`, ownedBy: maker };
}
