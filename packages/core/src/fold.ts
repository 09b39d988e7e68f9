// Folds the events of a stream into one finished answer: what "not streaming" means.
import {
  type Annotation,
  type AnswerImage,
  type ChatCompletion,
  type CompletionChoice,
  type CompletionMessage,
  hasPlace,
  newCompletionId,
  nowInSeconds,
  toCitation,
} from './completion.ts';
import { G4FError } from './errors.ts';
import type { AnswerStart, Batch, Fields, FinishReason, StreamEvent, ToolCallDelta } from './event.ts';
import { LIMITS } from './limits.ts';
import type { ToolCall } from './message.ts';
import { createToolCallOrder, type ToolCallOrder } from './tool-call-order.ts';
import type { Usage } from './usage.ts';

interface OpenCall {
  id: string;
  name: string;
  arguments: string;
  isCustom: boolean;
  fields: OpenFields | undefined;
}

/** Fields that are added to as they come. */
type OpenFields = Record<string, unknown>;

interface OpenChoice {
  readonly index: number;
  text: string;
  reasoning: string | undefined;
  /** By their index. */
  calls: OpenCall[] | undefined;
  images: AnswerImage[] | undefined;
  citations: Annotation[] | undefined;
  finish: FinishReason;
  nativeFinish: string | undefined;
  readonly message: OpenFields;
  readonly beside: OpenFields;
}

/**
 * Reads a whole stream and returns it as one answer. The stream must keep the grammar, which is checked
 * elsewhere: `fold` only adds up.
 *
 * @throws G4FError `bad-response` for more events or characters than {@link LIMITS} has.
 */
export const fold = async (batches: AsyncIterable<Batch>): Promise<ChatCompletion> => {
  const folded = new Folded();
  for await (const batch of batches) for (const event of batch) folded.add(event);
  return folded.answer();
};

/** What was said so far, for a reader that is given the events: `add` each, then `answer`. Throws as {@link fold} does. */
export class Folded {
  readonly #choices = new Map<number, OpenChoice>();
  readonly #tools = createToolCallOrder();
  #start: AnswerStart | undefined;
  #usage: Usage | undefined;
  readonly #beside: OpenFields = {};
  #events = 0;
  #characters = 0;

  add(event: StreamEvent): void {
    this.#count(event);
    if (event.extra?.chunk !== undefined) setOthers(this.#beside, event.extra.chunk, []);
    if (event.type === 'answer-start') this.#start = event;
    if (event.type === 'usage' || event.type === 'finish') this.#usage = event.usage ?? this.#usage;
    if (!BESIDE.has(event.type) || hasPlace(event.extra))
      addTo(choiceOf(this.#choices, event), event, this.#tools);
  }

  #count(event: StreamEvent): void {
    this.#events += 1;
    this.#characters += charactersIn(event);
    if (this.#events <= LIMITS.foldedEvents && this.#characters <= LIMITS.foldedCharacters) return;
    const provider = this.#start?.provider;
    throw new G4FError(
      `${provider ?? 'the provider'}: the answer is longer than the limit of ${LIMITS.foldedCharacters} characters or ${LIMITS.foldedEvents} pieces. Stream it, or choose another provider.`,
      { code: 'bad-response', provider },
    );
  }

  // Field by field, like all below, because each spread is a copy, and this is made for every answer.
  answer(): ChatCompletion {
    const start = this.#start;
    const answer: Writable<ChatCompletion> = {
      id: start?.id || newCompletionId(),
      object: 'chat.completion',
      created: start?.created || nowInSeconds(),
      model: start?.model ?? '',
      provider: start?.provider ?? '',
      choices: [...this.#choices.values()].sort((a, b) => a.index - b.index).map(close),
    };
    if (start?.requestedModel !== undefined) answer.requested_model = start.requestedModel;
    setOthers(answer, this.#beside, OF_ANSWER);
    if (this.#usage !== undefined) answer.usage = this.#usage;
    return answer;
  }
}

const OF_ANSWER = ['id', 'object', 'created', 'model', 'provider', 'choices'] as const;
const OF_CHOICE = ['index', 'message', 'finish_reason'] as const;
const OF_MESSAGE = ['role', 'content'] as const;

/** What belongs to the answer as a whole, so that by itself it opens no choice. */
const BESIDE: ReadonlySet<StreamEvent['type']> = new Set(['answer-start', 'usage', 'aside']);

function choiceOf(choices: Map<number, OpenChoice>, event: StreamEvent): OpenChoice {
  const index = event.choice ?? 0;
  const known = choices.get(index);
  if (known !== undefined) return known;
  const open: OpenChoice = {
    index,
    text: '',
    reasoning: undefined,
    calls: undefined,
    images: undefined,
    citations: undefined,
    finish: 'stop',
    nativeFinish: undefined,
    message: {},
    beside: {},
  };
  choices.set(index, open);
  return open;
}

function addTo(choice: OpenChoice, event: StreamEvent, tools: ToolCallOrder): void {
  if (event.extra?.delta !== undefined) join(choice.message, event.extra.delta);
  if (event.extra?.choice !== undefined) join(choice.beside, event.extra.choice);
  switch (event.type) {
    case 'text-delta':
      choice.text += said(event.text);
      break;
    case 'reasoning-delta':
      choice.reasoning = (choice.reasoning ?? '') + said(event.text);
      break;
    case 'tool-call-delta':
      choice.calls ??= [];
      addCall(choice.calls, event, tools);
      break;
    case 'media':
      choice.images ??= [];
      choice.images.push({ type: 'image_url', image_url: { url: event.url } });
      break;
    case 'source':
      choice.citations ??= [];
      choice.citations.push(toCitation(event));
      break;
    case 'finish':
      choice.finish = event.reason;
      choice.nativeFinish = event.rawReason;
      break;
    default:
  }
}

/** A provider of somebody's may break its types: what is no text must not become words of the answer. */
const said = (text: string | null | undefined): string => text ?? '';

function addCall(calls: OpenCall[], event: ToolCallDelta, tools: ToolCallOrder): void {
  const { index, id, function: piece } = tools.place(event);
  const call = calls[index] ?? {
    id: id ?? '',
    name: '',
    arguments: '',
    isCustom: event.custom === true,
    fields: undefined,
  };
  if (event.fields !== undefined) {
    call.fields ??= {};
    join(call.fields, event.fields);
  }
  if (piece.name !== undefined) call.name = piece.name;
  call.arguments += piece.arguments ?? '';
  calls[index] = call;
}

function close(choice: OpenChoice): CompletionChoice {
  const { index, finish, nativeFinish } = choice;
  const closed: Writable<CompletionChoice> = {
    index,
    message: messageOf(choice),
    finish_reason: finish,
    logprobs: null,
  };
  setOthers(closed, choice.beside, OF_CHOICE);
  if (nativeFinish !== undefined && nativeFinish !== finish) closed.native_finish_reason = nativeFinish;
  return closed;
}

function messageOf(choice: OpenChoice): CompletionMessage {
  const { text, reasoning, calls, images, citations } = choice;
  const message: Writable<CompletionMessage> = {
    role: 'assistant',
    content: text === '' && calls !== undefined ? null : text,
    refusal: null,
  };
  setOthers(message, choice.message, OF_MESSAGE);
  if (reasoning !== undefined) message.reasoning = reasoning;
  if (calls !== undefined) message.tool_calls = calls.map(callOf);
  if (images !== undefined) message.images = images;
  if (citations !== undefined) message.annotations = citations;
  return message;
}

const callOf = ({ id, name, arguments: text, isCustom, fields }: OpenCall): ToolCall => ({
  ...fields,
  id,
  type: isCustom ? 'custom' : 'function',
  function: { name, arguments: text },
  ...(isCustom && { custom: { name, input: text } }),
});

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/** Sets the fields but for our own. One called `__proto__` would be no field. */
function setOthers(target: Record<string, unknown>, fields: Fields, own: readonly string[]): void {
  for (const name in fields) if (!own.includes(name) && name !== '__proto__') target[name] = fields[name];
}

const isFields = (value: unknown): value is OpenFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Adds up fields that came in pieces: text and lists grow, objects are joined inside, anything else is replaced. Lists and
 * objects are copied when they come first, and then added to: copied with each piece, many would take square time.
 */
function join(joined: OpenFields, more: Fields): OpenFields {
  for (const [name, value] of Object.entries(more)) {
    if (name === '__proto__') continue;
    const old = joined[name];
    if (typeof old === 'string' && typeof value === 'string' && !NAMES_ONE_THING.has(name)) {
      joined[name] = old + value;
    } else if (Array.isArray(old) && Array.isArray(value)) for (const item of value) old.push(item);
    else if (Array.isArray(value)) joined[name] = [...value];
    else if (isFields(value)) joined[name] = join(isFields(old) ? old : {}, value);
    else joined[name] = value;
  }
  return joined;
}

const NAMES_ONE_THING: ReadonlySet<string> = new Set(['id', 'type', 'role', 'name', 'format']);

/** How many characters an event adds to the answer. */
function charactersIn(event: StreamEvent): number {
  const beside = event.extra === undefined ? 0 : sizeOf(event.extra);
  switch (event.type) {
    case 'text-delta':
    case 'reasoning-delta':
      return said(event.text).length + beside;
    case 'tool-call-delta':
      return (
        lengths(event.id, event.name, event.arguments) +
        (event.fields === undefined ? 0 : sizeOf(event.fields)) +
        beside
      );
    case 'media':
      // Base64 takes a byte a character, other text up to two, and a picture is one piece: it counts for a third.
      return Math.ceil(lengths(event.url) / 3) + beside;
    case 'source':
      return lengths(event.url, event.title, event.text) + beside;
    default:
      return beside;
  }
}

const lengths = (...texts: readonly (string | undefined)[]): number =>
  texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);

/** What a value of JSON takes, in characters; a name, a number or a bracket is taken for eight. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  let size = 8;
  for (const inside of Object.values(value)) size += 8 + sizeOf(inside);
  return size;
}
