// The gateway as a function from request to response: it runs wherever there is `fetch`'s `Request` and `Response`.
import { isG4FError } from '@g4f/core';
import { withFields } from '@g4f/core/internal';
import { administration, isAdminPath } from '../admin/administration.ts';
import type { Answer } from '../answer/answer.ts';
import type { CallerRequest } from '../answer/caller-request.ts';
import { toResponse } from '../answer/web-response.ts';
import { anthropic } from '../dialects/anthropic/anthropic.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { gemini } from '../dialects/gemini/gemini.ts';
import { ollama } from '../dialects/ollama/ollama.ts';
import { openai } from '../dialects/openai/openai.ts';
import { refusalAnswer } from '../exchange/answers.ts';
import type { NodeBindings } from '../exchange/exchange.ts';
import type { Outcome } from '../exchange/record.ts';
import { failureOf } from '../failure/failure.ts';
import { failedAddresses, withoutAddresses } from '../failure/hidden-addresses.ts';
import { checkHost, checkOrigin, corsHeaders, isCalledLocally, preflight } from '../guard/origins.ts';
import { type HandlerOptions, type HandlerSettings, settleHandler } from '../options/options.ts';
import { pageAnswer } from '../page/served-page.ts';
import { ROUTES } from '../routes/routes.ts';
import { admission } from './admission.ts';
import { tellObservers } from './observing.ts';
import { routing, type Tell } from './routing.ts';

/** Answers one request. The second argument is what `@hono/node-server` gives on Node; other runtimes give none. */
export type Handler = (request: Request, node?: Partial<NodeBindings>) => Promise<Response>;

/** The same, before the answer is sent. */
export type Answerer = (request: CallerRequest, node?: NodeBindings) => Promise<Answer>;

/**
 * A gateway: OpenAI's, Anthropic's, Gemini's and Ollama's API over every provider of the client. Every failure is an answer in the form
 * of the API that was asked. By default no page of a browser may use it, and it answers only to names of this machine.
 *
 * @throws G4FError `invalid-request` for an option that is not what it must be.
 */
export const createHandler = (options: HandlerOptions = {}): Handler => {
  const answer = answeringOf(settleHandler(options));
  return async (request, given) => {
    const node = bindingsOf(given);
    return toResponse(await answer(request, node), node && (() => node.outgoing.destroy()));
  };
};

/** The same, of options that have been checked. @param ending aborts the calls that run. */
export const answeringOf = (settings: HandlerSettings, ending?: AbortSignal): Answerer => {
  const tell = tellerOf(settings);
  const route = routing(settings, tell, ending);
  const admit = admission(settings);
  const administer = administration(settings);
  const isOpen = openPaths(settings);
  const { page, hosts, keys, gate } = settings;
  const isGuarded = hosts !== 'any' || keys.length > 0 || gate !== undefined;
  return async (request, node) => {
    const startedAt = performance.now();
    const requestId = newRequestId();
    const path = pathOf(request);
    const outcome: Outcome = {};
    let origin: string | undefined;
    let answer: Answer;
    try {
      // A call is counted by its beginning as well.
      if (settings.metrics !== undefined) await settings.metrics.ready;
      checkHost(request, settings.hosts);
      const isOwnPage = page !== undefined && (isGuarded || isCalledLocally(request));
      origin = checkOrigin(request, settings.cors, isOwnPage);
      if (origin !== undefined && request.method === 'OPTIONS') return preflight(request, origin);
      const file = pageAnswer(page, path, request);
      if (file !== undefined) answer = file;
      else if (isAdminPath(path)) answer = await administer(request, node);
      else
        answer = await admit({ request, requestId, isOpen: isOpen(path) }, async (caller) =>
          route(request, { path, requestId, node, caller, outcome }),
        );
    } catch (thrown) {
      const failure = await tell(thrown, request, outcome);
      outcome.code = failure.code;
      answer = refusalAnswer(failure, dialectOf(path, request), requestId);
    }
    const named = withFields(answer.headers, { 'x-request-id': requestId, 'request-id': requestId });
    const headers = origin === undefined ? named : withFields(named, corsHeaders(origin));
    tellObservers(settings.observers, { requestId, request, answer, node, outcome, startedAt });
    return { status: answer.status, headers, body: request.method === 'HEAD' ? null : answer.body };
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

/** What stands between the authority and the query: the address of a request is whole and normal. */
const pathOf = ({ url }: CallerRequest): string => {
  const path = url.slice(url.indexOf('/', url.indexOf('//') + 2));
  const end = path.search(/[?#]/);
  return end === -1 ? path : path.slice(0, end);
};

const bindingsOf = ({ incoming, outgoing }: Partial<NodeBindings> = {}): NodeBindings | undefined =>
  incoming === undefined || outgoing === undefined ? undefined : { incoming, outgoing };

/** The API that a path is of, if it has a route or not. */
function dialectOf(path: string, { headers }: CallerRequest): Dialect {
  if (path.startsWith('/v1/messages') || headers.has('anthropic-version')) return anthropic;
  if (path.startsWith('/v1beta/')) return gemini;
  return path.startsWith('/api/') ? ollama : openai;
}

/** What callers are told: no address that the operator has set, that was not reached or that looks private. */
const tellerOf =
  ({ client, addresses }: HandlerSettings): Tell =>
  async (thrown, { url }, { written }) => {
    const failure = failureOf(thrown);
    if (!isG4FError(thrown)) return failure;
    const asked = await client.health().catch(() => []);
    const { pathname, search } = new URL(url);
    const said = [written, pathname, search];
    const known = [
      ...addresses,
      ...asked.flatMap(({ baseURL = [] }) => baseURL),
      ...failedAddresses(thrown, said),
    ];
    return withoutAddresses(failure, known, said);
  };
