// Joins the pieces of tool calls, which services number oddly, twice, or not at all, and repeat.
import { type Fields, LIMITS, type StreamEvent, type ToolCallDelta, tooMany, truncated } from '@g4f/core';
import type { RequestFacts } from '../../http/failures/failure.ts';
import { requestIdOf } from '../../http/failures/request-id.ts';
import { CallArguments } from './call-arguments.ts';
import { textKey } from './text-key.ts';
import { malformedAnswer } from './text-value.ts';

/** How the arguments of a call begin. */
const OPENS = /^\s*\{/;

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
  readonly index: number | undefined;
  id: string | undefined;
  name: string | undefined;
  /** What has been said of it and not been handed out. */
  untold: { -readonly [Name in 'id' | 'name' | 'arguments' | 'fields']?: ToolCallDelta[Name] };
  /** Whether it was handed out: then its name is whole. */
  isTold: boolean;
}

/**
 * The calls of one choice. An id that was seen names the call, wherever its index points; a new id with a name is a new
 * call. Without ids the index does (or, without one, the newest call), and a name that comes again after whole arguments
 * begins another. Arguments alone at a new index go on with those of the newest call
 * (https://github.com/dirac-run/dirac/pull/215), unless they are whole; where that does not make them whole, it was a wrong guess.
 * An object that begins at a new index waits for its name; if none comes, it is the arguments of the call before, if that has
 * none. What is a repetition of arguments, {@link CallArguments} tells.
 *
 * A name may come in pieces (`get_`, `weather`), with its id in any of them, and those of another call between: one that is
 * the beginning of a tool's waits for what follows it at the same place; where no tools are known, any does. A naive rule,
 * which hands each out, makes two calls of it. One without an id that is the name of a tool is not the beginning of another
 * that has one. Arguments, its own or those of a later call, end a name: calls are handed out in their order, but for those that wait for their names.
 */
export class ToolCallPieces {
  readonly #asked: RequestFacts;
  #calls: OpenCall[] = [];
  /** The calls that were last spoken of by each index, and the newest of each id, which is a text. */
  readonly #named = new Map<number | string | undefined, OpenCall>();
  readonly #at: { readonly choice: number } | undefined;
  /** As JSON. */
  readonly #tools: string | undefined;

  /** @param at the choice, for the events. @param tools those that were offered */
  constructor(at: { readonly choice: number } | undefined, asked: RequestFacts, tools?: unknown) {
    this.#at = at;
    this.#asked = asked;
    this.#tools = JSON.stringify(tools);
  }

  /** Whether a call has come that is held back, because its name may go on: then the last is. */
  get holds(): boolean {
    return this.#calls.at(-1)?.isTold === false;
  }

  /** Adds what the piece says beyond those before it. @throws G4FError `bad-response` for more calls than there may be */
  read(piece: ToolPiece, events: StreamEvent[]): void {
    const { index, id, name, fields, arguments: text = '' } = piece;
    const open = this.#find(piece);
    const call = open === undefined || beginsAnother(open, piece, this.#tools) ? this.#begin(piece) : open;
    if (index !== undefined) this.#named.set(index, call);
    if (call.id === undefined && id !== undefined) {
      this.#named.set(textKey(id), call);
      call.id = call.untold.id = id;
    }
    if (name !== undefined && !(call.isTold && call.name !== undefined))
      call.name = call.untold.name = joinedName(call.name, name);
    if (fields !== undefined) call.untold.fields = fields;
    const more = piece.isWhole ? call.arguments.addWhole(text) : call.arguments.add(text);
    if (more !== '') call.untold.arguments = (call.untold.arguments ?? '') + more;
    if (call.isTold || (call.name !== undefined && (text !== '' || !this.#mayGoOn(call.name))))
      this.#tell(call, events);
  }

  /**
   * Adds the `{}` that was held back and turned out to be all.
   * @throws G4FError `bad-response` where a call names no function, whole arguments were added to, or guessed ones are not whole
   */
  close(events: StreamEvent[]): void {
    this.#joinNameless();
    for (const call of this.#calls) {
      const rest = call.arguments.end('');
      if (rest !== '') call.untold.arguments = rest;
      this.#tell(call, events);
      if (call.name === undefined) throw malformedAnswer('a call of no function', this.#asked);
      if (call.arguments.isBroken)
        throw malformedAnswer(`arguments that are no JSON, for ${call.name}`, this.#asked);
    }
  }

  /** @throws G4FError `stream-truncated` where no reason was given for the end, and the arguments of a call are not whole */
  checkWhole(headers: Readonly<Record<string, string>>): void {
    const { provider, model } = this.#asked;
    this.#joinNameless();
    if (this.#calls.some((call) => call.arguments.isCut))
      throw truncated(provider, { model, requestId: requestIdOf(headers) });
  }

  /** Whether it is the beginning of a name, and not known to be all of it. */
  #mayGoOn(name = ''): boolean {
    const begun = inTools(name).slice(0, -1);
    return this.#tools?.split(begun).some((rest, at) => at > 0 && rest[0] !== '"') ?? true;
  }

  #joinNameless(): void {
    this.#calls = this.#calls.filter(({ id, name, untold }, at) => {
      const before = this.#calls[at - 1];
      const { arguments: text = '' } = untold;
      if ((id ?? name) !== undefined || !before?.arguments.guess(text)) return true;
      before.untold.arguments = before.arguments.add(text);
      return false;
    });
  }

  /** And those before it whose names have come. */
  #tell(call: OpenCall, events: StreamEvent[]): void {
    const { key, isCustom, untold, isTold } = call;
    call.isTold = true;
    for (const before of isTold ? [] : this.#calls) {
      if (before === call) break;
      if (!before.isTold && before.name !== undefined) this.#tell(before, events);
    }
    if (Object.keys(untold).length === 0) return;
    events.push({
      type: 'tool-call-delta',
      key,
      ...(isCustom && { custom: true as const }),
      ...this.#at,
      ...untold,
    });
    call.untold = {};
  }

  #find({ id, index, name, arguments: text = '' }: ToolPiece): OpenCall | undefined {
    const last = this.#calls.at(-1);
    const call = this.#named.get(textKey(id)) ?? (index === undefined ? last : this.#named.get(index));
    const isOfLast = (id ?? name) === undefined && !OPENS.test(text) && last?.arguments.guess(text);
    return call ?? (isOfLast ? last : undefined);
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
      untold: {},
      isTold: false,
    };
    this.#calls.push(call);
    return call;
  }
}

/** A name as the tools have it. */
const inTools = (name = ''): string => `"name":${JSON.stringify(name)}`;

/** @param tools as JSON */
function beginsAnother(open: OpenCall, piece: ToolPiece, tools = ''): boolean {
  const { id, name, index, arguments: text = '' } = piece;
  const isSamePlace = index !== undefined && index === open.index;
  const { arguments: said = '' } = open.untold;
  // Arguments of its own: those that came before its name are the other's.
  if ((open.id ?? open.name) === undefined && said !== '' && OPENS.test(text) && !text.startsWith(said))
    return name !== undefined;
  if (isSamePlace && !open.isTold) {
    if (id === undefined || id === open.id) return false;
    if (open.id === undefined && !tools.includes(inTools(open.name))) return false;
  }
  if (id !== undefined && id === open.id) {
    if (name !== undefined && open.name !== undefined && name !== open.name) return true;
    if (isSamePlace || index === undefined || !open.arguments.isWhole) return false;
    // One id for all calls: whole arguments at another place, which are not those that the call has.
    return isWholeObject(text) && !open.arguments.isRepeatedBy(text);
  }
  if (id !== undefined && open.id !== undefined) return name !== undefined;
  if (name === undefined || open.name === undefined) return false;
  if (name !== open.name) return true;
  if (open.arguments.isHeld) return !isSamePlace;
  return open.arguments.isWhole && !(isSamePlace && open.arguments.isRepeatedBy(text));
}

/** A piece may hold all so far as well. */
const joinedName = (name = '', piece: string): string => (piece.startsWith(name) ? piece : name + piece);

const isWholeObject = (text: string): boolean => {
  const its = new CallArguments();
  its.add(text);
  return its.isWhole;
};
