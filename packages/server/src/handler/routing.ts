// From a request to the route that answers it: Hono's routers without its application, which would make objects that nothing here reads.
import { RegExpRouter } from 'hono/router/reg-exp-router';
import { SmartRouter } from 'hono/router/smart-router';
import { TrieRouter } from 'hono/router/trie-router';
import { getPath, tryDecodeURIComponent } from 'hono/utils/url';
import type { Answer } from '../answer/answer.ts';
import type { CallerRequest } from '../answer/caller-request.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { Outcome } from '../exchange/record.ts';
import { type Failure, refuse } from '../failure/refusal.ts';
import { keyCheck } from '../guard/keys.ts';
import type { HandlerSettings } from '../options/options.ts';
import type { Route } from '../routes/route.ts';
import { ROUTES } from '../routes/routes.ts';

/** What a caller is told of what was thrown. */
export type Tell = (thrown: unknown, request: CallerRequest, outcome: Outcome) => Promise<Failure>;

/** A request, as far as its route is not known. */
interface Unrouted extends Pick<Exchange, 'requestId' | 'node' | 'caller'> {
  /** As it stands in the address. */
  readonly path: string;
  readonly outcome: Outcome;
}

/** What stands in the router: a route, or the methods of a path that is asked for by another. */
type Found = Route | { readonly path: string; readonly allow: string };

/** Answers by the routes. @throws Refusal 404, 405, and what a route throws */
export const routing = (
  settings: HandlerSettings,
  tell: Tell,
  ending: AbortSignal | undefined,
): ((request: CallerRequest, unrouted: Unrouted) => Answer | Promise<Answer>) => {
  const { client, limits, nameable, targets, chosen, routesByName, stored, keepAlive, keys, gate } = settings;
  const isKeyed = keys.length > 0 || gate !== undefined;
  const checkState = gate && (async () => (await gate.open()).check());
  const metrics = countsOf(settings);
  const router = routerOf();
  return (request, { path: written, requestId, node, caller, outcome }) => {
    // Most paths say what they mean; how others are read is Hono's.
    const path = written.includes('%') ? getPath(new Request(request.url)) : written;
    // A request for the head alone is answered like any other, and its body is not sent.
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const [[first], stash] = router.match(method, path);
    if (first === undefined) throw refuse(404, 'not-found', `There is nothing at ${path.slice(0, 200)}.`);
    const [found, params] = first;
    if (!('answer' in found)) {
      const { allow } = found;
      throw refuse(405, 'method-not-allowed', `${path} does not take ${request.method}: use ${allow}.`, {
        headers: { allow },
      });
    }
    outcome.route = found.path;
    // Field by field: two objects spread into one cost more than the rest of this function.
    return found.answer({
      client,
      limits,
      nameable,
      targets,
      chosen,
      routesByName,
      stored,
      keepAlive,
      ending,
      checkState,
      isKeyed,
      metrics,
      request,
      requestId,
      node,
      caller,
      outcome,
      tell: (thrown) => tell(thrown, request, outcome),
      path: paramsOf(params, stash),
      query: queryOf(request),
    });
  };
};

const routerOf = (): SmartRouter<Found> => {
  const router = new SmartRouter<Found>({ routers: [new RegExpRouter<Found>(), new TrieRouter<Found>()] });
  for (const route of ROUTES) router.add(route.method, route.path, route);
  for (const [path, methods] of methodsByPath())
    router.add('ALL', path, { path, allow: [...methods].join(', ') });
  return router;
};

/** The parts of the path that the route names. A router tells the places of their values, or the values. */
const paramsOf = (
  params: Readonly<Record<string, number | string>>,
  stash: readonly string[] = [],
): Readonly<Record<string, string>> => {
  const parts: Record<string, string> = {};
  for (const name in params) {
    const at = params[name] ?? '';
    parts[name] = tryDecodeURIComponent(typeof at === 'number' ? (stash[at] ?? '') : at);
  }
  return parts;
};

const NO_QUERY = new URLSearchParams();

const queryOf = ({ url }: CallerRequest): URLSearchParams =>
  url.includes('?') ? new URL(url).searchParams : NO_QUERY;

function methodsByPath(): Map<string, Set<string>> {
  const methods = new Map<string, Set<string>>();
  for (const { method, path } of ROUTES) {
    const known = methods.get(path) ?? new Set();
    methods.set(path, known.add(method));
    if (method === 'GET') known.add('HEAD');
  }
  return methods;
}

/** The counts, and who may read them. */
const countsOf = ({ metrics }: HandlerSettings): Exchange['metrics'] => {
  if (metrics === undefined) return undefined;
  const { key } = metrics.options;
  const check = key === undefined ? undefined : keyCheck([key]);
  return { render: metrics.render, mayRead: async (request) => check === undefined || check(request) };
};
