// The chat model: chats of a client. Source: https://docs.langchain.com/oss/javascript/integrations/chat
import {
  type AsyncClient,
  type CallOptions,
  type ChatParams,
  type ClientOptions,
  G4FError,
  isG4FError,
  type ModelName,
} from '@g4f/client';
import type { ToolChoice } from '@g4f/core';
import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager';
import type {
  BaseLanguageModelInput,
  StructuredOutputMethodOptions,
} from '@langchain/core/language_models/base';
import {
  BaseChatModel,
  type BaseChatModelCallOptions,
  type BaseChatModelParams,
  type BindToolsInput,
  type LangSmithParams,
} from '@langchain/core/language_models/chat_models';
import type { AIMessageChunk, BaseMessage } from '@langchain/core/messages';
import { ChatGenerationChunk, type ChatResult } from '@langchain/core/outputs';
import type { Runnable } from '@langchain/core/runnables';
import { convertToOpenAITool } from '@langchain/core/utils/function_calling';
import { clientOf, identityOf } from './client-of.ts';
import { type OutputSchema, structured } from './structured.ts';
import { toAIMessage, toChunk, toLastChunk } from './to-ai-message.ts';
import { toMessages } from './to-messages.ts';

/** Parameters of a chat in OpenAI's spelling (`temperature`, `max_completion_tokens`, …). */
export type ChatG4FParams = Omit<Partial<ChatParams>, 'model' | 'messages' | 'stream' | 'tools' | 'n'>;

/** What the model is made with. Retries and limits are the client's: `maxRetries`, `withLimits`. */
export interface ChatG4FFields
  extends Omit<BaseChatModelParams, 'maxRetries' | 'maxConcurrency' | 'onFailedAttempt'> {
  /** A family, a provider's own id, or `provider:id`, as `AsyncClient` takes it. */
  readonly model: ModelName;
  /** The client that carries out the calls, or the options of a new one; without it one with all that the environment sets. */
  readonly client?: AsyncClient | ClientOptions;
  /** Parameters of every call. */
  readonly params?: ChatG4FParams;
}

/** What a call may be given. */
export interface ChatG4FCallOptions extends BaseChatModelCallOptions {
  readonly tools?: readonly BindToolsInput[];
  readonly response_format?: ChatParams['response_format'];
  /** Parameters of this call, over those of the model. */
  readonly params?: ChatG4FParams;
}

type Input = BaseLanguageModelInput;

/** A chat model over every provider of g4f, with its routing and failover. Failures are `G4FError`s. */
export class ChatG4F extends BaseChatModel<ChatG4FCallOptions> {
  readonly model: ModelName;
  /** The client: its `usage()`, `health()`, `close()`. */
  readonly client: AsyncClient;
  readonly #params: ChatG4FParams;
  readonly #identity: Readonly<Record<string, unknown>>;

  /** @throws G4FError `invalid-request` for an option that there is not, or of the client that is not what it must be */
  constructor({ model, client = {}, params = {}, ...fields }: ChatG4FFields) {
    checkFields(fields);
    super(fields);
    this.model = model;
    this.client = clientOf(client);
    this.#identity = identityOf(client);
    this.#params = params;
  }

  static override lc_name(): string {
    return 'ChatG4F';
  }

  override _llmType(): string {
    return 'g4f';
  }

  /** By which LangChain's cache tells this model from others. */
  override _identifyingParams(): Record<string, unknown> {
    return { ...this.#identity, model: this.model, params: this.#params };
  }

  override invocationParams(options?: this['ParsedCallOptions']): Omit<ChatParams, 'messages' | 'stream'> {
    return { ...this.#params, ...paramsOf(options), model: this.model };
  }

  override getLsParams(options: this['ParsedCallOptions']): LangSmithParams {
    return { ...super.getLsParams(options), ls_provider: 'g4f', ls_model_name: this.model };
  }

  override bindTools(
    tools: BindToolsInput[],
    kwargs: Partial<ChatG4FCallOptions> = {},
  ): Runnable<Input, AIMessageChunk, ChatG4FCallOptions> {
    return this.withConfig({ ...kwargs, tools: tools.map(toolOf) });
  }

  override withStructuredOutput<T extends Record<string, unknown>>(
    schema: OutputSchema<T>,
    config?: StructuredOutputMethodOptions<false>,
  ): Runnable<Input, T>;
  override withStructuredOutput<T extends Record<string, unknown>>(
    schema: OutputSchema<T>,
    config?: StructuredOutputMethodOptions<true>,
  ): Runnable<Input, { raw: BaseMessage; parsed: T }>;
  override withStructuredOutput<T extends Record<string, unknown>>(
    schema: OutputSchema<T>,
    config?: StructuredOutputMethodOptions<boolean>,
  ): Runnable<Input, T> | Runnable<Input, { raw: BaseMessage; parsed: T }> {
    return structured((options) => this.withConfig(options), schema, config);
  }

  override async _generate(messages: BaseMessage[], options: this['ParsedCallOptions']): Promise<ChatResult> {
    const asked = this.client.chat.completions.create(this.#asked(messages, options), callOf(options));
    const answer = await asked.catch((error: unknown) => {
      throw toldAsTimeout(error, options);
    });
    return {
      generations: answer.choices.map((choice) => {
        const message = toAIMessage(answer, choice);
        return { text: message.text, message };
      }),
    };
  }

  /** Text and reasoning come as they arrive, calls of tools whole, at the end. */
  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    manager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const stream = this.client.chat.completions.stream(this.#asked(messages, options), callOf(options));
    try {
      for await (const { id, choices } of stream) {
        const message = toChunk(id, choices[0]);
        if (message !== undefined) yield await told(message, manager);
      }
      const answer = await stream.finalChatCompletion();
      const [choice] = answer.choices;
      if (choice !== undefined) yield await told(toLastChunk(answer, choice), manager);
    } catch (error) {
      throw toldAsTimeout(error, options);
    }
  }

  #asked(messages: BaseMessage[], options: this['ParsedCallOptions']) {
    return { ...this.invocationParams(options), messages: toMessages(messages), stream: false } as const;
  }
}

async function told(
  message: AIMessageChunk,
  manager?: CallbackManagerForLLMRun,
): Promise<ChatGenerationChunk> {
  const chunk = new ChatGenerationChunk({ message, text: message.text });
  const place = { prompt: 0, completion: 0 };
  await manager?.handleLLMNewToken(chunk.text, place, undefined, undefined, undefined, { chunk });
  return chunk;
}

/** LangChain's own fields; what it knows besides (`maxRetries`, …) is the client's here. */
const FIELDS: Readonly<Record<Exclude<keyof ChatG4FFields, 'model' | 'client' | 'params'>, true>> = {
  cache: true,
  callbackManager: true,
  callbacks: true,
  disableStreaming: true,
  metadata: true,
  outputVersion: true,
  tags: true,
  verbose: true,
};

function checkFields(fields: object): void {
  const other = Object.keys(fields).find((name) => !Object.hasOwn(FIELDS, name));
  if (other !== undefined)
    throw new G4FError(
      `ChatG4F: there is no option "${other}". Parameters of a chat go into params: { … }, options of the client into client: { … }.`,
      { code: 'invalid-request' },
    );
}

/** The caller has not left where the time that it gave is over. */
const toldAsTimeout = (error: unknown, { signal }: Pick<ChatG4FCallOptions, 'signal'>): unknown =>
  isG4FError(error) && error.code === 'aborted' && Object(signal?.reason).name === 'TimeoutError'
    ? new G4FError('ChatG4F: the answer took longer than the timeout of the call. Give it more time.', {
        code: 'timeout',
        cause: error,
      })
    : error;

/** LangChain has made a signal of its `timeout`. */
const callOf = ({ signal }: Pick<ChatG4FCallOptions, 'signal'>): CallOptions =>
  signal === undefined ? {} : { signal };

const paramsOf = ({
  stop,
  tools,
  tool_choice: choice,
  response_format,
  params,
}: Partial<ChatG4FCallOptions> = {}) => ({
  ...(stop !== undefined && { stop }),
  ...(tools !== undefined && { tools: tools.map(toolOf) }),
  ...(choice !== undefined && { tool_choice: choiceOf(choice) }),
  ...(response_format !== undefined && { response_format }),
  ...params,
});

/** A tool of LangChain in OpenAI's form; one in that form as it is, which the client checks. */
const toolOf = (tool: BindToolsInput) => convertToOpenAITool(tool);

/** LangChain's `any` and bare names in OpenAI's form; an object is the caller's own. */
function choiceOf(choice: NonNullable<ChatG4FCallOptions['tool_choice']>): ToolChoice {
  if (isOwnChoice(choice)) return choice;
  const word = String(choice);
  if (word === 'any') return 'required';
  if (word === 'auto' || word === 'none' || word === 'required') return word;
  return { type: 'function', function: { name: word } };
}

const isOwnChoice = (choice: unknown): choice is Exclude<ToolChoice, string> =>
  typeof choice === 'object' && choice !== null;
