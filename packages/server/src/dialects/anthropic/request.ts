// The body of Anthropic's messages → the parameters of a chat. Source: https://platform.claude.com/docs/en/api/messages/create

import { refuse } from '../../failure/refusal.ts';
import {
  definedFields,
  givenBoolean,
  givenList,
  givenNumber,
  givenObject,
  givenText,
  type Json,
  mustBe,
  readObjects,
  readStream,
  without,
} from '../../json/json.ts';
import type { ReadChat } from '../dialect.ts';
import { EVENT_STREAM } from '../server-sent-event.ts';
import { readSystem, readTurn } from './content.ts';
import { wholeMessage } from './whole.ts';
import { MessageWriter } from './writer.ts';

const TRANSLATED: ReadonlySet<string> = new Set([
  ...[
    'stream',
    'system',
    'messages',
    'stop_sequences',
    'metadata',
    'tools',
    'tool_choice',
    'thinking',
    'output_config',
    'output_format',
  ],
  // It belongs to a beta of Anthropic's, and others who may answer the same call refuse fields that they do not know.
  'context_management',
]);

/** What it does not translate, or leave out, goes to the provider as it is. */
export const readAnthropicChat: ReadChat = (body, { requestId }) => {
  if (body.n != null && body.n !== 1)
    throw refuse(400, 'invalid-request', 'n must be 1: a message is one answer.', { param: 'n' });
  const { system, messages, stop_sequences, metadata, output_config, thinking } = body;
  const id = `msg_${requestId.replace(/[^a-zA-Z0-9]/g, '')}`;
  const output = givenObject(output_config, 'output_config');
  const format =
    givenObject(output?.format, 'output_config.format') ?? givenObject(body.output_format, 'output_format');
  givenList(stop_sequences, 'stop_sequences');
  return {
    params: {
      ...without(body, TRANSLATED),
      messages: [
        ...readSystem(system),
        ...readObjects(messages, 'messages').flatMap((turn, at) => readTurn(turn, `messages[${at}]`)),
      ],
      ...definedFields({
        stop: stop_sequences ?? undefined,
        user: givenText(givenObject(metadata, 'metadata')?.user_id, 'metadata.user_id'),
        tools: body.tools == null ? undefined : readObjects(body.tools, 'tools').map(toolOf),
        reasoning_effort:
          givenText(output?.effort, 'output_config.effort') ?? effortOf(givenObject(thinking, 'thinking')),
        response_format: format && {
          type: 'json_schema',
          json_schema: { name: 'response', schema: format.schema },
        },
      }),
      ...choiceOf(givenObject(body.tool_choice, 'tool_choice')),
    },
    stream: readStream(body.stream, false),
    streamType: EVENT_STREAM,
    writer: () => new MessageWriter(id),
    whole: (answer) => wholeMessage(answer, id),
  };
};

const IN_TOOL: ReadonlySet<string> = new Set(['name', 'description', 'input_schema', 'type', 'strict']);

/** Tools of the service's own (web search, code execution) stay as they are. */
function toolOf(tool: Json): Json {
  const { type, name, description, input_schema, strict } = tool;
  if (type != null && type !== 'custom') return tool;
  return {
    ...without(tool, IN_TOOL),
    type: 'function',
    function: definedFields({ name, description, parameters: input_schema, strict }),
  };
}

function choiceOf(choice: Json | undefined): Json {
  if (choice === undefined) return {};
  const { type, name, disable_parallel_tool_use } = choice;
  const inTurn = givenBoolean(disable_parallel_tool_use, 'tool_choice.disable_parallel_tool_use')
    ? { parallel_tool_calls: false }
    : {};
  const CHOICES: Json = {
    auto: 'auto',
    any: 'required',
    none: 'none',
    tool: { type: 'function', function: { name } },
  };
  const known = typeof type === 'string' && Object.hasOwn(CHOICES, type) ? CHOICES[type] : undefined;
  if (known === undefined)
    throw refuse(400, 'invalid-request', 'tool_choice.type must be "auto", "any", "tool" or "none".', {
      param: 'tool_choice.type',
    });
  return { tool_choice: known, ...inTurn };
}

const THINKS: ReadonlySet<unknown> = new Set(['enabled', 'disabled', 'adaptive']);

/** A budget of tokens as the effort that stands for it in OpenAI's words; what is adaptive is the model's to choose. */
function effortOf(thinking: Json | undefined): string | undefined {
  if (thinking === undefined) return undefined;
  if (!THINKS.has(thinking.type)) throw mustBe('thinking.type', '"enabled", "disabled" or "adaptive"');
  const budget = givenNumber(thinking.budget_tokens, 'thinking.budget_tokens') ?? 0;
  if (thinking.type !== 'enabled') return undefined;
  if (budget <= 2048) return 'low';
  return budget <= 8192 ? 'medium' : 'high';
}
