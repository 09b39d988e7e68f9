// Gives each tool call of a stream its index and its one id, whatever the service left out.
import type { ToolCallDelta } from './event.ts';
import type { ToolCall } from './message.ts';

/** A piece of a tool call; pieces with one `index` are one call, their `arguments` are joined as they come. */
export interface ToolCallChunk {
  readonly index: number;
  readonly id?: string;
  readonly type?: ToolCall['type'];
  readonly function: { readonly name?: string; readonly arguments?: string };
  /** The same of a tool without a schema, in OpenAI's form. */
  readonly custom?: { readonly name?: string; readonly input?: string };
  readonly [field: string]: unknown;
}

/** Places the pieces of tool calls, in the order in which the calls began, choice by choice. */
export interface ToolCallOrder {
  place(event: ToolCallDelta): ToolCallChunk;
}

/** The order for one stream: the first piece of a call carries id, type and name, later ones only what is new. */
export const createToolCallOrder = (): ToolCallOrder => {
  // Most answers call nothing.
  let begun: Map<number, Map<string, number>> | undefined;
  return {
    place(event) {
      const choice = event.choice ?? 0;
      begun ??= new Map();
      const calls = begun.get(choice) ?? new Map<string, number>();
      begun.set(choice, calls);
      const index = calls.get(event.key);
      const { name, arguments: more, custom } = event;
      const piece = {
        ...(name !== undefined && { name }),
        ...(more !== undefined && { arguments: more }),
      };
      const chunk = {
        ...event.fields,
        ...(custom && {
          custom: { ...(name !== undefined && { name }), ...(more !== undefined && { input: more }) },
        }),
      };
      if (index !== undefined) return { ...chunk, index, function: piece };
      calls.set(event.key, calls.size);
      const id = event.id || `call_${crypto.randomUUID().replaceAll('-', '')}`;
      return {
        ...chunk,
        index: calls.size - 1,
        id,
        type: custom ? 'custom' : 'function',
        function: { arguments: '', ...piece },
      };
    },
  };
};
