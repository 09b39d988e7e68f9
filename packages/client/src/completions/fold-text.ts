// The chunks of a completion as one whole answer.
import { G4FError, LIMITS, type TextChoice, type TextCompletion } from '@g4f/core';
import { sizeOf } from '@g4f/core/internal';

/** One text while it is joined. */
interface Joined {
  readonly pieces: string[];
  logprobs: Record<string, unknown> | null;
  finish_reason: TextChoice['finish_reason'];
}

/** The answer, whose end is checked elsewhere. @throws G4FError `bad-response` for more than {@link LIMITS} has */
export const foldText = async (chunks: AsyncIterable<TextCompletion>): Promise<TextCompletion> => {
  const texts = new Map<number, Joined>();
  let whole: TextCompletion | undefined;
  let pieces = 0;
  let characters = 0;
  for await (const { choices, ...rest } of chunks) {
    whole = { ...whole, ...rest, choices: [] };
    for (const choice of choices) {
      pieces += 1;
      characters += choice.text.length + (choice.logprobs == null ? 0 : sizeOf(choice.logprobs));
      if (pieces > LIMITS.foldedEvents || characters > LIMITS.foldedCharacters) throw tooLong(whole);
      add(choice, texts);
    }
  }
  if (whole === undefined) throw new G4FError('the answer is empty.', { code: 'bad-response' });
  const choices = [...texts]
    .sort(([a], [b]) => a - b)
    .map(([index, { pieces, logprobs, finish_reason }]) => ({
      index,
      text: pieces.join(''),
      logprobs,
      finish_reason,
    }));
  return { ...whole, choices };
};

function add({ index, text, logprobs, finish_reason }: TextChoice, texts: Map<number, Joined>): void {
  const joined = texts.get(index) ?? { pieces: [], logprobs: null, finish_reason: null };
  texts.set(index, joined);
  joined.pieces.push(text);
  joined.finish_reason = finish_reason ?? joined.finish_reason;
  if (logprobs == null) return;
  joined.logprobs ??= {};
  for (const [name, value] of Object.entries(logprobs)) {
    const before = joined.logprobs[name];
    // A list of our own, which grows: to copy it with each chunk would take square time.
    if (Array.isArray(before) && Array.isArray(value)) for (const one of value) before.push(one);
    else joined.logprobs[name] = Array.isArray(value) ? [...value] : value;
  }
}

const tooLong = ({ provider, model }: TextCompletion): G4FError =>
  new G4FError(
    `${provider ?? 'the provider'}: the answer is longer than the limit of ${LIMITS.foldedCharacters} characters or ${LIMITS.foldedEvents} pieces. Stream it, or choose another provider.`,
    { code: 'bad-response', provider, model },
  );
