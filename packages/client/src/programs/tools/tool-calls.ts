// The calls of one answer: which may run, and what the model is given for each.
import { type CompletionChoice, redact, type ToolCall } from '@g4f/core';
import { quote } from '../../errors/quote.ts';
import type { ToolResult, ToolRunOptions } from '../../surface/programs.ts';
import { calling, type Program, running, type TaskOutcome } from '../running/program.ts';
import type { ReadyTool } from './read-tool.ts';
import { type Allowed, allowedBy } from './tool-choice.ts';

/** What the calls of a run have in common. */
export interface ToolRules extends Pick<ToolRunOptions, 'approve'> {
  readonly tools: ReadonlyMap<string, ReadyTool>;
  readonly concurrency: number;
  readonly timeout: number;
}

/** A call that may run. */
interface ReadyCall {
  readonly call: ToolCall;
  readonly tool: ReadyTool;
  readonly args: unknown;
}

/** The results of all calls of an answer, in their order. @param asked the `tool_choice` that it was asked for with. */
export function* results(
  choice: CompletionChoice,
  rules: ToolRules,
  asked?: unknown,
): Program<readonly ToolResult[]> {
  const calls = choice.message.tool_calls ?? [];
  const { names } = allowedBy(asked);
  const looked: (ReadyCall | ToolResult)[] = [];
  for (const call of calls) looked.push(yield* ready(call, choice, { ...rules, names }));
  const tasks = looked.filter(isReady).map(({ call, tool, args }) => ({
    what: `the tool ${quote(tool.name)}`,
    run: (signal: AbortSignal) => tool.run(args, { signal, call }),
  }));
  const { concurrency, timeout } = rules;
  const outcomes = tasks.length === 0 ? [] : yield* running({ tasks, concurrency, timeout });
  let at = 0;
  return looked.map((one) => (isReady(one) ? resultOf(one, outcomes[at++]) : one));
}

const isReady = (one: ReadyCall | ToolResult): one is ReadyCall => 'tool' in one;

/** The call, if it may run; otherwise what the model is told. */
function* ready(
  call: ToolCall,
  { finish_reason: reason }: CompletionChoice,
  { tools, names, approve }: ToolRules & Pick<Allowed, 'names'>,
): Program<ReadyCall | ToolResult> {
  // What has been cut may be JSON all the same, of other arguments than were meant.
  if (reason === 'length' || reason === 'content_filter')
    return refused(call, 'The answer with this call was cut, so the tool was not run.');
  const tool = call.type === 'custom' ? undefined : tools.get(call.function.name);
  if (tool === undefined)
    return refused(call, `There is no such tool. There are: ${[...tools.keys()].join(', ')}.`);
  // A service may overlook the choice, and where tools are emulated nothing but words may hold it.
  if (names !== undefined && !names.includes(tool.name))
    return refused(
      call,
      `The tool was not run: only these may be called now: ${names.join(', ') || 'none'}.`,
    );
  const read = yield* tool.read(call.function.arguments);
  if ('wrong' in read) return refused(call, `The tool was not run: ${read.wrong}.`);
  const isAllowed =
    approve === undefined || (yield* calling('approve', () => approve(call, read.value))) === true;
  if (!isAllowed) return { ...refused(call, 'The user did not allow this call.'), arguments: read.value };
  return { call, tool, args: read.value };
}

const refused = (call: ToolCall, error: string): ToolResult => ({ call, error, content: asError(error) });

function resultOf(
  { call, args }: ReadyCall,
  outcome: TaskOutcome = { error: 'It was not run.' },
): ToolResult {
  const known = { call, arguments: args };
  if ('error' in outcome) return { ...known, error: outcome.error, content: asError(wordsOf(outcome.error)) };
  const { value } = outcome;
  try {
    return {
      ...known,
      value,
      content: typeof value === 'string' ? value : (JSON.stringify(value) ?? 'null'),
    };
  } catch (error) {
    const what = 'The tool was run, but what it returned cannot be written as JSON.';
    return { ...known, value, error, content: asError(what) };
  }
}

const asError = (error: string): string => JSON.stringify({ error });

/** Longer messages of errors are cut: the model has to read them. */
const LONGEST = 1000;

function wordsOf(error: unknown): string {
  const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return redact(words.slice(0, LONGEST));
}
