// A chat: its messages, its model, what was used; it asks, and takes back what was not answered.
import type { AsyncClient, Message, UsageSums } from '@g4f/client';
import { type Answered, answer } from '../asking/answer.ts';
import { showAnswer } from '../asking/shown-answer.ts';
import type { Content, Part } from '../context/attach.ts';
import { newConversationId } from '../store/conversation-id.ts';
import type { Toolbox } from '../tools/toolbox.ts';

/** How a chat begins. */
export interface SessionStart {
  readonly client: AsyncClient;
  readonly model: string;
  readonly provider: string | undefined;
  readonly system: string | undefined;
  readonly messages: readonly Message[];
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly cid: string;
  readonly isLogged: boolean;
  readonly timeoutMs: number | undefined;
  readonly raw: boolean;
  /** What the model may call; more may be put in while the chat goes on. */
  readonly tools: Toolbox;
}

/** A chat that goes on. */
export class Session {
  readonly #start: SessionStart;
  model: string;
  provider: string | undefined;
  system: string | undefined;
  cid: string;
  /** The questions and answers so far. */
  messages: readonly Message[];
  /** Goes with the next question. */
  attached: readonly Part[] = [];

  constructor(start: SessionStart) {
    this.#start = start;
    ({ model: this.model, provider: this.provider, system: this.system } = start);
    ({ cid: this.cid, messages: this.messages } = start);
  }

  /** What the model may call. */
  get tools(): Toolbox {
    return this.#start.tools;
  }

  /** What this chat has used: every request, those that failed or were stopped included. */
  async usage(): Promise<UsageSums> {
    return (await this.#start.client.usage()).total;
  }

  /** The question that was asked last, as text. */
  get lastQuestion(): string | undefined {
    const last = this.messages.findLast(({ role }) => role === 'user')?.content;
    if (typeof last === 'string' || last === undefined || last === null) return last ?? undefined;
    return last.findLast((part) => part.type === 'text')?.text;
  }

  /**
   * Asks, with what is attached. A question that is not answered is not part of the chat.
   * @throws G4FError where it fails; `aborted` where the person stopped it.
   */
  async ask(prompt: string): Promise<Answered> {
    const content: Content =
      this.attached.length === 0 ? prompt : [...this.attached, { type: 'text', text: prompt }];
    return this.#askContent(prompt, content);
  }

  /** Takes the last question and its answer out, and asks it again. @throws as {@link ask}. */
  async retry(): Promise<Answered | undefined> {
    const at = this.messages.findLastIndex(({ role }) => role === 'user');
    const content = this.messages[at]?.content;
    const question = this.lastQuestion;
    if (question === undefined || content === undefined || content === null) return undefined;
    const before = this.messages;
    this.messages = before.slice(0, at);
    try {
      return await this.#askContent(question, content);
    } catch (error) {
      this.messages = before;
      throw error;
    }
  }

  /** The last question, answered by another model, which is not part of the chat. @throws as {@link ask}. */
  async compare(model: string): Promise<Answered | undefined> {
    const at = this.messages.findLastIndex(({ role }) => role === 'user');
    const prompt = this.lastQuestion;
    if (prompt === undefined) return undefined;
    return this.#answer(prompt, this.messages.slice(0, at + 1), model, undefined);
  }

  /** The last question and its answer are no longer part of the chat. */
  dropLast(): void {
    const at = this.messages.findLastIndex(({ role }) => role === 'user');
    if (at >= 0) this.messages = this.messages.slice(0, at);
  }

  /** From here on it is another conversation in the log. */
  fork(): string {
    this.cid = newConversationId();
    return this.cid;
  }

  async #askContent(prompt: string, content: Content): Promise<Answered> {
    const asked: readonly Message[] = [...this.messages, { role: 'user', content }];
    const answered = await this.#answer(prompt, asked, this.model, this.provider);
    this.messages = [...asked, { role: 'assistant', content: answered.text }];
    this.attached = [];
    return answered;
  }

  async #answer(
    prompt: string,
    messages: readonly Message[],
    model: string,
    provider: string | undefined,
  ): Promise<Answered> {
    const { client, parameters, isLogged, timeoutMs, raw, tools } = this.#start;
    const shown = await showAnswer(model, raw);
    const above: readonly Message[] =
      this.system === undefined ? [] : [{ role: 'system', content: this.system }];
    return answer(
      {
        ...{ client, model, provider, parameters, cid: this.cid, prompt, isLogged, tools },
        messages: [...above, ...messages],
        ...(timeoutMs !== undefined && { timeoutMs }),
      },
      shown,
    );
  }
}
