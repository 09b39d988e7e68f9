// A service that answers as the test says, asked through the OpenAI wire over the real network.
import type { ServerResponse } from 'node:http';
import { type ChatRequest, type Context, createGrammar, G4FError, type StreamEvent } from '@g4f/core';
import { openaiCompatible } from '../../src/provider/openai-compatible.ts';
import type { Quirks } from '../../src/wires/wire.ts';
import { type Answer, contextOf, type Service, startService } from '../http/service.ts';

/** What the reader got: all events that came, and the error that ended them, if one did. */
export interface Heard {
  readonly events: readonly StreamEvent[];
  readonly error: G4FError | undefined;
  readonly service: Service;
}

export const acme = (url: string, quirks?: Quirks) =>
  openaiCompatible({ id: 'acme', baseURL: `${url}/v1`, apiKey: 'acme-secret-1', ...(quirks && { quirks }) });

export const asking = (given: Partial<ChatRequest> = {}): ChatRequest => ({
  model: 'asked-for',
  messages: [{ role: 'user', content: 'hi' }],
  stream: true,
  ...given,
});

/** Asks once and reads to the end; the events must keep the stream grammar. */
export const hear = async (
  answer: Answer,
  request: Partial<ChatRequest> = {},
  given: Partial<Context> = {},
): Promise<Heard> => {
  const service = await startService(answer);
  const events: StreamEvent[] = [];
  const grammar = createGrammar('acme');
  let error: G4FError | undefined;
  try {
    for await (const batch of acme(service.url).chat(asking(request), contextOf(given))) {
      for (const event of batch) {
        grammar.accept(event);
        events.push(event);
      }
    }
    grammar.end();
  } catch (thrown) {
    if (!(thrown instanceof G4FError)) throw thrown;
    error = thrown;
  }
  return { events, error, service };
};

/** The payloads as a stream: objects as JSON, strings as they are. */
export const sse = (...payloads: readonly unknown[]): string =>
  payloads
    .map((payload) => `data: ${typeof payload === 'string' ? payload : JSON.stringify(payload)}\n\n`)
    .join('');

export const DONE = '[DONE]';

export const says = (content: string, finish: string | null = null, index = 0): unknown => ({
  id: 'c1',
  object: 'chat.completion.chunk',
  created: 7,
  model: 'm-1',
  choices: [{ index, delta: { content }, finish_reason: finish }],
});

export const calls = (...tool_calls: readonly unknown[]): unknown => ({
  choices: [{ index: 0, delta: { tool_calls } }],
});

export const finishes = (finish_reason: string, index = 0): unknown => ({
  choices: [{ index, delta: {}, finish_reason }],
});

/** Answers with a stream and ends the body. */
export const streams =
  (text: string, type = 'text/event-stream'): Answer =>
  (response) =>
    response.writeHead(200, { 'content-type': type }).end(text);

/** Answers with the beginning of a stream and keeps the body open. */
export const leavesOpen =
  (text: string, then: (response: ServerResponse) => void = () => undefined): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(text);
    then(response);
  };

export const textIn = ({ events }: Pick<Heard, 'events'>): string =>
  events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');

export const reasoningIn = ({ events }: Pick<Heard, 'events'>): string =>
  events.map((event) => (event.type === 'reasoning-delta' ? event.text : '')).join('');

export const usageIn = ({ events }: Pick<Heard, 'events'>): unknown =>
  events.flatMap((event) => (event.type === 'usage' ? [event.usage] : [])).at(-1);

export const finishIn = ({ events }: Pick<Heard, 'events'>): string | undefined =>
  events.flatMap((event) => (event.type === 'finish' ? [event.reason] : [])).at(-1);
