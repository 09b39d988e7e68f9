// The door of @g4f/client for browsers: there a thread cannot wait, so there is no `Client`.
export type {
  Embedding,
  EmbeddingInput,
  EmbeddingResponse,
  ImageResponseFormat,
  Moderation,
  ModerationInput,
  ModerationResponse,
  ResponseFormat,
  SpeechFormat,
  TextChoice,
  TextCompletion,
  ToolChoice,
  Transcription,
  TranscriptionEvent,
  TranscriptionFormat,
  TranscriptionSegment,
  TranscriptionWord,
} from '@g4f/core';
export { AsyncClient } from './async-client.ts';
export type {
  ConversationInput,
  EntryPlace,
  ForkParams,
  TokenCount,
} from './conversations/conversation-input.ts';
export type {
  AnswerFacts,
  ConversationEntry,
  ConversationRecord,
  ConversationStore,
  StoredConversation,
} from './conversations/stored-conversation.ts';
export * from './core-exports.ts';
export { withBudget } from './middleware/with-budget.ts';
export { withCache } from './middleware/with-cache.ts';
export { withLog } from './middleware/with-log.ts';
export { type PartialJson, partialJson } from './programs/parse/partial-json.ts';
export { type ToolDefinition, tool } from './programs/tools/tool.ts';
export type { OwnPrivate, PrivateKind, RedactionOptions } from './redaction/options.ts';
export { withRedaction } from './redaction/with-redaction.ts';
export type {
  AsyncSpeech,
  SpeechParams,
  TimedTranscription,
  TranscriptionParams,
  TranscriptionStream,
  TranslationParams,
} from './surface/audio.ts';
export type { CallEvents } from './surface/call-events.ts';
export type {
  ChatParams,
  GivenAssistantMessage,
  GivenCustomCall,
  GivenCustomTool,
  GivenFormat,
  GivenFunctionMessage,
  GivenMessage,
  GivenSchema,
  GivenTool,
  GivenToolChoice,
  SchemaParams,
  StandardSchema,
  StreamingParams,
  WholeParams,
} from './surface/chat.ts';
export type {
  AsyncChunkStream,
  ChatSnapshot,
  ChatStreamEvent,
  ChatStreamEvents,
  ChatStreamListener,
  ToolCallSnapshot,
} from './surface/chat-stream.ts';
export type { TextParams } from './surface/completions.ts';
export type { EmbeddingParams } from './surface/embeddings.ts';
export type {
  ImageEditParams,
  ImageGenerateParams,
  ImageStream,
  Images,
  ImageVariationParams,
} from './surface/images.ts';
export type {
  BudgetOptions,
  CacheOptions,
  CacheStore,
  CallFields,
  Handler,
  Logger,
  Middleware,
  MiddlewareCall,
  MiddlewareOptions,
  Need,
  Next,
  StoredCacheOptions,
  WrapProvider,
} from './surface/middleware.ts';
export type { ListError, ListParams, Model, ModelList, ModelPage } from './surface/models.ts';
export type { ModerationParams } from './surface/moderations.ts';
export type {
  CallOptions,
  ClientOptions,
  Hedge,
  Keys,
  ModelName,
  ProviderChoice,
  ProviderId,
  Retired,
  Routing,
  RoutingPolicy,
  Timeouts,
} from './surface/options.ts';
export type {
  AsyncAnswerStream,
  AsyncPartStream,
  PipeOptions,
  SyncPartStream,
} from './surface/part-stream.ts';
export type {
  AsyncProgramStream,
  Conversation,
  ConversationParams,
  OpenConversation,
  ParsedBy,
  ParsedChunk,
  ParsedCompletion,
  ParsedMessage,
  ParseFormat,
  ParseParams,
  RunToolsParams,
  SendParams,
  ToolResult,
  ToolRun,
  ToolStep,
  ToolStopReason,
} from './surface/programs.ts';
export type { AnswerPromise, RouteAttempt, ServiceResponse, WithResponse } from './surface/received.ts';
export type { BackendHealth, ClientUsage, ModelUsage, UsageSums } from './surface/reports.ts';
export type {
  AsyncResponseStream,
  InputItemsPage,
  InputItemsParams,
  ParsedByText,
  ParsedItem,
  ParsedResponse,
  ParsedResponseEvent,
  ParseResponseParams,
  ResponseParams,
  RetrieveParams,
  StreamingResponseParams,
  WholeResponseParams,
} from './surface/responses.ts';
export type {
  AnyRunnable,
  ParseableTool,
  RunnableFunction,
  RunnableTool,
  ToolContext,
} from './surface/runnable-tools.ts';
export type { NamedUpload, Uploadable, UploadData } from './surface/uploadable.ts';
