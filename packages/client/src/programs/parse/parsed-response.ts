// `responses.parse`: asks for a response of a form, and checks that it has it.
import { G4FError, type ModelResponse, type ResponseOutputItem, type ResponseOutputPart } from '@g4f/core';
import { isSchema } from '../../chat/json-schema.ts';
import { isFields } from '../../options/plain-value.ts';
import type {
  AnyParseResponseParams,
  ParsedItem,
  ParsedPart,
  ParsedResponse,
  ResponseParams,
} from '../../surface/responses.ts';
import { asking, type Program, type Steps } from '../running/program.ts';
import type { AnswerReader } from './answer-reader.ts';
import { cutAnswer, filteredAnswer, parseFailure, withFieldsOf } from './parse-failure.ts';
import { parsedTools, textFormat } from './text-format.ts';

/** The program. @throws G4FError as `ParseResponse` says */
export function* parsingResponse(
  params: AnyParseResponseParams,
): Program<ParsedResponse<unknown>, ResponseParams, ModelResponse> {
  checkPlaces(params);
  const { text, tools, stream: _, ...others } = params;
  const format = text?.format == null ? undefined : textFormat(text.format);
  const functions = Array.isArray(tools) ? parsedTools(tools) : undefined;
  const asked = {
    ...others,
    ...(text != null && { text: format === undefined ? text : { ...text, format: format.sent } }),
    ...(tools != null && { tools: functions?.sent ?? tools }),
  };
  // What these are is checked with the call.
  const answer = yield* asking<ResponseParams, ModelResponse>(asked as ResponseParams);
  checkEnd(answer);
  const output: ParsedItem<unknown>[] = [];
  for (const item of answer.output)
    output.push(yield* readItem(item, answer, format?.read, functions?.readers));
  return withFieldsOf({ ...answer, output, output_parsed: firstParsed(output) }, answer);
}

/** What stands elsewhere than in a chat, where no service would miss it. */
function checkPlaces(params: unknown): void {
  const wrong = (what: string): G4FError => new G4FError(what, { code: 'invalid-request' });
  if (!isFields(params)) throw wrong('responses.parse: an object with model and input was expected.');
  if (params.response_format != null)
    throw wrong(
      'response_format is a parameter of chats: a response has its form in text, as in { text: { format } }.',
    );
  if (params.emulate != null)
    throw wrong('emulate is a parameter of chat.completions.parse: responses.parse has none.');
  if (isSchema(params.text))
    throw wrong('text: an object with format was expected: give { text: { format: schema } }.');
}

/** @throws G4FError for a response that is not whole: what there is of it may even be JSON. */
function checkEnd(answer: ModelResponse): void {
  if (answer.status !== 'incomplete') return;
  const reason = answer.incomplete_details?.reason;
  const told = `incomplete_details.reason "${reason}"`;
  throw parseFailure(
    answer,
    answer.output_text ?? null,
    reason === 'content_filter' ? filteredAnswer(told) : cutOrOther(reason, told),
  );
}

const cutOrOther = (reason: string | undefined, told: string) =>
  reason === 'max_output_tokens'
    ? cutAnswer(told, 'max_output_tokens')
    : ({
        what: `the response is incomplete (${told}), so it cannot be parsed.`,
        code: 'bad-response',
      } as const);

function* readItem(
  item: ResponseOutputItem,
  answer: ModelResponse,
  read: AnswerReader | undefined,
  readers: ReadonlyMap<string, AnswerReader> | undefined,
): Steps<ParsedItem<unknown>> {
  if (item.type === 'message') return { ...item, content: yield* readMessage(item.content, answer, read) };
  if (item.type !== 'function_call') return item;
  const reader = readers?.get(item.name);
  const parsed_arguments =
    reader === undefined
      ? null
      : yield* readOne(reader, item.arguments, answer, `the arguments of ${item.name} do not fit its schema`);
  return { ...item, parsed_arguments };
}

function* readMessage(
  content: readonly ResponseOutputPart[],
  answer: ModelResponse,
  read: AnswerReader | undefined,
): Steps<readonly ParsedPart<unknown>[]> {
  const parts: ParsedPart<unknown>[] = [];
  const calls = answer.output.some(({ type }) => type === 'function_call' || type === 'custom_tool_call');
  for (const part of content) {
    if (part.type !== 'output_text') parts.push(part);
    // Some write an empty text beside their calls.
    else if (read === undefined || (part.text === '' && calls)) parts.push({ ...part, parsed: null });
    else
      parts.push({
        ...part,
        parsed: yield* readOne(read, part.text, answer, 'the answer does not fit text.format'),
      });
  }
  return parts;
}

/** @throws G4FError `bad-response` */
function* readOne(reader: AnswerReader, text: string, answer: ModelResponse, what: string): Steps<unknown> {
  const read = yield* reader(text);
  if ('wrong' in read)
    throw parseFailure(answer, text, { what: `${what}: ${read.wrong}.`, code: 'bad-response' });
  return read.value;
}

/** Null for a refusal, and for a response that only calls tools. */
function firstParsed(output: readonly ParsedItem<unknown>[]): unknown {
  for (const item of output)
    if (item.type === 'message' && Array.isArray(item.content))
      for (const part of item.content) if (isFields(part) && part.parsed != null) return part.parsed;
  return null;
}
