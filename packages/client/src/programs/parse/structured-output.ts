// `chat.completions.parse`: asks for an answer of a form, and checks that it has it.
import type { ChatCompletion, CompletionChoice, Message } from '@g4f/core';
import type { ChatParams } from '../../surface/chat.ts';
import type { AnyParseParams, ParsedCompletion } from '../../surface/programs.ts';
import { conversationOf } from '../running/conversation.ts';
import { withoutSlips } from '../running/own-names.ts';
import { asking, type Program } from '../running/program.ts';
import { sumOfUsage } from '../running/usage-sum.ts';
import type { Checked } from '../running/validate.ts';
import { type AnswerFormat, answerFormat } from './answer-format.ts';
import { fromFences, instruction, repair } from './emulation.ts';
import { cutAnswer, filteredAnswer, parseFailure, withFieldsOf } from './parse-failure.ts';

/** The program. @throws G4FError as `ParseCompletion` says */
export function* parsing(params: AnyParseParams): Program<ParsedCompletion<unknown>> {
  const { response_format, emulate, stream: _, ...others } = withoutSlips('parse', params, ['emulate']);
  const format = answerFormat(response_format);
  if (emulate === true) return yield* emulated(format, others);
  const answer = yield* asking<ChatParams>({ ...others, response_format: format.sent });
  return withParsed(answer, yield* readAll(answer, format));
}

/** By instruction alone: nothing of the format is sent. An answer that does not fit is asked for once more, openly. */
function* emulated(format: AnswerFormat, others: ChatParams): Program<ParsedCompletion<unknown>> {
  const messages: readonly Message[] = [instruction(format.schema), ...conversationOf(others.messages)];
  const first = yield* asking<ChatParams>({ ...others, messages });
  const read = yield* readAll(first, format, fromFences);
  const wrong = read.map((one) => (one !== null && 'wrong' in one ? one.wrong : undefined));
  const at = wrong.findIndex((one) => one !== undefined);
  const choice = first.choices[at];
  if (choice === undefined) return withParsed(first, read);
  const reason = wrong[at] ?? '';
  const second = yield* asking<ChatParams>({
    ...others,
    messages: [...messages, ...repair(choice.message, reason)],
  });
  const usage = sumOfUsage([first.usage, second.usage]);
  const answer = {
    ...second,
    ...(usage !== undefined && { usage }),
    warnings: [
      ...(first.warnings ?? []),
      ...(second.warnings ?? []),
      `the first answer did not fit response_format (${reason}): asked once more.`,
    ],
  };
  return withParsed(answer, yield* readAll(answer, format, fromFences));
}

/** What each choice says; null where there is nothing to read. */
function* readAll(
  answer: ChatCompletion,
  format: AnswerFormat,
  textIn: (content: string) => string = (content) => content,
): Program<readonly (Checked | null)[]> {
  const read: (Checked | null)[] = [];
  for (const choice of answer.choices) {
    checkEnd(choice, answer);
    read.push(isToRead(choice) ? yield* format.read(textIn(choice.message.content ?? '')) : null);
  }
  return read;
}

/** A refusal, and an answer that only calls tools, have nothing to read. */
const isToRead = ({ message: { content, refusal, tool_calls } }: CompletionChoice): boolean =>
  !refusal && ((content ?? '') !== '' || tool_calls === undefined);

/** @throws G4FError for an answer that is not whole: what there is of it may even be JSON. */
function checkEnd({ finish_reason: reason, message }: CompletionChoice, answer: ChatCompletion): void {
  if (reason === 'length')
    throw parseFailure(answer, message.content, cutAnswer('finish_reason "length"', 'max_completion_tokens'));
  if (reason === 'content_filter')
    throw parseFailure(answer, message.content, filteredAnswer('finish_reason "content_filter"'));
}

function withParsed(answer: ChatCompletion, read: readonly (Checked | null)[]): ParsedCompletion<unknown> {
  const choices = answer.choices.map((choice, at) => {
    const one = read[at] ?? null;
    const { message } = choice;
    if (one !== null && 'wrong' in one)
      throw parseFailure(answer, message.content, {
        code: 'bad-response',
        what: `the answer does not fit response_format: ${one.wrong}.`,
      });
    return { ...choice, message: { ...message, parsed: one === null ? null : one.value } };
  });
  return withFieldsOf({ ...answer, choices }, answer);
}
