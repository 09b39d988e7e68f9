// A piece of a tool call as a choice has it, in all the forms in which services write them.
import { asIndex, asObject, asText, otherFields } from '../decoding/json.ts';
import type { PayloadFields } from '../decoding/payload-fields.ts';
import type { ToolPiece } from '../decoding/tool-call-pieces.ts';

const KNOWN: ReadonlySet<string> = new Set([
  ...['index', 'id', 'type', 'function', 'custom', 'name', 'arguments', 'input'],
]);

/**
 * Blanks, and the word `null`, are in the place of what a first piece has said:
 * https://github.com/vercel/ai/issues/18440 and https://github.com/BerriAI/litellm/issues/12513
 */
const wordIn = (value: unknown): string | undefined => {
  const word = asText(value);
  return word?.trim() && word !== 'null' ? word : undefined;
};

/**
 * The piece; undefined if it says nothing.
 *
 * @param place of the call in a whole message, where it may have no index.
 * @param isWhole see {@link ToolPiece}. @param fields of the payload that the piece is in.
 */
export const readCallPiece = (
  item: unknown,
  place: number | undefined,
  isWhole: boolean,
  fields: PayloadFields,
): ToolPiece | undefined => {
  const call = asObject(item);
  if (call === undefined) return undefined;
  const custom = asObject(call.custom);
  // Some services leave the object between them out.
  const fn = custom ?? asObject(call.function) ?? call;
  const given = custom === undefined ? fn.arguments : (custom.input ?? custom.arguments);
  const text = asText(fields.argumentsOf(given));
  const id = wordIn(call.id);
  const name = wordIn(fn.name);
  const others = otherFields(call, KNOWN);
  if (!(id || name || text || others)) return undefined;
  return {
    index: asIndex(call.index) ?? place,
    id,
    name,
    arguments: text,
    isCustom: custom !== undefined || call.type === 'custom',
    isWhole,
    fields: others,
  };
};
