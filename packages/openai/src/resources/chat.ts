// `chat` of a client.
import type {
  AnyRunnable,
  ChatCompletion,
  ChatCompletionChunk,
  ChatParams,
  ParsedBy,
  ParsedCompletion,
  ParseFormat,
  ParseParams,
  RunToolsParams,
  StreamingParams,
  ToolStep,
  WholeParams,
} from '@g4f/client';
import type { APIPromise } from '../calls/api-promise.ts';
import type { Calls } from '../calls/calls.ts';
import { toParseError } from '../errors/to-parse-error.ts';
import { type WithArguments, withArguments, withParsed } from '../formats/parsed.ts';
import { withAbsent } from '../options/absent.ts';
import type { RequestOptions } from '../options/client-options.ts';
import { type BeginRun, ChatCompletionRunner } from '../streams/chat-completion-runner.ts';
import { ChatCompletionStream } from '../streams/chat-completion-stream.ts';
import type { Stream } from '../streams/stream.ts';

/** The options of `runTools`. */
export interface RunnerOptions extends RequestOptions {
  /** How many answers at most; 10. The same as `maxSteps` among the parameters. */
  readonly maxChatCompletions?: number;
}

/** The parameters of `runTools`: OpenAI's, and `maxSteps`, `approve`, … of g4f. */
export type ToolRunnerParams = RunToolsParams & { readonly stream?: boolean | null };

/** `chat`. */
export class Chat {
  readonly completions: Completions;

  constructor(calls: Calls) {
    this.completions = new Completions(calls);
    withAbsent(this.completions, 'chat.completions', ['retrieve', 'list', 'update', 'delete', 'messages']);
  }
}

/** `chat.completions`. Source: https://platform.openai.com/docs/api-reference/chat */
export class Completions {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** One answer, or its chunks with `stream: true`. Rejects with an `APIError`. */
  create(params: StreamingParams, options?: RequestOptions): APIPromise<Stream<ChatCompletionChunk>>;
  create(params: WholeParams, options?: RequestOptions): APIPromise<ChatCompletion>;
  create(
    params: ChatParams,
    options?: RequestOptions,
  ): APIPromise<Stream<ChatCompletionChunk>> | APIPromise<ChatCompletion>;
  create(
    given: ChatParams,
    request?: RequestOptions,
  ): APIPromise<Stream<ChatCompletionChunk>> | APIPromise<ChatCompletion> {
    const { create } = this.#calls.client.chat.completions;
    const { stream, ...params } = this.#calls.params(given);
    return stream === true
      ? this.#calls.stream((options) => create({ ...params, stream }, options).withResponse(), request)
      : this.#calls.answer((options) => create(params, options).withResponse(), request);
  }

  /** The chunks of one answer, with events and the finished answer. */
  stream(params: ChatParams, request?: RequestOptions): ChatCompletionStream {
    const begin = async () => {
      const options = await this.#calls.options(request);
      return { stream: this.#calls.client.chat.completions.stream(this.#calls.params(params), options) };
    };
    return new ChatCompletionStream(begin(), (answer) => withParsed(answer, params));
  }

  /**
   * An answer that is read by a schema: a Standard Schema (Zod 4, …), or what `zodResponseFormat` makes. Rejects with
   * `LengthFinishReasonError` and `ContentFilterFinishReasonError` for an answer that was stopped, and with what the schema throws.
   */
  parse<const F extends ParseFormat>(
    params: ParseParams<F> & { readonly stream?: false | null },
    request?: RequestOptions,
  ): Promise<ParsedCompletion<ParsedBy<F>> & WithArguments>;
  /** With tools alone: their arguments are read. */
  parse(
    params: WholeParams & { readonly response_format?: null },
    request?: RequestOptions,
  ): Promise<ParsedCompletion<null> & WithArguments>;
  async parse(
    params: (ParseParams<ParseFormat> & { readonly stream?: false | null }) | WholeParams,
    request?: RequestOptions,
  ): Promise<ChatCompletion & WithArguments> {
    if (isOfTools(params)) return withParsed(await this.create(params, request), params);
    const { parse } = this.#calls.client.chat.completions;
    const asked = this.#calls.params(params as ParseParams<ParseFormat>);
    const answer = await toParseError(this.#calls.plain((options) => parse(asked, options), request));
    return withArguments(answer, params);
  }

  /** Asks, runs the tools that the model calls, and asks again, until it answers. */
  runTools(
    params: ToolRunnerParams,
    { maxChatCompletions, ...request }: RunnerOptions = {},
  ): ChatCompletionRunner {
    const { stream, ...given } = this.#calls.params(params);
    const { runTools } = this.#calls.client.chat.completions;
    const { messages, onStep: told } = given;
    const calls = this.#calls;
    const begin: BeginRun = async function* (signal, seen) {
      const options = { ...(await calls.options(request)), signal };
      const asked = {
        ...given,
        tools: Array.isArray(given.tools) ? given.tools.map(readingText) : given.tools,
        ...(maxChatCompletions !== undefined && { maxSteps: maxChatCompletions }),
        async onStep(step: ToolStep) {
          seen(step);
          await told?.(step);
        },
      };
      if (stream !== true) return await runTools(asked, options);
      const run = runTools({ ...asked, stream }, options);
      yield* run;
      return await run.result();
    };
    const begun = typeof messages === 'string' ? [{ role: 'user' as const, content: messages }] : messages;
    return new ChatCompletionRunner(begin, begun ?? [], request.signal);
  }
}

const isOfTools = (params: ParseParams<ParseFormat> | WholeParams): params is WholeParams =>
  params.response_format == null && Array.isArray(params.tools) && params.tools.length > 0;

/** A function without `parse` is given the text that the model wrote, as in OpenAI's library. */
const readingText = (tool: AnyRunnable): AnyRunnable =>
  'execute' in tool || '$parseRaw' in tool || tool.function.parse !== undefined
    ? tool
    : { ...tool, function: { ...tool.function, parse: (text: string) => text } };
