// The messages of a conversation, in OpenAI's shapes: every wire translates from these.

/** Plain text inside a message. */
export interface TextPart {
  readonly type: 'text';
  readonly text: string;
}

/** An image, as an `https:` or `data:` URL. */
export interface ImagePart {
  readonly type: 'image_url';
  readonly image_url: { readonly url: string; readonly detail?: 'auto' | 'low' | 'high' };
}

/** Recorded sound, base64-encoded. */
export interface AudioPart {
  readonly type: 'input_audio';
  readonly input_audio: { readonly data: string; readonly format: string };
}

/** A document: inline as a `data:` URL (`file_data`) or uploaded before (`file_id`). */
export interface FilePart {
  readonly type: 'file';
  readonly file: { readonly file_data?: string; readonly file_id?: string; readonly filename?: string };
}

/** The assistant's own words of refusal, when a conversation is sent back. */
export interface RefusalPart {
  readonly type: 'refusal';
  readonly refusal: string;
}

/** One piece of a message's content. */
export type ContentPart = TextPart | ImagePart | AudioPart | FilePart | RefusalPart;

/** A message's content: a string, or parts in order. */
export type Content = string | readonly ContentPart[];

/**
 * A function the model wants called; `arguments` is the JSON text exactly as the model wrote it. A call of a tool without a
 * schema has the type `custom`, and its input both under `custom`, as OpenAI has it, and as the `arguments` of `function`.
 */
export interface ToolCall {
  readonly id: string;
  readonly type: 'function' | 'custom';
  readonly function: { readonly name: string; readonly arguments: string };
  readonly custom?: { readonly name: string; readonly input: string };
  /** Google's, which it wants back with the call; what else a service says of it is given by `extraOf`. */
  readonly extra_content?: unknown;
}

/**
 * Reasoning in the form in which its service wants it back, unchanged, with the next message: signed text, or sealed.
 * `format` names who made it, and only they are sent it. The shapes are OpenRouter's:
 * https://openrouter.ai/docs/use-cases/reasoning-tokens
 */
export interface ReasoningDetail {
  readonly type: 'reasoning.text' | 'reasoning.summary' | 'reasoning.encrypted';
  readonly format?: string;
  /** Of the reasoning itself, or of the tool call it belongs to. */
  readonly id?: string;
  readonly text?: string;
  readonly signature?: string;
  readonly summary?: string;
  readonly data?: string;
  /** Where it stands among the details. */
  readonly index?: number;
}

/** Instructions that stand above the conversation. */
export interface SystemMessage {
  readonly role: 'system' | 'developer';
  readonly content: Content;
  readonly name?: string;
}

/** What the person says. */
export interface UserMessage {
  readonly role: 'user';
  readonly content: Content;
  readonly name?: string;
}

/** What the model said before. */
export interface AssistantMessage {
  readonly role: 'assistant';
  readonly content?: Content | null;
  readonly reasoning?: string;
  readonly reasoning_details?: readonly ReasoningDetail[];
  readonly refusal?: string | null;
  readonly tool_calls?: readonly ToolCall[];
  readonly name?: string;
}

/** What a called function returned. */
export interface ToolMessage {
  readonly role: 'tool';
  readonly content: Content;
  readonly tool_call_id: string;
}

/** One message of a conversation. Source: https://platform.openai.com/docs/api-reference/chat/create */
export type Message = SystemMessage | UserMessage | AssistantMessage | ToolMessage;

/** Who speaks in a message. */
export type Role = Message['role'];
