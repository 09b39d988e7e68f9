// Why a response ended, in OpenAI's words of chat completions.
import type { Endings } from '../decoding/finish-reason.ts';

/**
 * The endings that are known to be good: https://platform.openai.com/docs/api-reference/responses/object has the status, and
 * `incomplete_details.reason` (`max_output_tokens`, `content_filter`). "incomplete" alone does not say what is missing.
 */
export const ENDINGS: Endings = new Map([
  ['completed', 'stop'],
  ['max_output_tokens', 'length'],
  ['max_tokens', 'length'],
  ['max_messages', 'length'],
  ['length', 'length'],
  ['content_filter', 'content_filter'],
]);
