// Joins the pieces of tool calls, which services number oddly, twice, or not at all, and repeat.
import { type Fields, LIMITS, type StreamEvent, type ToolCallDelta, tooMany, truncated } from '@g4f/core';
import type { RequestFacts } from '../../http/failures/failure.ts';
import { requestIdOf } from '../../http/failures/request-id.ts';
import { CallArguments } from './call-arguments.ts';
import { malformedAnswer } from './text-value.ts';

/** One piece of a tool call as it came, each field only if it said something. */
export interface ToolPiece {
  readonly index: number | undefined;
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly arguments: string | undefined;
  /** Of a tool without a schema, whose input is plain text. */
  readonly isCustom: boolean;
  /** Whether it is no piece but the call as a whole, from a message that repeats what pieces have said. */
  readonly isWhole: boolean;
  /** What else the service says of the call. */
  readonly fields: Fields | undefined;
}

interface OpenCall {
  readonly key: string;
  readonly isCustom: boolean;
  readonly arguments: CallArguments;
  index: number | undefined;
  id: string | undefined;
  name: string | undefined;
}

/**
 * The calls of one choice. An id that was seen names the call, wherever its index points; a new id with a name is a new
 * call. Without ids the index does (or, without one, the newest call), and a name that comes again after whole arguments
 * begins another. What is a repetition of arguments, {@link CallArguments} tells.
 */
export class ToolCallPieces {
  readonly #asked: RequestFacts;
  readonly #calls: OpenCall[] = [];
  /** The calls that were last spoken of by each index. */
  readonly #byIndex = new Map<number, OpenCall>();
  /** The newest of each id. */
  readonly #byId = new Map<string, OpenCall>();
  readonly #at: { readonly choice: number } | undefined;

  /** @param at the choice, for the events. */
  constructor(at: { readonly choice: number } | undefined, asked: RequestFacts) {
    this.#at = at;
    this.#asked = asked;
  }

  /** Adds what the piece says beyond those before it. @throws G4FError `bad-response` for more calls than there may be */
  read(piece: ToolPiece, events: StreamEvent[]): void {
    const open = this.#find(piece);
    const isNew = open === undefined || beginsAnother(open, piece);
    const call = isNew ? this.#begin(piece) : open;
    if (piece.index !== undefined) this.#byIndex.set(piece.index, call);
    const id = call.id === undefined ? piece.id : undefined;
    const name = call.name === undefined ? piece.name : undefined;
    if (id !== undefined) this.#byId.set(id, call);
    call.id ??= piece.id;
    call.name ??= piece.name;
    call.index ??= piece.index;
    const text = piece.arguments ?? '';
    const more = piece.isWhole ? call.arguments.addWhole(text) : call.arguments.add(text);
    if (!isNew && id === undefined && name === undefined && more === '' && piece.fields === undefined) return;
    events.push({
      ...this.#said(call),
      ...(id !== undefined && { id }),
      ...(name !== undefined && { name }),
      ...(more !== '' && { arguments: more }),
      ...(piece.fields !== undefined && { fields: piece.fields }),
    });
  }

  /**
   * Adds the `{}` that was held back and turned out to be all.
   * @throws G4FError `bad-response` where a call names no function, or whole arguments were added to
   */
  close(events: StreamEvent[]): void {
    for (const call of this.#calls) {
      const rest = call.arguments.end('');
      if (rest !== '') events.push({ ...this.#said(call), arguments: rest });
      if (call.name === undefined) throw malformedAnswer('a call of no function', this.#asked);
      if (call.arguments.isOverfull)
        throw malformedAnswer(`more arguments after whole ones, for ${call.name}`, this.#asked);
    }
  }

  /** @throws G4FError `stream-truncated` where no reason was given for the end, and the arguments of a call are not whole */
  checkWhole(headers: Readonly<Record<string, string>>): void {
    const { provider, model } = this.#asked;
    if (this.#calls.some((call) => call.arguments.isCut))
      throw truncated(provider, { model, requestId: requestIdOf(headers) });
  }

  #said({ key, isCustom }: OpenCall): ToolCallDelta {
    return { type: 'tool-call-delta', key, ...(isCustom && { custom: true as const }), ...this.#at };
  }

  #find({ id, index }: ToolPiece): OpenCall | undefined {
    const named = id === undefined ? undefined : this.#byId.get(id);
    return named ?? (index === undefined ? this.#calls.at(-1) : this.#byIndex.get(index));
  }

  #begin({ index, isCustom }: ToolPiece): OpenCall {
    if (this.#calls.length >= LIMITS.toolCalls) throw tooMany('tool calls', LIMITS.toolCalls, this.#asked);
    const call: OpenCall = {
      key: String(this.#calls.length),
      isCustom,
      arguments: new CallArguments(isCustom),
      index,
      id: undefined,
      name: undefined,
    };
    this.#calls.push(call);
    return call;
  }
}

function beginsAnother(open: OpenCall, piece: ToolPiece): boolean {
  const { id, name, index, arguments: text = '' } = piece;
  const isSamePlace = index !== undefined && index === open.index;
  if (id !== undefined && id === open.id) {
    if (name !== undefined && open.name !== undefined && name !== open.name) return true;
    if (isSamePlace || index === undefined || !open.arguments.isWhole) return false;
    // One id for all calls: whole arguments at another place, which are not those that the call has.
    return isWholeObject(text) && !open.arguments.isRepeatedBy(text);
  }
  if (id !== undefined && open.id !== undefined) return name !== undefined;
  if (name === undefined || open.name === undefined) return false;
  if (name !== open.name) return true;
  if (isSamePlace && (open.arguments.isHeld || open.arguments.isRepeatedBy(text))) return false;
  return open.arguments.isHeld || open.arguments.isWhole;
}

const isWholeObject = (text: string): boolean => {
  const its = new CallArguments();
  its.add(text);
  return its.isWhole;
};
