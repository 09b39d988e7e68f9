// The items of a response and of its input, in OpenAI's shapes.
// Source: https://platform.openai.com/docs/api-reference/responses/object#responses-object-output

/** A part of a message that is sent. Further fields (`file_url`, `filename`) stand beside these. */
export interface ResponseInputPart {
  readonly type: 'input_text' | 'input_image' | 'input_file' | 'input_audio' | 'output_text' | 'refusal';
  readonly text?: string;
  readonly refusal?: string;
  readonly image_url?: string | null;
  readonly detail?: string;
  readonly file_id?: string | null;
  readonly file_data?: string;
  readonly file_url?: string;
  readonly filename?: string;
  readonly input_audio?: { readonly data: string; readonly format: string };
}

/** A message of the input; `type` may be left out. */
export interface ResponseInputMessage {
  readonly type?: 'message';
  readonly role: 'user' | 'assistant' | 'system' | 'developer';
  readonly content: string | readonly ResponseInputPart[];
  readonly [field: string]: unknown;
}

/** What a called tool returned. */
export interface ResponseCallOutput {
  readonly type: 'function_call_output' | 'custom_tool_call_output';
  readonly call_id: string;
  readonly output: string | readonly ResponseInputPart[];
  readonly [field: string]: unknown;
}

/** What a text rests on: `url_citation`, `file_citation`, … */
export interface ResponseAnnotation {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** How likely the model held one token to be: `logprob` is the natural logarithm of its probability. */
export interface ResponseLogProb {
  readonly token: string;
  readonly logprob: number;
  readonly bytes?: readonly number[] | null;
  readonly top_logprobs?: readonly Omit<ResponseLogProb, 'top_logprobs'>[];
}

/** A text of a message. */
export interface ResponseOutputText {
  readonly type: 'output_text';
  readonly text: string;
  readonly annotations: readonly ResponseAnnotation[];
  readonly logprobs?: readonly ResponseLogProb[];
}

/** The model's own words of refusal. */
export interface ResponseOutputRefusal {
  readonly type: 'refusal';
  readonly refusal: string;
}

/** One piece of a message of the model. */
export type ResponseOutputPart = ResponseOutputText | ResponseOutputRefusal;

/** Whether an item is complete. */
export type ResponseItemStatus = 'in_progress' | 'completed' | 'incomplete';

/** A message of the model. */
export interface ResponseOutputMessage {
  readonly type: 'message';
  readonly id: string;
  readonly role: 'assistant';
  readonly status: ResponseItemStatus;
  readonly content: readonly ResponseOutputPart[];
}

/** A function that the model wants called; `arguments` is JSON text as the model wrote it. */
export interface ResponseFunctionCall {
  readonly type: 'function_call';
  readonly id?: string;
  readonly call_id: string;
  readonly name: string;
  readonly arguments: string;
  readonly status?: ResponseItemStatus;
  /** What else the service says of the call, and may want back with it. */
  readonly [field: string]: unknown;
}

/** The call of a tool without a schema: its input is any text. */
export interface ResponseCustomCall {
  readonly type: 'custom_tool_call';
  readonly id?: string;
  readonly call_id: string;
  readonly name: string;
  readonly input: string;
  readonly status?: ResponseItemStatus;
  readonly [field: string]: unknown;
}

/** The model's reasoning. `encrypted_content` is what the service wants back, unchanged. */
export interface ResponseReasoning {
  readonly type: 'reasoning';
  readonly id: string;
  readonly summary: readonly { readonly type: 'summary_text'; readonly text: string }[];
  readonly content?: readonly { readonly type: 'reasoning_text'; readonly text: string }[] | null;
  readonly encrypted_content?: string | null;
  readonly status?: ResponseItemStatus;
  readonly [field: string]: unknown;
}

/** The tools that a service runs by itself. */
export type ServiceTool =
  | 'web_search_call'
  | 'file_search_call'
  | 'computer_call'
  | 'code_interpreter_call'
  | 'image_generation_call'
  | 'local_shell_call'
  | 'shell_call'
  | 'apply_patch_call'
  | 'mcp_call'
  | 'mcp_list_tools'
  | 'mcp_approval_request';

/** What a tool of the service's own did. `result` of a picture is base64. */
export interface ResponseServiceCall {
  readonly type: ServiceTool;
  readonly id: string;
  readonly status?: string;
  readonly result?: string | null;
  readonly [field: string]: unknown;
}

/** One thing that the model gave. */
export type ResponseOutputItem =
  | ResponseOutputMessage
  | ResponseFunctionCall
  | ResponseCustomCall
  | ResponseReasoning
  | ResponseServiceCall;

/** An item that stands at the service. */
export interface ResponseItemReference {
  readonly type: 'item_reference';
  readonly id: string;
}

/** One thing of the input: a message, a result, or an item of an earlier response as it came. */
export type ResponseItem =
  | ResponseInputMessage
  | ResponseCallOutput
  | ResponseOutputItem
  | ResponseItemReference;

/**
 * With this begins the `encrypted_content` of reasoning that came from a service without this protocol: what follows is the
 * JSON of its `reasoning_details`. No service of this protocol can read it, and none is sent it.
 */
export const CARRIED_REASONING = 'g4f.reasoning_details:';
