// Messages → Gemini's contents: instructions apart, roles user and model in turn, everything a part.
// Source: https://ai.google.dev/api/caching#Content
import { readDataURL } from '../fit/data-url.ts';
import type { FitAssistant, FitContent, FitMessage, FitPart, FitResult } from '../fit/message.ts';
import { argumentsOf, mediaOf, objectIn, partsOf, textOf } from '../fit/message-content.ts';
import { mergeTurns } from '../fit/turns.ts';
import type { Warn } from '../fit/warn.ts';
import { addressOrBytes } from '../media/bare-data.ts';
import { encodeEach, nothingToSay } from '../media/left-out.ts';

/** By which signatures that came from this wire are known when they are sent back. */
export const GEMINI_FORMAT = 'gemini';

/**
 * What Google documents for calls that another model made, where a signature is asked for.
 * Source: https://ai.google.dev/gemini-api/docs/thought-signatures
 */
const NO_SIGNATURE = 'skip_thought_signature_validator';

interface GeminiTurn {
  readonly role: 'user' | 'model';
  readonly parts: readonly object[];
}

/** All instructions, wherever they stood, as `systemInstruction`. */
export const encodeInstruction = (messages: readonly FitMessage[]): object => {
  const parts = messages
    .filter(({ role }) => role === 'system' || role === 'developer')
    .map(({ content }) => ({ text: textOf(content) }))
    .filter(({ text }) => text !== '');
  return parts.length === 0 ? {} : { systemInstruction: { parts } };
};

/**
 * The conversation; messages of one role that follow each other become one.
 * @param wantsSignatures whether a call without a signature is refused.
 * @throws G4FError `invalid-request` if nothing is left to be said, or of what is asked.
 */
export const encodeContents = (
  messages: readonly FitMessage[],
  wantsSignatures: boolean,
  warn: Warn,
): readonly GeminiTurn[] => {
  const each = encodeEach<GeminiTurn | undefined>(
    messages,
    {
      service: 'Gemini',
      encode: (message, told) => turnOf(message, wantsSignatures, told),
    },
    warn,
  );
  const turns = mergeTurns(each, 'parts');
  if (turns.length === 0 && messages.length > 0) throw nothingToSay(messages);
  const begins = turns[0]?.role === 'model' && turns[0].parts.some((part) => 'functionCall' in part);
  if (begins) warn('a call must follow what somebody says here: "Go on." was put before the first.');
  const opened: readonly GeminiTurn[] = begins
    ? [{ role: 'user', parts: [{ text: 'Go on.' }] }, ...turns]
    : turns;
  return opened.map(resultsFirst);
};

function turnOf(message: FitMessage, wantsSignatures: boolean, warn: Warn): GeminiTurn | undefined {
  switch (message.role) {
    case 'user':
      return { role: 'user', parts: partsFrom(message.content, warn) };
    case 'assistant':
      return { role: 'model', parts: saidBefore(message, wantsSignatures, warn) };
    case 'tool':
      return { role: 'user', parts: resultOf(message, warn) };
    default:
      return undefined;
  }
}

/** What a function returned as an object, and its pictures beside it. */
function resultOf({ id, name, content }: FitResult, warn: Warn): object[] {
  const text = textOf(content);
  const response = objectIn(text) ?? { result: text };
  const result = { ...(id !== '' && { id }), name: name || id, response };
  return [{ functionResponse: result }, ...mediaOf(content).flatMap((part) => partOf(part, warn))];
}

/** As many results as calls must come before anything else. */
const resultsFirst = (turn: GeminiTurn): GeminiTurn => {
  const isResult = (part: object): boolean => 'functionResponse' in part;
  const results = turn.parts.filter(isResult);
  if (results.length === 0) return turn;
  return { ...turn, parts: [...results, ...turn.parts.filter((part) => !isResult(part))] };
};

/** What the model said; its signatures go back on the parts they came with. */
function saidBefore(
  { content, details, calls }: FitAssistant,
  wantsSignatures: boolean,
  warn: Warn,
): object[] {
  const own = details.filter(({ format, data }) => format === GEMINI_FORMAT && data != null);
  const loose = own.filter(({ id }) => id === undefined);
  // The first of an id counts.
  const signed = new Map(own.toReversed().map(({ id, data }) => [id, data]));
  return [
    ...partsFrom(content, warn),
    ...loose.map(({ data }) => ({ text: '', thoughtSignature: data })),
    ...calls.map((call, at) => {
      const signature = signed.get(call.givenId) ?? (wantsSignatures && at === 0 ? NO_SIGNATURE : undefined);
      return {
        functionCall: {
          ...(call.id !== '' && { id: call.id }),
          name: call.name,
          args: argumentsOf(call, warn),
        },
        ...(signature !== undefined && { thoughtSignature: signature }),
      };
    }),
  ];
}

const partsFrom = (content: FitContent, warn: Warn): object[] =>
  partsOf(content).flatMap((part) => partOf(part, warn));

function partOf(part: FitPart, warn: Warn): object[] {
  switch (part.type) {
    case 'text':
      return part.text === '' ? [] : [{ text: part.text }];
    case 'refusal':
      return part.refusal === '' ? [] : [{ text: part.refusal }];
    case 'image_url':
      return dataOf(part.image_url.url, 'a picture', warn);
    case 'input_audio':
      return [{ inlineData: { mimeType: `audio/${part.input_audio.format}`, data: part.input_audio.data } }];
    case 'file': {
      const { file_data, file_id, filename = '' } = part.file;
      if (file_data !== undefined) return dataOf(file_data, `the file ${filename}`, warn);
      if (file_id !== undefined) return [{ fileData: { fileUri: file_id } }];
      warn(`the file ${filename} has neither data nor an id: not sent.`);
      return [];
    }
    default:
      return [part.part];
  }
}

/** Bytes as they are, or the address of a file of the service's own or of a page. */
function dataOf(given: string, what: string, warn: Warn): object[] {
  const url = addressOrBytes(given);
  if (url === undefined) {
    warn(`${what} is neither an address nor bytes of a known type, which a data URL names: not sent.`);
    return [];
  }
  const inline = readDataURL(url);
  return [
    inline === undefined
      ? { fileData: { fileUri: url } }
      : { inlineData: { mimeType: inline.mediaType, data: inline.base64 } },
  ];
}
