// A quick look at the parameters of a call: most are plainly right, and the schema takes time to load and to run.

const ROLES: ReadonlySet<unknown> = new Set(['system', 'developer', 'user', 'assistant']);

type Params = Readonly<Record<string, unknown>>;
type Check = (value: unknown) => boolean;

const isNumber: Check = (value) => value == null || Number.isFinite(value);
const isNothing: Check = (value) => value == null;

/** Of the fields that the schema knows; what it does not know is the service's to judge. */
const CHECKS: ReadonlyMap<string, Check> = new Map([
  ['stream', (value) => value == null || typeof value === 'boolean'],
  ['temperature', isNumber],
  ['top_p', isNumber],
  ['max_tokens', isNumber],
  ['max_completion_tokens', isNumber],
  ['seed', isNumber],
  ['presence_penalty', isNumber],
  ['frequency_penalty', isNumber],
  // What only the schema judges.
  ['n', isNothing],
  ['stop', isNothing],
  ['tools', isNothing],
]);

/**
 * Whether they are right beyond doubt: messages of text, and numbers that are numbers. It may doubt what is right, and never
 * passes what the schema would refuse.
 */
export const arePlain = (params: Params): boolean =>
  isText(params.model) &&
  (isText(params.messages) || arePlainMessages(params.messages)) &&
  areOthersPlain(params);

// What is there is looked at, and not what could be: that is less, and found faster.
function areOthersPlain(params: Params): boolean {
  for (const name in params) if (CHECKS.get(name)?.(params[name]) === false) return false;
  return true;
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

const arePlainMessages = (messages: unknown): boolean =>
  // A hole in the list is passed over by "every".
  Array.isArray(messages) &&
  messages.length > 0 &&
  !messages.includes(undefined) &&
  messages.every(isPlainMessage);

const isPlainMessage = (message: unknown): boolean => {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) return false;
  const { role, content, tool_calls } = message as Params;
  return ROLES.has(role) && typeof content === 'string' && tool_calls == null;
};
