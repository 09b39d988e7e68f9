// What is typed by OpenAI's library is taken as it is: a program changes its import, and no type of its own.
import type { ChatParams, RunToolsParams } from '@g4f/client';
import type { AsyncClient as MiniClient } from '@g4f/client/mini';
import type OpenAI from 'openai';
import type { zodFunction } from 'openai/helpers/zod';
import { expectTypeOf, it } from 'vitest';

type Chat = OpenAI.Chat.ChatCompletionCreateParamsNonStreaming;
type MiniParams = Parameters<MiniClient['chat']['completions']['create']>[0];

it('messages, tools, choices and formats of OpenAI’s library are those of a call', () => {
  expectTypeOf<OpenAI.Chat.ChatCompletionMessageParam[]>().toExtend<ChatParams['messages']>();
  expectTypeOf<OpenAI.Chat.ChatCompletionTool[]>().toExtend<ChatParams['tools']>();
  expectTypeOf<OpenAI.Chat.ChatCompletionToolChoiceOption>().toExtend<ChatParams['tool_choice']>();
  expectTypeOf<Chat['response_format']>().toExtend<ChatParams['response_format']>();
  expectTypeOf<Chat['tool_choice'] | null>().toExtend<ChatParams['tool_choice']>();
});

it('and so are all parameters at once', () => {
  expectTypeOf<Chat>().toExtend<ChatParams>();
  expectTypeOf<Chat>().toExtend<MiniParams>();
  expectTypeOf<OpenAI.Chat.ChatCompletionCreateParamsStreaming>().toExtend<ChatParams>();
});

it('and what its zodFunction makes can be run', () => {
  expectTypeOf<ReturnType<typeof zodFunction<never>>[]>().toExtend<RunToolsParams['tools']>();
});
