// What a person asks, put together: the words, what is attached, the template, the conversation before.
import type { Message } from '@g4f/client';
import { attach, type Content, type Part, partOf } from '../context/attach.ts';
import { readStandardInput } from '../context/read-source.ts';
import { sniff } from '../context/sniff.ts';
import { UsageError } from '../failure/usage-error.ts';
import type { LogEntry } from '../store/log-entry.ts';
import { note } from '../terminal/output.ts';

/** The words of a question, and all of its message. */
export interface PutTogether {
  readonly prompt: string;
  readonly content: Content;
}

/** How long standard input may be silent before the person is told that it is waited for, in ms. */
const SILENCE_MS = 2_000;

/**
 * The question. What stands in standard input comes before the words; alone, it is the question.
 * @throws UsageError where there is nothing to ask, or something attached cannot be read.
 */
export const putTogether = async (
  words: string,
  files: readonly string[],
): Promise<PutTogether | undefined> => {
  const parts: Part[] = [];
  for (const file of files) parts.push(...(await attach(file)));
  const piped = files.includes('-') || process.stdin.isTTY ? undefined : await pipedInput();
  if (words === '' && piped === undefined) {
    if (parts.length === 0) return undefined;
    throw new UsageError('there is a file, and no question about it: write one');
  }
  if (words === '' && piped?.type === 'text') return withParts(piped.text, parts);
  if (words === '') throw new UsageError('there is no question about standard input: write one');
  if (piped?.type === 'text') return withParts(`${piped.text}\n\n${words}`, parts);
  return withParts(words, piped === undefined ? parts : [...parts, piped]);
};

/** Parts of text become one text: every service takes that. */
function withParts(prompt: string, parts: readonly Part[]): PutTogether {
  if (parts.length === 0) return { prompt, content: prompt };
  const all: readonly Part[] = [...parts, { type: 'text', text: prompt }];
  const texts = all.map((part) => (part.type === 'text' ? part.text : undefined));
  if (texts.includes(undefined)) return { prompt, content: all };
  return { prompt, content: texts.join('\n\n') };
}

async function pipedInput(): Promise<Part | undefined> {
  const timer = setTimeout(
    () => note('waiting for standard input: Ctrl-D ends it, "< /dev/null" gives none.'),
    SILENCE_MS,
  );
  timer.unref();
  try {
    const bytes = await readStandardInput();
    if (bytes.toString('utf8').trim() === '') return undefined;
    const part = await partOf('standard input', bytes);
    // What is piped as text is shown to the model as it is, without a name around it.
    return part.type === 'text' && sniff(bytes).kind === 'text'
      ? { type: 'text', text: bytes.toString('utf8').trimEnd() }
      : part;
  } finally {
    clearTimeout(timer);
  }
}

/** A conversation so far, as messages. */
export const messagesOf = (entries: readonly LogEntry[]): readonly Message[] =>
  entries.flatMap(({ prompt, content, answer }): readonly Message[] => [
    { role: 'user', content: content === null ? prompt : JSON.parse(content) },
    { role: 'assistant', content: answer },
  ]);

/** The words above a conversation: those of now, or those that its first question had. */
export const systemOf = (now: string | undefined, entries: readonly LogEntry[]): readonly Message[] => {
  const system = now ?? entries[0]?.system ?? undefined;
  return system === undefined ? [] : [{ role: 'system', content: system }];
};
