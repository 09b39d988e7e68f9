// A quick look at the parameters of a call: most are plainly right, and the schema takes time to load and to run.

const NUMBERS = [
  'temperature',
  'top_p',
  'max_tokens',
  'max_completion_tokens',
  'seed',
  'presence_penalty',
  'frequency_penalty',
];
/** What only the schema judges. */
const OTHERS = ['n', 'stop', 'tools'];
const ROLES: ReadonlySet<unknown> = new Set(['system', 'developer', 'user', 'assistant']);

type Params = Readonly<Record<string, unknown>>;

/**
 * Whether they are right beyond doubt: messages of text, and numbers that are numbers. It may doubt what is right, and never
 * passes what the schema would refuse.
 */
export const arePlain = (params: Params): boolean =>
  isText(params.model) &&
  (isText(params.messages) || arePlainMessages(params.messages)) &&
  (params.stream == null || typeof params.stream === 'boolean') &&
  NUMBERS.every((name) => params[name] == null || Number.isFinite(params[name])) &&
  OTHERS.every((name) => params[name] == null);

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
