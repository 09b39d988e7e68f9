// The operation `chat` of the full client.
import { chatKind } from './chat-kind.ts';
import { toRequest } from './params.ts';

/** Chat completions, their parameters checked by a schema where a quick look does not do. */
export const chatOperation = chatKind(toRequest);
