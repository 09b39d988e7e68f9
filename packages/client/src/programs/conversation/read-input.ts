// What a caller says in a conversation as messages, checked before they are kept: a store never forgets.
import { type Content, G4FError, type Message } from '@g4f/core';
import type { ConversationInput } from '../../conversations/conversation-input.ts';
import { complain, MESSAGE } from '../../errors/expected.ts';
import { checkPlain, isFields } from '../../options/plain-value.ts';
import { isContent } from '../../stores/is-message.ts';

/** The messages. @throws G4FError `invalid-request` for what is none. */
export const readInput = (input: ConversationInput): readonly Message[] => {
  if (typeof input === 'string') return [checked({ role: 'user', content: input }, 'input')];
  if (!Array.isArray(input)) return [checked(input, 'input')];
  // With its holes as what they are, which the functions of a list pass over.
  const given: readonly unknown[] = Array.from(input);
  if (given.length === 0) throw wrong('input', 'a text, a message, or a list of parts or messages', given);
  if (given.every((one) => isFields(one) && !('role' in one)))
    return [checked({ role: 'user', content: given }, 'input')];
  return given.map((one, at) => checked(one, `input[${at}]`));
};

/** The content of a message. @throws G4FError `invalid-request` */
export const readContent = (content: unknown): Content => {
  if (!isSaid(content)) throw wrong('content', 'a text or a list of parts', content);
  checkPlain(content, 'content');
  return content;
};

function checked(message: unknown, path: string): Message {
  if (!isFields(message)) throw wrong(path, MESSAGE, message);
  if (!isMessage(message)) {
    const { role, content } = message;
    if (role === 'system' || role === 'developer')
      throw new G4FError(
        `conversation: ${path} is a message of ${role}: give the instructions as \`system\` when you open the conversation.`,
        { code: 'invalid-request' },
      );
    if (role !== 'user' && role !== 'assistant' && role !== 'tool')
      throw wrong(`${path}.role`, 'one of "user", "assistant", "tool"', role);
    if (role === 'tool' && typeof message.tool_call_id !== 'string')
      throw wrong(`${path}.tool_call_id`, 'the id of the call', message.tool_call_id);
    throw wrong(`${path}.content`, 'a text or a list of parts', content);
  }
  checkPlain(message, path);
  return message;
}

function isMessage(given: object): given is Message {
  const { role, content, tool_call_id, tool_calls }: Readonly<Record<string, unknown>> = { ...given };
  if (role === 'user') return isSaid(content);
  if (role === 'tool') return isSaid(content) && typeof tool_call_id === 'string';
  return role === 'assistant' && (isSaid(content) || (content == null && Array.isArray(tool_calls)));
}

/** A list without parts says nothing. */
const isSaid = (content: unknown): content is Content =>
  isContent(content) && !(Array.isArray(content) && content.length === 0);

const wrong = (path: string, what: string, got: unknown): G4FError =>
  new G4FError(`conversation: ${path}: ${complain(what, got, true)}.`, { code: 'invalid-request' });
