// The events of a streamed response, in OpenAI's shapes.
// Source: https://platform.openai.com/docs/api-reference/responses-streaming
import type { ModelResponse } from './response.ts';
import type {
  ResponseAnnotation,
  ResponseLogProb,
  ResponseOutputItem,
  ResponseOutputPart,
  ServiceTool,
} from './response-item.ts';

interface Numbered {
  /** The events of a response are numbered one by one. */
  readonly sequence_number: number;
}

interface OfItem extends Numbered {
  readonly item_id: string;
  readonly output_index: number;
}

interface OfContent extends OfItem {
  readonly content_index: number;
}

interface OfSummary extends OfItem {
  readonly summary_index: number;
}

/** Where the response stands; `completed` and `incomplete` are the last event of a stream. */
export interface ResponseStateEvent extends Numbered {
  readonly type:
    | 'response.created'
    | 'response.queued'
    | 'response.in_progress'
    | 'response.completed'
    | 'response.incomplete';
  readonly response: ModelResponse;
}

/** An item begins, or is complete. */
export interface ResponseItemEvent extends Numbered {
  readonly type: 'response.output_item.added' | 'response.output_item.done';
  readonly output_index: number;
  readonly item: ResponseOutputItem;
}

/** A part of a message begins, or is complete. */
export interface ResponsePartEvent extends OfContent {
  readonly type: 'response.content_part.added' | 'response.content_part.done';
  readonly part: ResponseOutputPart;
}

/** More of a text. */
export interface ResponseTextDelta extends OfContent {
  readonly type: 'response.output_text.delta';
  readonly delta: string;
  readonly logprobs?: readonly ResponseLogProb[];
}

/** A whole text. */
export interface ResponseTextDone extends OfContent {
  readonly type: 'response.output_text.done';
  readonly text: string;
  readonly logprobs?: readonly ResponseLogProb[];
}

/** What a text rests on. */
export interface ResponseAnnotationAdded extends OfContent {
  readonly type: 'response.output_text.annotation.added';
  readonly annotation_index: number;
  readonly annotation: ResponseAnnotation;
}

/** More of a refusal. */
export interface ResponseRefusalDelta extends OfContent {
  readonly type: 'response.refusal.delta';
  readonly delta: string;
}

/** A whole refusal. */
export interface ResponseRefusalDone extends OfContent {
  readonly type: 'response.refusal.done';
  readonly refusal: string;
}

/** More of the arguments of a call, or of the input of a tool without a schema. */
export interface ResponseCallDelta extends OfItem {
  readonly type: 'response.function_call_arguments.delta' | 'response.custom_tool_call_input.delta';
  readonly delta: string;
}

/** The whole arguments of a call. */
export interface ResponseArgumentsDone extends OfItem {
  readonly type: 'response.function_call_arguments.done';
  readonly name?: string;
  readonly arguments: string;
}

/** The whole input of a tool without a schema. */
export interface ResponseCustomInputDone extends OfItem {
  readonly type: 'response.custom_tool_call_input.done';
  readonly input: string;
}

/** A summary of the reasoning begins, or is complete. */
export interface ResponseSummaryPartEvent extends OfSummary {
  readonly type: 'response.reasoning_summary_part.added' | 'response.reasoning_summary_part.done';
  readonly part: { readonly type: 'summary_text'; readonly text: string };
}

/** More of a summary of the reasoning. */
export interface ResponseSummaryDelta extends OfSummary {
  readonly type: 'response.reasoning_summary_text.delta';
  readonly delta: string;
}

/** A whole summary of the reasoning. */
export interface ResponseSummaryDone extends OfSummary {
  readonly type: 'response.reasoning_summary_text.done';
  readonly text: string;
}

/** More of the reasoning itself, where the service shows it. */
export interface ResponseReasoningDelta extends OfContent {
  readonly type: 'response.reasoning_text.delta';
  readonly delta: string;
}

/** The whole reasoning itself. */
export interface ResponseReasoningDone extends OfContent {
  readonly type: 'response.reasoning_text.done';
  readonly text: string;
}

/** What a tool of the service's own does. */
export interface ResponseServiceEvent extends Numbered {
  readonly type: `response.${ServiceTool}${string}.${string}` | `response.audio.${string}`;
  readonly [field: string]: unknown;
}

/**
 * The events of one read: the unit in which they travel from a provider to the reader. An empty one, before a whole response,
 * says that its content has begun to come.
 */
export type ResponseBatch = readonly ResponseStreamEvent[];

/** One event of a streamed response. A failure is no event here: it is thrown. */
export type ResponseStreamEvent =
  | ResponseStateEvent
  | ResponseItemEvent
  | ResponsePartEvent
  | ResponseTextDelta
  | ResponseTextDone
  | ResponseAnnotationAdded
  | ResponseRefusalDelta
  | ResponseRefusalDone
  | ResponseCallDelta
  | ResponseArgumentsDone
  | ResponseCustomInputDone
  | ResponseSummaryPartEvent
  | ResponseSummaryDelta
  | ResponseSummaryDone
  | ResponseReasoningDelta
  | ResponseReasoningDone
  | ResponseServiceEvent;
