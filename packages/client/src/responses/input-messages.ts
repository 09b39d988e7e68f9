// The items of the input → the messages of a chat. What the assistant said comes as several items (reasoning, a message, calls)
// and becomes one message.
import {
  CARRIED_REASONING,
  type Content,
  type Message,
  type ReasoningDetail,
  type ResponseItem,
  type ResponseReasoning,
  type ToolCall,
} from '@g4f/core';
import { isFields } from '../options/plain-value.ts';
import { toContent } from './input-content.ts';
import type { Losses } from './losses.ts';

/** The conversation. */
export function toMessages(items: readonly ResponseItem[], losses: Losses): readonly Message[] {
  const reader = new ItemReader(losses);
  for (const item of items) reader.add(item);
  return reader.messages();
}

interface Draft {
  content?: Content;
  reasoning?: string;
  details?: ReasoningDetail[];
  calls?: ToolCall[];
}

class ItemReader {
  readonly #losses: Losses;
  readonly #messages: Message[] = [];
  /** What the assistant said last, as far as it has come. */
  #draft: Draft | undefined;

  constructor(losses: Losses) {
    this.#losses = losses;
  }

  messages(): readonly Message[] {
    this.#close();
    return this.#messages;
  }

  add(item: ResponseItem): void {
    switch (item.type) {
      case undefined:
      case 'message':
        this.#message(item);
        break;
      case 'function_call': {
        const { type, id, call_id, name, arguments: text, status, ...fields } = item;
        this.#call({ ...fields, id: call_id, type: 'function', function: { name, arguments: text } });
        break;
      }
      case 'custom_tool_call': {
        const { call_id: id, name, input } = item;
        const custom = { name, input };
        this.#call({ id, type: 'custom', function: { name, arguments: input }, custom });
        break;
      }
      case 'function_call_output':
      case 'custom_tool_call_output':
        this.#close();
        this.#messages.push({
          role: 'tool',
          tool_call_id: item.call_id,
          content: toContent(item.output, this.#losses),
        });
        break;
      case 'reasoning':
        this.#reasoning(item);
        break;
      case 'item_reference':
        this.#losses.refuse('an item_reference, which names what another service keeps');
        break;
      default:
        this.#losses.warn(`items of the type ${item.type}, of tools that another service ran, are not sent`);
    }
  }

  #message({ role, content }: Extract<ResponseItem, { readonly role: unknown }>): void {
    const said = toContent(content, this.#losses);
    if (role !== 'assistant') {
      this.#close();
      this.#messages.push({ role, content: said });
      return;
    }
    // Two messages one after the other are two; what follows a call belongs to what called.
    if (this.#draft?.content !== undefined) this.#close();
    this.#open().content = said;
  }

  #call(call: ToolCall): void {
    const draft = this.#open();
    draft.calls ??= [];
    draft.calls.push(call);
  }

  #reasoning(item: ResponseReasoning): void {
    const details = detailsOf(item, this.#losses);
    const isCarried = item.encrypted_content?.startsWith(CARRIED_REASONING) === true;
    // A service of this protocol gives reasoning before what comes of it; others seal it at the end.
    if (!isCarried && (this.#draft?.content !== undefined || this.#draft?.calls !== undefined)) this.#close();
    const text = item.summary.map((one) => one.text).join('\n\n');
    const draft = this.#open();
    if (text !== '') draft.reasoning = draft.reasoning === undefined ? text : `${draft.reasoning}\n\n${text}`;
    draft.details ??= [];
    for (const detail of details) draft.details.push(detail);
  }

  #open(): Draft {
    this.#draft ??= {};
    return this.#draft;
  }

  /** Reasoning alone is no message. */
  #close(): void {
    const draft = this.#draft;
    this.#draft = undefined;
    if (draft === undefined || (draft.content === undefined && draft.calls === undefined)) return;
    const { content = null, reasoning, details = [], calls } = draft;
    this.#messages.push({
      role: 'assistant',
      content,
      ...(reasoning !== undefined && { reasoning }),
      ...(details.length > 0 && { reasoning_details: details }),
      ...(calls !== undefined && { tool_calls: calls }),
    });
  }
}

/** The wire that answers with sealed reasoning of this kind, and takes it back. */
const RESPONSES_FORMAT = 'openai-responses';

function detailsOf(item: ResponseReasoning, { warn }: Losses): readonly ReasoningDetail[] {
  const { id, encrypted_content: sealed } = item;
  if (sealed == null) return [];
  if (!sealed.startsWith(CARRIED_REASONING))
    return [{ type: 'reasoning.encrypted', format: RESPONSES_FORMAT, id, data: sealed }];
  const carried = parsed(sealed.slice(CARRIED_REASONING.length));
  if (Array.isArray(carried) && carried.every(isDetail)) return carried;
  warn('the encrypted_content of an item of reasoning is not as it was given: not sent');
  return [];
}

const isDetail = (value: unknown): value is ReasoningDetail =>
  isFields(value) && typeof value.type === 'string';

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
