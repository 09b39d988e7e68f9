// What an assistant has said, as a message of a chat, whatever the protocol that told it.
import type { Json } from '../json/json.ts';

/** The pieces of an assistant's turn. */
interface AssistantTurn {
  readonly said: readonly Json[];
  readonly calls: readonly Json[];
  readonly reasoning: string;
  /** Reasoning that only its own service can read again. */
  readonly details: readonly Json[];
}

/** The message, without what was not there. */
export const assistantMessage = ({ said, calls, reasoning, details }: AssistantTurn): Json => ({
  role: 'assistant',
  content: said.length > 0 ? said : null,
  ...(reasoning !== '' && { reasoning }),
  ...(details.length > 0 && { reasoning_details: details }),
  ...(calls.length > 0 && { tool_calls: calls }),
});
