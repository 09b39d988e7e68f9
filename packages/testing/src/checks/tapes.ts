// A provider reads what was recorded: the same, however the bytes are cut, and what it means.
import type { ChatCompletion, Provider } from '@g4f/core';
import type { Golden, Tape } from '../tapes/tape.ts';
import type { Check } from './check.ts';
import { expect, expectEqual } from './expectation.ts';
import { hear } from './play.ts';

const CUTS: readonly (readonly [string, number])[] = [
  ['whole', Number.MAX_SAFE_INTEGER],
  ['in pieces of 7 bytes', 7],
  ['byte by byte', 1],
];

/** The checks of one tape. */
export const tapeChecks = (provider: Provider, tape: Tape): readonly Check[] => {
  if (tape.status !== 200) return [refusedCheck(provider, tape)];
  return [
    ...CUTS.map(
      ([how, size]): Check => ({
        name: `reads ${tape.about}, ${how}`,
        async run() {
          const { answer, error } = await hear(provider, tape, { size });
          if (answer === undefined) throw error;
          compare(answer, tape.golden ?? {});
          // What the golden leaves out must be the same at least.
          const whole = await hear(provider, tape);
          expectEqual('the answer', meaningOf(answer), meaningOf(whole.answer));
        },
      }),
    ),
    ...(tape.sent === undefined ? [] : [sentCheck(provider, tape)]),
  ];
};

const refusedCheck = (provider: Provider, tape: Tape): Check => ({
  name: `reads ${tape.about}`,
  async run() {
    const { error } = await hear(provider, tape);
    expect(error !== undefined, `status ${tape.status} was taken for an answer`);
  },
});

const sentCheck = (provider: Provider, tape: Tape): Check => ({
  name: `asks for ${tape.about} as recorded`,
  async run() {
    const { context } = await hear(provider, tape);
    const [request] = context.requests;
    expect(request !== undefined, 'nothing was sent');
    expect(
      request?.url.endsWith(tape.sent?.path ?? '') === true,
      `path: ${request?.url} does not end with ${tape.sent?.path}`,
    );
    expectEqual('body', JSON.parse(request?.body ?? 'null'), tape.sent?.body);
  },
});

/** An answer without what is made up anew each time: ids that the service did not give, the time. */
const meaningOf = (answer: ChatCompletion | undefined): unknown => ({
  usage: answer?.usage,
  choices: answer?.choices.map(({ message, ...choice }) => ({
    ...choice,
    message: { ...message, tool_calls: message.tool_calls?.map(({ function: fn }) => fn) },
  })),
});

function compare({ choices: [choice], usage }: ChatCompletion, golden: Golden): void {
  const { message } = choice ?? {};
  const seen = {
    text: message?.content ?? '',
    reasoning: message?.reasoning ?? '',
    finish: choice?.finish_reason,
    toolCalls: (message?.tool_calls ?? []).map(({ id, function: fn }) => ({ id, ...fn })),
  };
  if (golden.text !== undefined) expectEqual('text', seen.text, golden.text);
  if (golden.reasoning !== undefined) expectEqual('reasoning', seen.reasoning, golden.reasoning);
  if (golden.finish !== undefined) expectEqual('finish_reason', seen.finish, golden.finish);
  golden.toolCalls?.forEach((call, at) => {
    expectEqual(
      `tool call ${at}`,
      { ...seen.toolCalls[at], id: call.id ?? seen.toolCalls[at]?.id },
      { ...call, id: call.id ?? seen.toolCalls[at]?.id },
    );
  });
  if (golden.toolCalls !== undefined)
    expectEqual('tool calls', seen.toolCalls.length, golden.toolCalls.length);
  for (const name of ['prompt_tokens', 'completion_tokens'] as const) {
    if (golden.usage?.[name] !== undefined) expectEqual(`usage.${name}`, usage?.[name], golden.usage[name]);
  }
}
