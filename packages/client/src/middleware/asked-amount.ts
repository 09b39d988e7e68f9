// About how many tokens are asked for by a request, and what calls before it teach of that.
import { isPlainObject } from '../options/plain-value.ts';

/** What is asked for: about so many tokens in, and at most so many out for each choice, where that is said. */
export interface AskedAmount {
  /** Of texts and media. */
  readonly prompt: number;
  /** Whether pictures, sounds or files are in it: nobody knows what a model makes of these. */
  readonly hasMedia: boolean;
  readonly most: number | undefined;
  readonly choices: number;
}

/** Characters of a token, about. */
export const PER_TOKEN = 4;
/** Tokens of a large picture, and of what has no known size. */
const PICTURE = 1_600;
/** Bytes of a token in a compressed sound, and in a file. */
const SOUND_BYTES = 400;
const FILE_BYTES = 20;

/** The fields that hold media, by the `type` of the part that they stand in. A text is text, whatever it begins with. */
const MEDIA: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['image_url', ['image_url']],
  ['input_image', ['image_url', 'file_id']],
  ['input_audio', ['input_audio']],
  ['file', ['file']],
  ['input_file', ['file_data', 'file_url', 'file_id']],
]);

/** @param request the checked parameters of any operation */
export function askedOf(request: Readonly<Record<string, unknown>>): AskedAmount {
  const {
    max_completion_tokens: most,
    max_output_tokens: ofResponse,
    max_tokens: older,
    prompt,
    tools,
    n,
    ...others
  } = request;
  // Servers on one's own machine take -1 for no limit.
  const [limit] = [most, ofResponse, older].filter(
    (value): value is number => typeof value === 'number' && value >= 0,
  );
  // Each of several texts is completed.
  const texts = Array.isArray(prompt) ? prompt.length : 1;
  const sum = { characters: 0, media: 0 };
  add(others, sum);
  add(prompt, sum);
  // A schema may have fields of any name: nothing in it is media.
  if (tools !== undefined) sum.characters += JSON.stringify(tools).length;
  return {
    prompt: sum.characters / PER_TOKEN + sum.media,
    hasMedia: sum.media > 0,
    most: limit,
    choices: texts * (typeof n === 'number' ? n : 1),
  };
}

interface Sum {
  characters: number;
  /** In tokens. */
  media: number;
}

/** A number in a list is a token. */
function add(value: unknown, sum: Sum): void {
  if (typeof value === 'string') sum.characters += value.length;
  else if (Array.isArray(value))
    for (const item of value)
      if (typeof item === 'number') sum.characters += PER_TOKEN;
      else add(item, sum);
  else if (value instanceof Blob)
    sum.media += value.type.startsWith('image/') ? PICTURE : value.size / SOUND_BYTES;
  else if (isPlainObject(value)) {
    const media = MEDIA.get(value.type) ?? [];
    for (const [name, held] of Object.entries(value))
      if (!media.includes(name)) add(held, sum);
      else if (held != null) sum.media += mediaTokens(String(value.type), held);
  }
}

function mediaTokens(type: string, held: unknown): number {
  if (type === 'image_url' || type === 'input_image') return PICTURE;
  const { data, file_data: file }: Readonly<Record<string, unknown>> = isPlainObject(held)
    ? held
    : { data: held };
  const text = data ?? file;
  // An address and an id tell no size.
  if (typeof text !== 'string' || text.length < 200) return PICTURE;
  // Base64 has four characters for three bytes.
  return (text.length * 0.75) / (type === 'input_audio' ? SOUND_BYTES : FILE_BYTES);
}

/** How many tokens a prompt had, and how many it was thought to have. */
export interface PromptLearnt {
  readonly thought: number;
  readonly read: number;
}

/** How many calls are remembered. */
const REMEMBERED = 5;
/** A prompt of fewer tokens teaches what a service adds to it, and not how long its tokens are. */
const TELLING = 250;
/** Times as many tokens as thought: 0.1 to 4 for each character. */
const LEAST = 0.1 * PER_TOKEN;
const MOST = 4 * PER_TOKEN;

/** The newest calls, this one among them: those with media teach nothing. */
export const promptsWith = (
  known: readonly PromptLearnt[],
  { prompt, hasMedia }: AskedAmount,
  read: number,
): readonly PromptLearnt[] =>
  hasMedia || prompt === 0 || read === 0 ? known : [...known, { thought: prompt, read }].slice(-REMEMBERED);

/** How many tokens a prompt may have: by most of the newest calls, so that one odd call changes nothing for others. */
export function promptTokens({ prompt }: AskedAmount, known: readonly PromptLearnt[]): number {
  const by = known.map(({ thought, read }) => {
    const bounded = Math.min(MOST, Math.max(LEAST, read / thought));
    return thought < TELLING ? prompt + Math.max(0, bounded - 1) * thought : prompt * bounded;
  });
  by.push(prompt);
  by.sort((one, other) => one - other);
  // The upper one of two: after one call of a model nobody is let in for less than it read.
  return by[Math.floor(by.length / 2)] ?? prompt;
}
