// The door of @g4f/core.
export { type CauseData, toShownCause } from './cause.ts';
export type { ChatOptions, ChatRequest, ResponseFormat, Tool, ToolChoice } from './chat-request.ts';
export type {
  Annotation,
  AnswerAudio,
  AnswerImage,
  ChatCompletion,
  ChatCompletionChunk,
  ChunkChoice,
  ChunkDelta,
  ChunkProjector,
  CompletionChoice,
  CompletionMessage,
  FileCitation,
  ToldUsage,
  UrlCitation,
} from './completion.ts';
export { createProjector } from './completion.ts';
export type {
  AttemptReport,
  ErrorCode,
  ErrorData,
  ErrorDetails,
  FailureScope,
  ServiceError,
  TimeoutPhase,
} from './errors.ts';
export { G4FError, isG4FError, reworded, scopeOf, toG4FError } from './errors.ts';
export type {
  AnswerStart,
  Aside,
  Batch,
  BatchResult,
  Extra,
  Fields,
  Finish,
  FinishReason,
  Media,
  ReasoningDelta,
  Source,
  StreamEvent,
  TextDelta,
  ToolCallDelta,
  UsageReport,
} from './event.ts';
export { isContent } from './event.ts';
export { extraOf } from './extra-of.ts';
export type { FoldedChoice } from './fold.ts';
export { Folded, fold } from './fold.ts';
export type { Abortable } from './internal/light-abort.ts';
export { GATEWAY_LIMITS, LIMITS, TOOL_LIMITS } from './limits.ts';
export type { LogProbs, TokenLogProb } from './log-probs.ts';
export type {
  AssistantMessage,
  AudioPart,
  Content,
  ContentPart,
  FilePart,
  ImagePart,
  Message,
  ReasoningDetail,
  RefusalPart,
  Role,
  SystemMessage,
  TextPart,
  ToolCall,
  ToolMessage,
  UserMessage,
} from './message.ts';
export { OPERATIONS, type Operation, type Operations } from './operation.ts';
export type { CostBasis } from './operations/cost-basis.ts';
export type {
  Embedding,
  EmbeddingFormat,
  EmbeddingInput,
  EmbeddingRequest,
  EmbeddingResponse,
  EmbeddingUsage,
  EmbeddingVector,
} from './operations/embedding.ts';
export type {
  GeneratedImage,
  ImageCompletedEvent,
  ImageOutput,
  ImagePartialEvent,
  ImageRequest,
  ImageResponseFormat,
  ImageStreamEvent,
  ImagesResponse,
  ImageTask,
  ImageUsage,
} from './operations/image.ts';
export type {
  Moderation,
  ModerationInput,
  ModerationPart,
  ModerationRequest,
  ModerationResponse,
} from './operations/moderation.ts';
export type { ModelResponse, ResponseRequest, ResponseStatus, ResponseUsage } from './operations/response.ts';
export type { ResponseBatch, ResponseStateEvent, ResponseStreamEvent } from './operations/response-event.ts';
export {
  CARRIED_REASONING,
  type ResponseAnnotation,
  type ResponseFunctionCall,
  type ResponseInputPart,
  type ResponseItem,
  type ResponseItemStatus,
  type ResponseLogProb,
  type ResponseOutputItem,
  type ResponseOutputPart,
  type ResponseReasoning,
} from './operations/response-item.ts';
export type { SpeechFormat, SpeechPart, SpeechRequest } from './operations/speech.ts';
export type {
  DeletedResponse,
  ResponseItemList,
  StoredResponse,
  StoredResponseRequest,
  StoredResponseTask,
} from './operations/stored-response.ts';
export type {
  TextChoice,
  TextCompletion,
  TextCompletionRequest,
  TextEnd,
  TextPrompt,
} from './operations/text-completion.ts';
export type {
  Transcription,
  TranscriptionDelta,
  TranscriptionDone,
  TranscriptionEvent,
  TranscriptionFormat,
  TranscriptionPart,
  TranscriptionRequest,
  TranscriptionSegment,
  TranscriptionSegmentEvent,
  TranscriptionText,
  TranscriptionUsage,
  TranscriptionWord,
} from './operations/transcription.ts';
export type { BodyStream, Upload } from './operations/upload.ts';
export type {
  ChatFeature,
  Context,
  Environment,
  HttpRequest,
  HttpResponse,
  Modality,
  ModelFacts,
  PartsOf,
  Price,
  Provider,
  ProviderFacts,
  ProviderOperations,
  Send,
  WaitPhase,
} from './provider.ts';
export { defineProvider, holdsUser } from './provider.ts';
export { redact, secretsIn } from './redact.ts';
export type { StreamGrammar } from './stream-grammar.ts';
export { createGrammar, tooMany, truncated } from './stream-grammar.ts';
export type { ToolCallChunk } from './tool-call-order.ts';
export type { Usage } from './usage.ts';
