// The chunks of a completion as one whole answer.
import { G4FError, type TextChoice, type TextCompletion } from '@g4f/core';

/** One text while it is joined. */
interface Joined {
  readonly pieces: string[];
  logprobs: Record<string, unknown> | null;
  finish_reason: TextChoice['finish_reason'];
}

/**
 * The answer. @throws G4FError `bad-response` if there is no chunk, `stream-truncated` where a text has no end
 */
export const foldText = async (chunks: AsyncIterable<TextCompletion>): Promise<TextCompletion> => {
  const texts = new Map<number, Joined>();
  let whole: TextCompletion | undefined;
  for await (const { choices, ...rest } of chunks) {
    whole = { ...whole, ...rest, choices: [] };
    for (const choice of choices) add(choice, texts);
  }
  if (whole === undefined || texts.size === 0)
    throw unfinished('the answer is empty.', whole, 'bad-response');
  const choices = [...texts]
    .sort(([a], [b]) => a - b)
    .map(([index, { pieces, logprobs, finish_reason }]) => ({
      index,
      text: pieces.join(''),
      logprobs,
      finish_reason,
    }));
  if (choices.some(({ finish_reason }) => finish_reason === null))
    throw unfinished('the answer ended without a finish reason.', whole, 'stream-truncated');
  return { ...whole, choices };
};

function add({ index, text, logprobs, finish_reason }: TextChoice, texts: Map<number, Joined>): void {
  const joined = texts.get(index) ?? { pieces: [], logprobs: null, finish_reason: null };
  texts.set(index, joined);
  joined.pieces.push(text);
  joined.finish_reason = finish_reason ?? joined.finish_reason;
  if (logprobs === null) return;
  joined.logprobs ??= {};
  for (const [name, value] of Object.entries(logprobs)) {
    const before = joined.logprobs[name];
    // A list of our own, which grows: to copy it with each chunk would take square time.
    if (Array.isArray(before) && Array.isArray(value)) for (const one of value) before.push(one);
    else joined.logprobs[name] = Array.isArray(value) ? [...value] : value;
  }
}

const unfinished = (
  what: string,
  { provider, model }: Partial<TextCompletion> = {},
  code: 'bad-response' | 'stream-truncated',
): G4FError =>
  new G4FError(
    `${provider === undefined ? '' : `${provider}: `}${what} Try again or choose another provider.`,
    {
      code,
      ...(provider !== undefined && { provider }),
      ...(model !== undefined && { model }),
    },
  );
