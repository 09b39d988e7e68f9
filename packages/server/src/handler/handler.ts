// The gateway as a function from request to response: it runs wherever there is `fetch`'s `Request` and `Response`.
import { Hono } from 'hono';
import { administration, isAdminPath } from '../admin/administration.ts';
import { anthropic } from '../dialects/anthropic/anthropic.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { gemini } from '../dialects/gemini/gemini.ts';
import { ollama } from '../dialects/ollama/ollama.ts';
import { openai } from '../dialects/openai/openai.ts';
import { refusalAnswer } from '../exchange/answers.ts';
import type { Exchange, NodeBindings } from '../exchange/exchange.ts';
import { refuse } from '../failure/refusal.ts';
import { checkHost, checkOrigin, corsHeaders, preflight } from '../guard/origins.ts';
import { type HandlerOptions, type HandlerSettings, settleHandler } from '../options/options.ts';
import { ANTHROPIC_ROUTES } from '../routes/anthropic.ts';
import { GEMINI_ROUTES } from '../routes/gemini.ts';
import { OLLAMA_ROUTES } from '../routes/ollama.ts';
import { OPENAI_ROUTES } from '../routes/openai.ts';
import type { Route } from '../routes/route.ts';
import { STATE_ROUTES } from '../routes/state.ts';
import { admission } from './admission.ts';

const ROUTES: readonly Route[] = [
  ...OPENAI_ROUTES,
  ...ANTHROPIC_ROUTES,
  ...GEMINI_ROUTES,
  ...OLLAMA_ROUTES,
  ...STATE_ROUTES,
];

/** Answers one request. The second argument is what `@hono/node-server` gives on Node; other runtimes give none. */
export type Handler = (request: Request, node?: Partial<NodeBindings>) => Promise<Response>;

interface Bindings {
  readonly requestId: string;
  readonly node: NodeBindings | undefined;
  readonly caller: Exchange['caller'];
}
type App = Hono<{ Bindings: Bindings }>;

/**
 * A gateway: OpenAI's, Anthropic's, Gemini's and Ollama's API over every provider of the client. Every failure is an answer in the form
 * of the API that was asked. By default no page of a browser may use it, and it answers only to names of this machine.
 *
 * @throws G4FError `invalid-request` for an option that is not what it must be.
 */
export const createHandler = (options: HandlerOptions = {}): Handler => handlerOf(settleHandler(options));

/** The same, of options that have been checked. @param ending aborts the calls that run. */
export const handlerOf = (settings: HandlerSettings, ending?: AbortSignal): Handler => {
  const app = appOf(settings, ending);
  const admit = admission(settings);
  const administer = administration(settings);
  return async (request, given) => {
    const requestId = `req_${crypto.randomUUID().replaceAll('-', '')}`;
    const path = pathOf(request);
    let origin: string | undefined;
    let response: Response;
    try {
      checkHost(request, settings.hosts);
      origin = checkOrigin(request, settings.cors);
      if (origin !== undefined && request.method === 'OPTIONS') return preflight(request, origin);
      const node = bindingsOf(given);
      response = isAdminPath(path)
        ? await administer(request, node)
        : await admit({ request, requestId, isOpen: OPEN.has(path) }, async (caller) =>
            app.fetch(request, { requestId, node, caller }),
          );
    } catch (thrown) {
      response = refusalAnswer(thrown, dialectOf(path, request), requestId);
    }
    const { headers } = response;
    headers.set('x-request-id', requestId);
    headers.set('request-id', requestId);
    if (origin !== undefined)
      for (const [name, value] of Object.entries(corsHeaders(origin))) headers.set(name, value);
    return response;
  };
};

const OPEN: ReadonlySet<string> = new Set(
  ROUTES.filter(({ isOpen }) => isOpen === true).map(({ path }) => path),
);

const pathOf = ({ url }: Request): string => new URL(url).pathname;

const bindingsOf = ({ incoming, outgoing }: Partial<NodeBindings> = {}): NodeBindings | undefined =>
  incoming === undefined || outgoing === undefined ? undefined : { incoming, outgoing };

/** The API that a path is of, if it has a route or not. */
function dialectOf(path: string, { headers }: Request): Dialect {
  if (path.startsWith('/v1/messages') || headers.has('anthropic-version')) return anthropic;
  if (path.startsWith('/v1beta/')) return gemini;
  return path.startsWith('/api/') ? ollama : openai;
}

function appOf({ client, limits, nameable, chosen }: HandlerSettings, ending: AbortSignal | undefined): App {
  const app: App = new Hono();
  for (const { method, path, answer } of ROUTES)
    app.on(method, path, ({ req, env: { requestId, node, caller } }) =>
      answer({
        request: req.raw,
        node,
        client,
        limits,
        nameable,
        chosen,
        ending,
        caller,
        requestId,
        path: req.param(),
        query: new URL(req.url).searchParams,
      }),
    );
  for (const [path, methods] of methodsByPath()) {
    const allow = [...methods].join(', ');
    app.all(path, ({ req }) => {
      throw refuse(405, 'method-not-allowed', `${req.path} does not take ${req.method}: use ${allow}.`, {
        headers: { allow },
      });
    });
  }
  app.notFound(({ req }) => {
    throw refuse(404, 'not-found', `There is nothing at ${req.path.slice(0, 200)}.`);
  });
  app.onError((error) => {
    throw error;
  });
  return app;
}

function methodsByPath(): Map<string, Set<string>> {
  const methods = new Map<string, Set<string>>();
  for (const { method, path } of ROUTES) methods.set(path, (methods.get(path) ?? new Set()).add(method));
  return methods;
}
