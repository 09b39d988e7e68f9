// Which tools a `tool_choice` leaves.
import { fieldOf } from '../running/validate.ts';

/** What may be done in a step. */
export interface Allowed {
  /** The names of the tools that may be called; undefined for all. */
  readonly names: readonly unknown[] | undefined;
  readonly mayAnswer: boolean;
}

/** What a choice in OpenAI's form leaves; of none, everything. */
export const allowedBy = (choice: unknown): Allowed => {
  const type = typeof choice === 'string' ? choice : fieldOf(choice, 'type');
  if (type === 'none') return { names: [], mayAnswer: true };
  const list = fieldOf(choice, 'allowed_tools');
  if (list !== undefined) {
    const tools: unknown = fieldOf(list, 'tools');
    return {
      names: (Array.isArray(tools) ? tools : []).map(nameOf),
      mayAnswer: fieldOf(list, 'mode') !== 'required',
    };
  }
  const named = nameOf(choice);
  return named === undefined
    ? { names: undefined, mayAnswer: type !== 'required' }
    : { names: [named], mayAnswer: false };
};

const nameOf = (tool: unknown): unknown => fieldOf(fieldOf(tool, 'function'), 'name');
