// The routes of Anthropic's API.
// Source: https://platform.claude.com/docs/en/api/messages
import { readAnthropicChat } from '../dialects/anthropic/request.ts';
import { chatAnswer } from './chat-route.ts';
import type { Route } from './route.ts';
import { countMessages } from './tokens.ts';

/** Paths below `/v1/messages`. */
export const ANTHROPIC_ROUTES: readonly Route[] = [
  { method: 'POST', path: '/v1/messages', answer: chatAnswer(readAnthropicChat) },
  { method: 'POST', path: '/v1/messages/count_tokens', answer: countMessages },
];
