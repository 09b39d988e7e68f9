// What is served, and what a tool is made of.
import type { AsyncClient } from '@g4f/client';
import type { WebSearch } from '@g4f/web';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type * as z from 'zod';

/** The tools that a server can offer. */
export type ServedTool =
  | 'ask'
  | 'compare'
  | 'list_models'
  | 'embed'
  | 'generate_image'
  | 'transcribe'
  | 'read_page'
  | 'web_search';

/** What the tools work with. */
export interface Workshop {
  readonly client: AsyncClient;
  /** For questions that name no model. */
  readonly model: string | undefined;
  /** Where files may be read. */
  readonly folders: readonly string[];
  readonly search: WebSearch | undefined;
}

/** One call of a tool. */
export interface ServedCall extends Workshop {
  /** Fires when the caller cancels, or leaves. */
  readonly signal: AbortSignal;
  /** Tells the caller how far it is, if the caller wants to know. */
  progress(done: number, total: number | undefined, message?: string): void;
}

/** A tool, with the schema by which its arguments are checked. */
export interface ToolOffer<Shape extends z.ZodRawShape = z.ZodRawShape> {
  readonly title: string;
  readonly description: string;
  readonly parameters: Shape;
  /** It asks services outside of this machine. */
  readonly isOpenWorld: boolean;
  run(args: z.infer<z.ZodObject<Shape>>, call: ServedCall): Promise<CallToolResult>;
}

/** Keeps the types of the arguments. */
export const offer = <Shape extends z.ZodRawShape>(given: ToolOffer<Shape>): ToolOffer<Shape> => given;

/** A text as a result. */
export const textResult = (text: string, more: Partial<CallToolResult> = {}): CallToolResult => ({
  content: [{ type: 'text', text }],
  ...more,
});

/** Data as a result: for programs, and as text for those that show texts. */
export const dataResult = (data: Record<string, unknown>): CallToolResult =>
  textResult(JSON.stringify(data), { structuredContent: data });
