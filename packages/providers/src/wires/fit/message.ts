// A conversation that has been read and put in order: what the encoders of all wires translate from, without a doubt left.
import type { AudioPart, FilePart, ImagePart, ReasoningDetail, RefusalPart, TextPart } from '@g4f/core';
import type { Json } from '../decoding/json.ts';

/** A part in OpenAI's shape. `beside` holds what it had besides, such as `cache_control`: a wire takes what it knows. */
export type KnownPart = (TextPart | ImagePart | AudioPart | FilePart | RefusalPart) & {
  readonly beside: Json;
};

/** A part of a service's own, as it was given. */
export interface OwnPart {
  readonly type: 'own';
  readonly part: Json;
}

/** One piece of a message's content. */
export type FitPart = KnownPart | OwnPart;

/** Text, or parts of which there is at least one. */
export type FitContent = string | readonly FitPart[];

/** A call of the assistant's, under the id that this wire is sent. */
export interface FitCall {
  readonly id: string;
  /** As the conversation has it; signatures name it. */
  readonly givenId: string;
  readonly name: string;
  /** JSON text as the model wrote it: it may be cut. For a tool of free text (`custom`), that text. */
  readonly arguments: string;
  readonly custom: boolean;
  /** What it had besides, such as `extra_content`. */
  readonly beside: Json;
}

/** Instructions. */
export interface FitSystem {
  readonly role: 'system' | 'developer';
  readonly content: FitContent;
  readonly beside: Json;
}

/** What the person says. */
export interface FitUser {
  readonly role: 'user';
  readonly content: FitContent;
  readonly beside: Json;
}

/** What the model said. */
export interface FitAssistant {
  readonly role: 'assistant';
  /** A refusal is text, too: services differ in where they take it. */
  readonly content: FitContent;
  readonly reasoning: string;
  readonly details: readonly ReasoningDetail[];
  readonly calls: readonly FitCall[];
  readonly beside: Json;
}

/** What a called function returned. */
export interface FitResult {
  readonly role: 'tool';
  /** The id of its call that this wire is sent. */
  readonly id: string;
  /** The function's name, empty if the call is not in the conversation. */
  readonly name: string;
  readonly content: FitContent;
  readonly beside: Json;
}

/** One message. */
export type FitMessage = FitSystem | FitUser | FitAssistant | FitResult;
