// A whole answer as Anthropic's message. Source: https://platform.claude.com/docs/en/api/messages/create
import type { ChatCompletion, CompletionMessage, ReasoningDetail } from '@g4f/core';
import { argumentsObject } from '../answer-parts.ts';
import { stopReason, usageOf } from './endings.ts';

/** The message. */
export const wholeMessage = ({ model, choices: [choice], usage }: ChatCompletion, id: string): object => ({
  id,
  type: 'message',
  role: 'assistant',
  model,
  content: choice === undefined ? [] : contentOf(choice.message),
  stop_reason: stopReason(choice ?? { finish_reason: 'stop' }),
  stop_sequence: null,
  usage: usageOf(usage),
});

function contentOf(message: CompletionMessage): object[] {
  const { content, reasoning, reasoning_details = [], refusal, tool_calls = [], images = [] } = message;
  const thoughts = reasoning_details.flatMap(thoughtOf);
  // Of another service's reasoning there is the text alone.
  const thinking =
    thoughts.length > 0 || !reasoning ? thoughts : [{ type: 'thinking', thinking: reasoning, signature: '' }];
  const texts = [content, refusal, ...images.map(({ image_url }) => pictureText(image_url.url))];
  return [
    ...thinking,
    ...texts.flatMap((text) => (text ? [{ type: 'text', text }] : [])),
    ...tool_calls.map((call) => ({
      type: 'tool_use',
      id: call.id,
      name: call.function.name,
      input: argumentsObject(call),
    })),
  ];
}

function thoughtOf({ type, format, text = '', signature = '', data }: ReasoningDetail): object[] {
  if (format !== 'anthropic-messages') return [];
  return type === 'reasoning.encrypted'
    ? [{ type: 'redacted_thinking', data }]
    : [{ type: 'thinking', thinking: text, signature }];
}

/** A picture as text: its messages have none. */
export const pictureText = (url: string): string => `![picture](${url})`;
