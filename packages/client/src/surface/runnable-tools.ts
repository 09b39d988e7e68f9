// The surface of tools that are run: what a function of the caller's is made of.
import type { ToolCall } from '@g4f/core';
import type { GivenSchema } from './chat.ts';

/** What a tool is given besides its arguments. */
export interface ToolContext {
  /** Fires when the run is aborted, or the tool has taken too long; never in `Client` while the tool runs. */
  readonly signal: AbortSignal;
  readonly call: ToolCall;
}

/** A function that the model may call; made by `tool`. */
export interface RunnableTool {
  readonly type: 'function';
  readonly function: {
    readonly name: string;
    readonly description?: string;
    readonly parameters?: GivenSchema;
    readonly strict?: boolean | null;
  };
  execute(args: unknown, context: ToolContext): unknown;
}

/** The same in the form of OpenAI's library. */
export interface RunnableFunction {
  readonly type: 'function';
  readonly function: {
    readonly name?: string;
    readonly description?: string;
    readonly parameters?: object;
    readonly strict?: boolean | null;
    function(args: unknown, context: ToolContext): unknown;
    parse?(text: string): unknown;
  };
}

/** What `zodFunction` of OpenAI's library makes. Made without a function it cannot be run. */
export interface ParseableTool {
  readonly type: 'function';
  readonly function: {
    readonly name: string;
    readonly description?: string;
    readonly parameters?: object;
    readonly strict?: boolean | null;
  };
  readonly $callback: ((args: never) => unknown) | undefined;
  $parseRaw(text: string): unknown;
}

/** A tool that can be run, in any of its forms. */
export type AnyRunnable = RunnableTool | RunnableFunction | ParseableTool;
