// The gateway as a function from request to response: it runs wherever there is `fetch`'s `Request` and `Response`.
import { isG4FError } from '@g4f/core';
import { Hono } from 'hono';
import { administration, isAdminPath } from '../admin/administration.ts';
import { anthropic } from '../dialects/anthropic/anthropic.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { gemini } from '../dialects/gemini/gemini.ts';
import { ollama } from '../dialects/ollama/ollama.ts';
import { openai } from '../dialects/openai/openai.ts';
import { refusalAnswer } from '../exchange/answers.ts';
import type { Exchange, NodeBindings } from '../exchange/exchange.ts';
import type { Outcome } from '../exchange/record.ts';
import { failureOf } from '../failure/failure.ts';
import { withoutAddresses } from '../failure/hidden-addresses.ts';
import { refuse } from '../failure/refusal.ts';
import { keyCheck } from '../guard/keys.ts';
import { checkHost, checkOrigin, corsHeaders, isCalledLocally, preflight } from '../guard/origins.ts';
import { type HandlerOptions, type HandlerSettings, settleHandler } from '../options/options.ts';
import { pageAnswer } from '../page/served-page.ts';
import { ROUTES } from '../routes/routes.ts';
import { admission } from './admission.ts';
import { tellObservers } from './observing.ts';

/** Answers one request. The second argument is what `@hono/node-server` gives on Node; other runtimes give none. */
export type Handler = (request: Request, node?: Partial<NodeBindings>) => Promise<Response>;

interface Bindings {
  readonly requestId: string;
  readonly node: NodeBindings | undefined;
  readonly caller: Exchange['caller'];
  readonly outcome: Outcome;
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
  const tell = tellerOf(settings);
  const app = appOf(settings, tell, ending);
  const admit = admission(settings);
  const administer = administration(settings);
  const isOpen = openPaths(settings);
  const { page, hosts, keys, gate } = settings;
  const isGuarded = hosts !== 'any' || keys.length > 0 || gate !== undefined;
  return async (request, given) => {
    const startedAt = performance.now();
    const requestId = newRequestId();
    const path = pathOf(request);
    const node = bindingsOf(given);
    const outcome: Outcome = {};
    let origin: string | undefined;
    let response: Response;
    try {
      // A call is counted by its beginning as well.
      if (settings.metrics !== undefined) await settings.metrics.ready;
      checkHost(request, settings.hosts);
      const isOwnPage = page !== undefined && (isGuarded || isCalledLocally(request));
      origin = checkOrigin(request, settings.cors, isOwnPage);
      if (origin !== undefined && request.method === 'OPTIONS') return preflight(request, origin);
      const file = pageAnswer(page, path, request);
      if (file !== undefined) response = file;
      else if (isAdminPath(path)) response = await administer(request, node);
      else
        response = await admit({ request, requestId, isOpen: isOpen(path) }, async (caller) =>
          app.fetch(request, { requestId, node, caller, outcome }),
        );
    } catch (thrown) {
      const failure = await tell(thrown, request, outcome);
      outcome.code = failure.code;
      response = refusalAnswer(failure, dialectOf(path, request), requestId);
    }
    const { headers } = response;
    headers.set('x-request-id', requestId);
    headers.set('request-id', requestId);
    if (origin !== undefined)
      for (const [name, value] of Object.entries(corsHeaders(origin))) headers.set(name, value);
    tellObservers(settings.observers, { requestId, request, response, node, outcome, startedAt });
    return response;
  };
};

/** The id of a request, by which callers, logs and failures name it. */
export const newRequestId = (): string => `req_${crypto.randomUUID().replaceAll('-', '')}`;

const OPEN: ReadonlySet<string> = new Set(
  ROUTES.filter(({ isOpen }) => isOpen === true).map(({ path }) => path),
);

/** Which paths need none of the gateway's keys. The counts are asked for with a key of their own, by their route. */
const openPaths = ({ metrics }: HandlerSettings): ((path: string) => boolean) => {
  const { key, open = false } = metrics?.options ?? {};
  const hasOwnKey = open || key !== undefined;
  return (path) => OPEN.has(path) || (hasOwnKey && path === '/metrics');
};

/** The counts, and who may read them. */
const countsOf = ({ metrics }: HandlerSettings): Exchange['metrics'] => {
  if (metrics === undefined) return undefined;
  const { key } = metrics.options;
  const check = key === undefined ? undefined : keyCheck([key]);
  return { render: metrics.render, mayRead: async (request) => check === undefined || check(request) };
};

const pathOf = ({ url }: Request): string => new URL(url).pathname;

const bindingsOf = ({ incoming, outgoing }: Partial<NodeBindings> = {}): NodeBindings | undefined =>
  incoming === undefined || outgoing === undefined ? undefined : { incoming, outgoing };

/** The API that a path is of, if it has a route or not. */
function dialectOf(path: string, { headers }: Request): Dialect {
  if (path.startsWith('/v1/messages') || headers.has('anthropic-version')) return anthropic;
  if (path.startsWith('/v1beta/')) return gemini;
  return path.startsWith('/api/') ? ollama : openai;
}

type Tell = (thrown: unknown, request: Request, outcome: Outcome) => ReturnType<Exchange['tell']>;

/** What callers are told: no address that the operator has set, and none besides those that the caller wrote. */
const tellerOf =
  ({ client, addresses }: HandlerSettings): Tell =>
  async (thrown, { url }, { written }) => {
    const failure = failureOf(thrown);
    if (!isG4FError(thrown)) return failure;
    const asked = await client.health().catch(() => []);
    const { pathname, search } = new URL(url);
    const known = [...addresses, ...asked.flatMap(({ baseURL = [] }) => baseURL)];
    return withoutAddresses(failure, known, [written, pathname, search]);
  };

function appOf(settings: HandlerSettings, tell: Tell, ending: AbortSignal | undefined): App {
  const { client, limits, nameable, targets, chosen, stored, keepAlive, keys, gate } = settings;
  const isKeyed = keys.length > 0 || gate !== undefined;
  const checkState = gate && (async () => (await gate.open()).check());
  const metrics = countsOf(settings);
  const app: App = new Hono();
  for (const { method, path, answer } of ROUTES)
    app.on(method, path, ({ req, env: { requestId, node, caller, outcome } }) => {
      outcome.route = path;
      return answer({
        request: req.raw,
        node,
        client,
        limits,
        nameable,
        targets,
        chosen,
        stored,
        checkState,
        isKeyed,
        keepAlive,
        metrics,
        outcome,
        ending,
        tell: (thrown) => tell(thrown, req.raw, outcome),
        caller,
        requestId,
        path: req.param(),
        query: new URL(req.url).searchParams,
      });
    });
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
