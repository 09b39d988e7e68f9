// `chat.completions.runTools`: asks, runs the tools that the model calls, and asks again, until it answers.
import { type ChatCompletion, type CompletionChoice, G4FError, type Message } from '@g4f/core';
import { withJsonSchemas } from '../../chat/json-schema.ts';
import { wrong } from '../../options/check-option.ts';
import { type Fields, isFields } from '../../options/plain-value.ts';
import type { AnyRunToolsParams, ToolRun, ToolStep, ToolStopReason } from '../../surface/programs.ts';
import { conversationOf } from '../running/conversation.ts';
import { withoutSlips } from '../running/own-names.ts';
import { asking, calling, type Program } from '../running/program.ts';
import { sumOfUsage } from '../running/usage-sum.ts';
import { fieldOf } from '../running/validate.ts';
import { toolEmulation } from './emulation.ts';
import { readTools } from './read-tool.ts';
import { results, type ToolRules } from './tool-calls.ts';

const OWN = ['maxSteps', 'maxRepeats', 'concurrency', 'toolTimeout', 'approve', 'onStep', 'emulate'] as const;
const MAX_STEPS = 10;
const MAX_REPEATS = 3;
const CONCURRENCY = 5;
const TOOL_TIMEOUT_MS = 60_000;

/** The program. @throws G4FError `invalid-request` for what is wrong with the parameters. */
export function* toolLoop(given: AnyRunToolsParams): Program<ToolRun> {
  const { params, rules, maxSteps, repeats, onStep, emulation } = readRun(
    withoutSlips('runTools', given, OWN),
  );
  const messages: Message[] = [...conversationOf(given.messages)];
  const steps: ToolStep[] = [];
  for (;;) {
    const asked = { ...params, ...choiceAt(steps.length, params), messages: [...messages] };
    const answer =
      emulation === undefined
        ? yield* asking(asked)
        : emulation.read(yield* asking(emulation.asked(asked)), messages.length);
    const choice = firstOf(answer);
    messages.push(choice.message);
    const step = { answer, results: yield* results(choice, rules, fieldOf(asked, 'tool_choice')) };
    for (const { call, content } of step.results)
      messages.push({ role: 'tool', tool_call_id: call.id, content });
    steps.push(step);
    if (onStep != null) yield* calling('onStep', () => onStep(step));
    const stopReason = reasonToStop(choice, repeats.sees(step), steps.length >= maxSteps);
    if (stopReason === undefined) continue;
    const usage = sumOfUsage(steps.map(({ answer: { usage: one } }) => one));
    return { message: choice.message, messages, steps, usage, stopReason };
  }
}

/** What is ours among the parameters, checked, and what the model is asked with. @throws G4FError `invalid-request` */
function readRun({ tools: given, stream: _, ...others }: AnyRunToolsParams) {
  const { maxSteps, maxRepeats, concurrency, toolTimeout, approve, onStep, emulate, ...asked } = others;
  const { n }: { readonly n?: unknown } = Object(asked);
  if (n != null && n !== 1) throw wrong('n', '1, because tools are run for one answer', n);
  checkCallback('approve', approve);
  checkCallback('onStep', onStep);
  const tools = readTools(given);
  const rules: ToolRules = {
    tools,
    concurrency: count('concurrency', concurrency, CONCURRENCY, 1),
    timeout: count('toolTimeout', toolTimeout, TOOL_TIMEOUT_MS, 0),
    ...(approve != null && { approve }),
  };
  return {
    // Once for all steps: to write the JSON Schema of a library's costs more than all else that a step does.
    params: withJsonSchemas({ ...asked, tools: [...tools.values()].map(({ sent }) => sent) }),
    rules,
    maxSteps: count('maxSteps', maxSteps, MAX_STEPS, 1),
    repeats: new Repeats(count('maxRepeats', maxRepeats, MAX_REPEATS, 0)),
    onStep,
    emulation: toolEmulation(emulate, asked.response_format),
  };
}

/**
 * A choice that forces a call does so once: forced each time, the model could never answer. Which tools are allowed at all holds
 * for every step.
 */
function choiceAt(step: number, { tool_choice: choice }: { readonly tool_choice?: unknown }): Fields {
  const type = isFields(choice) ? choice.type : choice;
  if (step === 0 || choice == null || type === 'auto' || type === 'none') return {};
  if (!isFields(choice) || type !== 'allowed_tools') return { tool_choice: 'auto' };
  return { tool_choice: { ...choice, allowed_tools: { ...Object(choice.allowed_tools), mode: 'auto' } } };
}

function firstOf({ choices: [choice], provider, model }: ChatCompletion): CompletionChoice {
  if (choice !== undefined) return choice;
  throw new G4FError(`${provider}: the answer has no choice.`, { code: 'bad-response', provider, model });
}

function reasonToStop(
  { finish_reason: reason, message }: CompletionChoice,
  isRepeated: boolean,
  isLast: boolean,
): ToolStopReason | undefined {
  if (reason === 'content_filter') return reason;
  if ((message.tool_calls ?? []).length === 0) return reason === 'length' ? reason : 'stop';
  if (isRepeated) return 'repeated-calls';
  return isLast ? 'max-steps' : undefined;
}

/** How often each call gave each result. A call whose result changes, such as a look whether something is ready, is none. */
class Repeats {
  readonly #seen = new Map<string, number>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** Whether some call has now been repeated too often. Calls of one step count once: nobody could have known the result. */
  sees({ results: all }: ToolStep): boolean {
    if (this.#most === 0) return false;
    const keys = new Set(
      all.map(({ call, content }) => JSON.stringify([call.function.name, call.function.arguments, content])),
    );
    for (const key of keys) this.#seen.set(key, (this.#seen.get(key) ?? 0) + 1);
    return [...keys].some((key) => (this.#seen.get(key) ?? 0) >= this.#most);
  }
}

function count(name: string, value: unknown, otherwise: number, least: number): number {
  if (value == null) return otherwise;
  if (Number.isSafeInteger(value) && Number(value) >= least) return Number(value);
  throw wrong(name, `a whole number, ${least} or more`, value);
}

function checkCallback(name: string, value: unknown): void {
  if (value != null && typeof value !== 'function') throw wrong(name, 'a function', value);
}
