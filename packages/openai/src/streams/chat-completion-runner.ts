// What `chat.completions.runTools` gives: it asks, runs the tools, and asks again, and tells what happens by events.
// Source: https://github.com/openai/openai-node/blob/v6.30.1/helpers.md#automated-function-calls
import type {
  ChatCompletion,
  ChatCompletionChunk,
  GivenMessage,
  Message,
  ToolRun,
  ToolStep,
  Usage,
} from '@g4f/client';
import { type EndEvents, EventStream } from './event-stream.ts';

/** The message of an answer. */
export type AnswerMessage = ChatCompletion['choices'][number]['message'];

/** A function that the model calls. */
export interface FunctionCall {
  readonly name: string;
  readonly arguments: string;
}

/** The events of a run. What is told of a step comes when its tools have run; `content` of a streamed run as it is written. */
export interface RunnerEvents extends EndEvents {
  chunk: [chunk: ChatCompletionChunk];
  /** Of a streamed run the new text and all of this answer; else the whole text of an answer. */
  content: [delta: string, snapshot: string];
  chatCompletion: [completion: ChatCompletion];
  message: [message: GivenMessage | AnswerMessage];
  functionToolCall: [call: FunctionCall];
  functionToolCallResult: [content: string];
  finalChatCompletion: [completion: ChatCompletion];
  finalMessage: [message: AnswerMessage];
  finalContent: [content: string];
  finalFunctionToolCall: [call: FunctionCall];
  finalFunctionToolCallResult: [content: string];
  totalUsage: [usage: Usage];
}

/** Begins a run. @param onStep is told of each step. */
export type BeginRun = (
  signal: AbortSignal,
  onStep: (step: ToolStep) => void,
) => AsyncGenerator<ChatCompletionChunk, ToolRun>;

/** A run of tools. A streamed one can be read with `for await`: the chunks of all its answers. */
export class ChatCompletionRunner extends EventStream<ChatCompletionChunk, ToolRun, RunnerEvents> {
  /** The conversation so far. */
  readonly messages: (GivenMessage | AnswerMessage)[];
  readonly #begin: BeginRun;
  readonly #steps: ToolStep[] = [];
  #text = '';
  #isStreamed = false;

  constructor(begin: BeginRun, messages: readonly GivenMessage[], signal?: AbortSignal | null) {
    super(signal);
    this.#begin = begin;
    this.messages = [...messages];
  }

  allChatCompletions(): ChatCompletion[] {
    return this.#steps.map(({ answer }) => answer);
  }

  /** The last answer. Rejects where the run fails, as all of these do. */
  async finalChatCompletion(): Promise<ChatCompletion> {
    return lastAnswer(await this.result());
  }

  async finalMessage(): Promise<AnswerMessage> {
    return (await this.result()).message;
  }

  async finalContent(): Promise<string | null> {
    return (await this.finalMessage()).content;
  }

  async finalFunctionToolCall(): Promise<FunctionCall | undefined> {
    return lastCall(await this.result())?.call.function;
  }

  async finalFunctionToolCallResult(): Promise<string | undefined> {
    return lastCall(await this.result())?.content;
  }

  /** The sum of all answers; undefined where no service told it. */
  async totalUsage(): Promise<Usage | undefined> {
    return (await this.result()).usage;
  }

  protected open(): AsyncGenerator<ChatCompletionChunk, ToolRun> {
    return this.#begin(this.controller.signal, (step) => this.#seeStep(step));
  }

  protected see(chunk: ChatCompletionChunk): void {
    this.#isStreamed = true;
    this.emit('chunk', chunk);
    const delta = chunk.choices[0]?.delta.content;
    if (!delta) return;
    this.#text += delta;
    this.emit('content', delta, this.#text);
  }

  protected finish(run: ToolRun): void {
    const { message, usage } = run;
    this.emit('finalChatCompletion', lastAnswer(run));
    this.emit('finalMessage', message);
    if (message.content) this.emit('finalContent', message.content);
    const last = lastCall(run);
    if (last !== undefined) {
      this.emit('finalFunctionToolCall', last.call.function);
      this.emit('finalFunctionToolCallResult', last.content);
    }
    if (usage !== undefined) this.emit('totalUsage', usage);
  }

  #seeStep(step: ToolStep): void {
    const { answer, results } = step;
    this.#steps.push(step);
    this.#text = '';
    this.emit('chatCompletion', answer);
    const message = answer.choices[0]?.message;
    if (message !== undefined) {
      this.messages.push(message);
      this.emit('message', message);
      if (!this.#isStreamed && message.content) this.emit('content', message.content, message.content);
    }
    for (const { call } of results) this.emit('functionToolCall', call.function);
    for (const { call, content } of results) {
      const told: Message = { role: 'tool', tool_call_id: call.id, content };
      this.messages.push(told);
      this.emit('functionToolCallResult', content);
      this.emit('message', told);
    }
  }
}

const lastCall = ({ steps }: ToolRun) => steps.flatMap(({ results }) => results).at(-1);

function lastAnswer({ steps }: ToolRun): ChatCompletion {
  const answer = steps.at(-1)?.answer;
  // A run has a step before it has a result.
  if (answer === undefined) throw new Error('the run has no answer');
  return answer;
}
