// The parameters of a chat as OpenAI's models take them in chat completions, which know less than its responses.
import type { ChatRequest } from '@g4f/core';
import { openAITakes } from '../../models/takes/openai.ts';
import { asList, asObject } from '../decoding/json.ts';
import { fitOpenAIParameters } from '../fit/openai-parameters.ts';
import type { Warn } from '../fit/warn.ts';

/** From 5.4 on functions are refused while the model reasons, asked to or not: https://github.com/openai/openai-openapi/issues/541 */
const CALLS_UNREASONED = /^gpt-5\.(?:[4-9]|\d\d)(?!.*-(?:pro|codex|chat))/;

/** The request as the model takes it in a chat; what is lost is warned of. */
export const fitChatParameters = (request: ChatRequest, warn: Warn): ChatRequest =>
  fitOpenAIParameters(unreasoned(inTurn(request, warn), warn), warn);

const isFunction = (tool: unknown): boolean => (asObject(tool)?.type ?? 'function') === 'function';

function unreasoned(request: ChatRequest, warn: Warn): ChatRequest {
  const { model, reasoning_effort, tools } = request;
  const effort = reasoning_effort ?? openAITakes(model)?.unasked;
  if (!CALLS_UNREASONED.test(model) || effort === 'none' || !asList(tools).some(isFunction)) return request;
  warn(
    'this model calls functions in chats only where it does not reason: reasoning_effort "none" was sent. The provider openai-responses does both.',
  );
  return { ...request, reasoning_effort: 'none' };
}

/** The models that are named by an `o` call in turn, and do not take to be told: https://github.com/run-llama/llama_index/issues/20865 */
function inTurn(request: ChatRequest, warn: Warn): ChatRequest {
  const { model, parallel_tool_calls: atOnce } = request;
  if (atOnce == null || !/^o\d/.test(model)) return request;
  if (atOnce !== false) warn('this model does not take parallel_tool_calls: not sent.');
  return { ...request, parallel_tool_calls: null };
}
