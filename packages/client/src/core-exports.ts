// What every door of this package hands on of @g4f/core.
export {
  type AttemptReport,
  type ChatCompletion,
  type ChatCompletionChunk,
  type ErrorCode,
  extraOf,
  type FailureScope,
  G4FError,
  isG4FError,
  type Message,
  scopeOf,
  type TimeoutPhase,
  type Tool,
  type ToolCall,
  type Usage,
} from '@g4f/core';
