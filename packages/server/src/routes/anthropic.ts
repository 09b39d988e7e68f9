// The routes of Anthropic's API. Its count of tokens is left out: no provider counts for the models of the others.
// Source: https://platform.claude.com/docs/en/api/messages
import { readAnthropicChat } from '../dialects/anthropic/request.ts';
import { chatAnswer } from './chat-route.ts';
import type { Route } from './route.ts';

/** `POST /v1/messages` */
export const ANTHROPIC_ROUTES: readonly Route[] = [
  { method: 'POST', path: '/v1/messages', answer: chatAnswer(readAnthropicChat) },
];
