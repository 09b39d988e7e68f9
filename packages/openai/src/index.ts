// The door of @g4f/openai: the names of the package `openai`.

export { type AzureClientOptions, AzureOpenAI } from './azure-openai.ts';
export { APIPromise } from './calls/api-promise.ts';
export {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  ContentFilterFinishReasonError,
  type ErrorBody,
  InternalServerError,
  LengthFinishReasonError,
  NotFoundError,
  OpenAIError,
  PermissionDeniedError,
  RateLimitError,
  UnprocessableEntityError,
} from './errors/errors.ts';
export { OpenAI, OpenAI as default } from './openai.ts';
export type { ApiKeySetter, ClientOptions, HeadersLike, RequestOptions } from './options/client-options.ts';
export type { TranscriptionParams, TranslationParams } from './resources/audio.ts';
export type { RunnerOptions, ToolRunnerParams } from './resources/chat.ts';
export type { ImageEditParams, ImageVariationParams } from './resources/images.ts';
export type { EmbeddingParams, ModerationParams } from './resources/plain.ts';
export type {
  AnswerMessage,
  ChatCompletionRunner,
  FunctionCall,
  RunnerEvents,
} from './streams/chat-completion-runner.ts';
export type { ChatCompletionStream } from './streams/chat-completion-stream.ts';
export type { ResponseEvents, ResponseStream } from './streams/response-stream.ts';
export { Stream } from './streams/stream.ts';
export { type ToFileInput, toFile, type Uploadable } from './uploads/to-file.ts';
