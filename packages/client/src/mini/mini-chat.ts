// The operation `chat` of the small client, which has no schema: the provider or the service tells what else is wrong.
import { G4FError } from '@g4f/core';
import { chatKind } from '../chat/chat-kind.ts';
import { readyParams } from '../chat/ready-params.ts';
import { type CheckedParams, requestOf } from '../chat/request-of.ts';
import { complain, MESSAGE, MESSAGES, MODEL, ROLE } from '../errors/expected.ts';
import { type Fields, isFields } from '../options/plain-value.ts';

/** Chat completions, of whose parameters `model` and `messages` are checked. */
export const miniChat = chatKind((given) => {
  const { params, warnings } = readyParams(given);
  check(params);
  return { request: requestOf(params), warnings };
});

function check(params: Fields): asserts params is Fields & CheckedParams {
  const { model, messages, stream } = params;
  if (typeof model !== 'string' || model === '') throw wrong(`model: ${complain(MODEL, model)}.`);
  if ((typeof messages !== 'string' && !Array.isArray(messages)) || messages.length === 0)
    throw wrong(`messages: ${complain(MESSAGES, messages)}.`);
  if (stream != null && typeof stream !== 'boolean') throw wrong('stream must be true or false.');
  if (typeof messages !== 'string') messages.forEach(checkMessage);
}

function checkMessage(message: unknown, at: number): void {
  if (!isFields(message)) throw wrong(`messages[${at}]: ${complain(MESSAGE, message)}.`);
  const { role, content } = message;
  if (!ROLES.has(role)) throw wrong(`messages[${at}].role: ${complain(ROLE, role)}.`);
  if (typeof content !== 'string' && !Array.isArray(content) && (content != null || role !== 'assistant'))
    throw wrong(`messages[${at}].content must be a text or a list of parts.`);
}

/** The others are translated before, or known to nobody. */
const ROLES: ReadonlySet<unknown> = new Set(['system', 'developer', 'user', 'assistant', 'tool']);

const wrong = (message: string): G4FError => new G4FError(message, { code: 'invalid-request' });
