// Takes what the caller said out of a service's words: some services repeat the request in their errors.

const MARK = '[prompt]';

/** A text that is shorter is a word of other texts. */
const SHORTEST = 8;
/** So many characters in a row are no chance. */
const WINDOW = 16;
const STEP = 4;
/** Texts of so many characters are looked for as they are, the newest first; of more, only what is near a piece of the line. */
const LOOKED_AT = 256 * 1024;
/** Every so many characters a longer text is compared with the line: each run of WINDOW characters has one such piece in it. */
const PIECE = WINDOW / 2;
/** How many places of longer texts are looked at closely. */
const MOST_NEAR = 2000;

/** Fields of messages that hold what somebody said. */
const SAYING: ReadonlySet<string> = new Set([
  ...[
    'content',
    'text',
    'input',
    'arguments',
    'output',
    'refusal',
    'thinking',
    'reasoning_content',
    'parts',
    'prompt',
  ],
]);

/** The line without what stands in these messages; '' where they have too much in common with it to be told apart. */
export const hidePrompt = (line: string, messages: unknown): string => {
  let clean = line;
  let left = LOOKED_AT;
  let near = MOST_NEAR;
  for (const text of textsIn(messages, false)) {
    if (text.length < SHORTEST) continue;
    if (text.length <= left) {
      for (const form of formsOf(text)) clean = withoutText(clean, form);
      left -= text.length;
      continue;
    }
    for (const part of partsNear(text, clean)) {
      if (near === 0) return '';
      near -= 1;
      for (const form of formsOf(part)) clean = withoutText(clean, form);
    }
  }
  return clean;
};

/** What a service says besides what stands in these messages; all of it where that is nothing: then they quote the service. */
export const ownWords = (said: string, messages: unknown): string => {
  const line = said.replace(/\s+/g, ' ');
  const own = hidePrompt(line, messages);
  return /\p{L}{4}/u.test(own.replaceAll(MARK, '')) ? own : line;
};

/** The parts of a long text that may have something in common with the line. */
function* partsNear(text: string, line: string): Generator<string> {
  for (let at = 0; at < text.length; at += PIECE) {
    if (!line.includes(text.slice(at, at + PIECE))) continue;
    yield text.slice(Math.max(0, at - line.length), at + PIECE + line.length);
    at += line.length;
  }
}

function* textsIn(value: unknown, isSaid: boolean): Generator<string> {
  if (typeof value === 'string') {
    if (isSaid && !value.startsWith('data:')) yield value;
  } else if (isSaid && Array.isArray(value) && typeof value[0] === 'number') {
    yield value.join(', ');
    yield value.join(',');
  } else if (Array.isArray(value)) {
    for (let at = value.length - 1; at >= 0; at--) yield* textsIn(value[at], isSaid);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, field] of Object.entries(value))
      if (typeof field === 'object' || SAYING.has(name)) yield* textsIn(field, SAYING.has(name));
  }
}

/** In one line, as JSON, and as JSON in ASCII alone. */
function formsOf(text: string): ReadonlySet<string> {
  const json = JSON.stringify(text).slice(1, -1);
  const ascii = json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return new Set([text.replace(/\s+/g, ' ').trim(), json, ascii]);
}

function withoutText(line: string, text: string): string {
  if (text.length < WINDOW + STEP) return text.length < SHORTEST ? line : line.replaceAll(text, MARK);
  let clean = '';
  let done = 0;
  for (let at = 0; at + WINDOW <= line.length; at += STEP) {
    const found = text.indexOf(line.slice(at, at + WINDOW));
    if (found === -1) continue;
    let begin = at;
    let end = at + WINDOW;
    while (begin > done && found - (at - begin) > 0 && line[begin - 1] === text[found - (at - begin) - 1])
      begin -= 1;
    while (end < line.length && line[end] === text[found + end - at]) end += 1;
    clean += line.slice(done, begin) + MARK;
    done = end;
    at = end - STEP;
  }
  return clean + line.slice(done);
}
