// Tools, the choice among them, and the form of the answer: from their shapes in responses to those in chat completions, where what
// stands flat here is nested under the name of the type.
import { type Fields, isFields } from '../options/plain-value.ts';
import type { Losses } from './losses.ts';

/** The tools that are the caller's own; those of a service stay with it. */
export const toTools = (tools: readonly unknown[], { warn }: Losses): readonly Fields[] =>
  tools.flatMap((tool) => {
    if (!isFields(tool)) return [];
    if (tool.type === 'function' || tool.type === 'custom') return [nested(tool)];
    warn(`${String(tool.type)} is a tool that only a service with responses of its own runs: not sent`);
    return [];
  });

/** Some write tools as chat completions have them: those are as they should be. */
function nested({ type, ...fields }: Fields): Fields {
  if (typeof type !== 'string') return fields;
  if (isFields(fields[type])) return { type, ...fields };
  const { format, ...others } = fields;
  // The grammar of a tool without a schema is nested once more.
  return { type, [type]: { ...others, ...(isFields(format) && { format: nestedFormat(format) }) } };
}

const nestedFormat = (format: Fields): Fields => (format.type === 'grammar' ? nested(format) : format);

/** Which tool must be called. One of a service's own cannot be. */
export function toChoice(choice: unknown, { warn }: Losses): unknown {
  if (!isFields(choice)) return choice;
  switch (choice.type) {
    case 'function':
    case 'custom':
      return nested(choice);
    case 'allowed_tools': {
      const { mode, tools } = isFields(choice.allowed_tools) ? choice.allowed_tools : choice;
      const allowed = Array.isArray(tools) ? tools.filter(isFields).map(nested) : [];
      return { type: 'allowed_tools', allowed_tools: { mode, tools: allowed } };
    }
    default:
      warn(`tool_choice names ${String(choice.type)}, which only a service with responses of its own runs`);
      return undefined;
  }
}

/** The form that the answer must take. */
export function toFormat(format: unknown): unknown {
  if (!isFields(format) || format.type !== 'json_schema' || isFields(format.json_schema)) return format;
  const { type, ...json_schema } = format;
  return { type, json_schema };
}
