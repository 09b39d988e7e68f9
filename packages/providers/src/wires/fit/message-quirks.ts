// What a service of OpenAI's chat completions takes in messages.
import type { ReasoningDetail } from '@g4f/core';
import type { IdRule } from './call-ids.ts';
import type { TurnOrder } from './turn-order.ts';

/**
 * OpenAI's chat completions: what a service takes in messages besides what all of them document (role, content, name, calls
 * and their ids), and what it does not. What is not named here is not sent. An endpoint of one's own has none of it, because
 * nothing is known of it: there every field goes along but those that only answers have.
 */
export interface MessageQuirks extends TurnOrder {
  /** It knows the role `developer`; to others that is `system`. */
  readonly developer?: boolean;
  /** It refuses names of speakers. */
  readonly noNames?: boolean;
  /** Its content is a string, never a list of parts. */
  readonly plainText?: boolean;
  /** Further fields of the assistant's messages. Of `audio` only the id goes back. */
  readonly fields?: readonly string[];
  /** Further fields of a call, such as `extra_content`. */
  readonly callFields?: readonly string[];
  /** Further fields of a part, such as `cache_control`. */
  readonly partFields?: readonly string[];
  /** What it takes of the ids of calls. */
  readonly callIds?: IdRule;
  /** Results may hold pictures; elsewhere the user shows them afterwards. */
  readonly resultMedia?: boolean;
  /** It has tools of free text. */
  readonly customTools?: boolean;
  /** Which of the reasoning that came with a message it wants back as `reasoning_details`. */
  readonly detailsOf?: (details: readonly ReasoningDetail[]) => readonly ReasoningDetail[];
  /** When it takes `reasoning_content`: always with calls, only what was kept, or with every message once there was a call. */
  readonly reasoningContent?: 'with-calls' | 'kept-with-calls' | 'after-calls';
  /** The field that asks to go on with what the assistant said last. */
  readonly continuesBy?: 'prefix' | 'partial';
}
