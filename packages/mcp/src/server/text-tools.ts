// The tools that ask models for text.
import { G4FError, isG4FError } from '@g4f/core';
import * as z from 'zod';
import { dataResult, offer, type ServedCall, textResult } from './served-tools.ts';

const MODEL = z.string().min(1).describe('A model such as "gpt-5.4", or "provider:id". See list_models.');
const PROMPT = z.string().min(1).describe('The question.');
const SYSTEM = z.string().optional().describe('What the model is told before it.');
const MOST_COMPARED = 8;

/** An answer of a model. */
export const ask = offer({
  title: 'Ask a model',
  description: 'Asks a language model, and gives its answer.',
  isOpenWorld: true,
  parameters: {
    prompt: PROMPT,
    model: MODEL.optional(),
    system: SYSTEM,
    max_tokens: z.int().positive().optional().describe('The most tokens of the answer.'),
  },
  async run({ prompt, model, system, max_tokens }, call) {
    const { client, signal } = call;
    const stream = client.chat.completions.create(
      {
        model: named(model, call),
        messages: messagesOf(prompt, system),
        stream: true,
        ...(max_tokens !== undefined && { max_tokens }),
      },
      { signal },
    );
    let text = '';
    let from = {};
    let end: string | null | undefined;
    for await (const { choices, provider, model: answering } of stream) {
      const piece = choices[0]?.delta.content ?? '';
      end = choices[0]?.finish_reason ?? end;
      text += piece;
      from = { 'g4f/provider': provider, 'g4f/model': answering };
      if (piece !== '') call.progress(text.length, undefined, piece);
    }
    return textResult(text + endingOf(end), { _meta: from });
  },
});

/** The answers of several models to one question. */
export const compare = offer({
  title: 'Compare models',
  description: 'Asks several language models the same, and gives the answer of each, or why there is none.',
  isOpenWorld: true,
  parameters: {
    prompt: PROMPT,
    models: z.array(MODEL).min(2).max(MOST_COMPARED),
    system: SYSTEM,
  },
  async run({ prompt, models, system }, call) {
    let done = 0;
    const one = async (model: string): Promise<object> => {
      const answer = await answerOf(model, messagesOf(prompt, system), call);
      done += 1;
      call.progress(done, models.length, model);
      return { model, ...answer };
    };
    const answers = await Promise.all(models.map(one));
    call.signal.throwIfAborted();
    return dataResult({ answers });
  },
});

/** What one of several answers; its failure costs the others nothing. */
async function answerOf(
  model: string,
  messages: ReturnType<typeof messagesOf>,
  { client, signal }: ServedCall,
): Promise<object> {
  try {
    const { provider, choices } = await client.chat.completions.create({ model, messages }, { signal });
    const [choice] = choices;
    return { provider, text: (choice?.message.content ?? '') + endingOf(choice?.finish_reason) };
  } catch (error) {
    if (!isG4FError(error)) throw error;
    return { error: error.message };
  }
}

/** What a reader must know of an answer that is not whole. */
function endingOf(reason: string | null | undefined): string {
  if (reason === 'length') return '\n\n[The answer was cut at its limit of tokens.]';
  return reason === 'content_filter' ? '\n\n[The answer was stopped by a filter of the service.]' : '';
}

const messagesOf = (prompt: string, system: string | undefined) => [
  ...(system === undefined ? [] : [{ role: 'system' as const, content: system }]),
  { role: 'user' as const, content: prompt },
];

/** The client's own answer to a missing model names its parameter; a caller here has only the tool. */
function named(model: string | undefined, { model: usual }: ServedCall): string {
  const name = model ?? usual;
  if (name === undefined)
    throw new G4FError('ask: model: name one; list_models tells which there are.', {
      code: 'invalid-request',
    });
  return name;
}

const MOST_LISTED = 500;

/** The models that can be asked for now. */
export const listModels = offer({
  title: 'List models',
  description: 'Lists the models that can be used here now, with the providers of each.',
  isOpenWorld: false,
  parameters: {
    search: z.string().optional().describe('A part of the name.'),
    limit: z.int().min(1).max(MOST_LISTED).default(100),
  },
  async run({ search = '', limit }, { client, signal }) {
    const { data } = await client.models.list({ usable: true }, { signal });
    const found = data.filter(({ id }) => id.toLowerCase().includes(search.toLowerCase()));
    const models = found
      .slice(0, limit)
      .map(({ id, providers, context_length }) => ({ id, providers, context_length }));
    return dataResult({ models, found: found.length });
  },
});

const MOST_TEXTS = 256;

/** Texts as vectors. */
export const embed = offer({
  title: 'Embed texts',
  description: 'Gives each text as a vector of an embedding model.',
  isOpenWorld: true,
  parameters: { texts: z.array(z.string().min(1)).min(1).max(MOST_TEXTS), model: MODEL },
  async run({ texts, model }, { client, signal }) {
    const { data, model: answering } = await client.embeddings.create({ model, input: texts }, { signal });
    return dataResult({ model: answering, embeddings: data.map(({ embedding }) => embedding) });
  },
});
