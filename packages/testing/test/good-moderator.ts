// A provider of moderations written by hand, that keeps every promise unless a test breaks one of them.
import { type Context, defineProvider, G4FError, type ModerationRequest, type Provider } from '@g4f/core';

/** What a test may break. */
export interface BrokenModerator {
  readonly ignoresStatus?: boolean;
  readonly trustsResults?: boolean;
  readonly trustsCategories?: boolean;
  readonly needsFlagged?: boolean;
  readonly leaksKey?: boolean;
  readonly repeatsInput?: boolean;
  readonly keyInBody?: boolean;
  readonly usesFetch?: boolean;
  readonly ignoresAbort?: boolean;
  readonly asksWithoutKey?: boolean;
  readonly takesAnything?: boolean;
}

const CODES: Readonly<Record<number, G4FError['code']>> = {
  400: 'invalid-request',
  401: 'auth',
  402: 'payment-required',
  403: 'auth',
  404: 'model-not-found',
  429: 'rate-limit',
};

/** @param broken nothing unless given */
export const goodModerator = (broken: BrokenModerator = {}): Provider =>
  defineProvider({
    id: 'acme',
    name: 'Acme',
    website: 'https://acme.example',
    key: 'required',
    env: ['ACME_API_KEY'],
    wire: 'openai-chat',
    models: {},
    async *moderate(request, context) {
      try {
        yield await moderate(request, context, broken);
      } catch (error) {
        if (broken.ignoresAbort && context.signal.aborted)
          return void (yield { id: '', model: '', results: [] });
        throw error;
      }
    },
  });

async function moderate(request: ModerationRequest, context: Context, broken: BrokenModerator) {
  const key = context.env.ACME_API_KEY;
  if (key === undefined && !broken.asksWithoutKey) throw fails('auth', 'no key: set ACME_API_KEY.');
  if (broken.usesFetch) await fetch('http://127.0.0.1:9/').catch(() => undefined);
  const response = await context.send({
    method: 'POST',
    url: `${context.baseURL}/moderations`,
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ ...request, ...(broken.keyInBody && { key }) }),
  });
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of response.body) text += decoder.decode(bytes, { stream: true });
  if (response.status >= 300 && !broken.ignoresStatus)
    throw fails(
      CODES[response.status] ?? 'server',
      `it answered ${response.status}.${broken.leaksKey ? ` ${key}` : ''}${broken.repeatsInput ? ` ${request.input}` : ''}`,
      response.status,
    );
  return read(text, request.model, broken);
}

interface Answer {
  readonly results?: readonly { flagged?: boolean; categories?: Record<string, boolean> }[];
}

function read(text: string, model: string, broken: BrokenModerator) {
  let answer: Answer = {};
  try {
    answer = JSON.parse(text);
  } catch {
    if (!broken.takesAnything) throw fails('bad-response', 'the answer is not JSON.');
  }
  const { results = [] } = answer;
  if (results.length === 0 && !broken.trustsResults && !broken.takesAnything)
    throw fails('bad-response', 'there are no results.');
  return {
    id: 'x',
    model,
    results: results.map((result) => {
      const { flagged, categories } = result ?? {};
      if (categories === undefined && !broken.trustsCategories)
        throw fails('bad-response', 'a result has no categories.');
      const any = Object.values(categories ?? {}).includes(true);
      return {
        category_scores: {},
        ...result,
        flagged: flagged ?? (broken.needsFlagged ? false : any),
        categories: categories ?? {},
      };
    }),
  };
}

const fails = (code: G4FError['code'], why: string, status?: number): G4FError =>
  new G4FError(`acme: ${why}`, { code, provider: 'acme', ...(status !== undefined && { status }) });
