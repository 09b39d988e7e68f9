// The routes of the admin API: keys and what they have used.
import type { Answer } from '../answer/answer.ts';
import { jsonAnswer } from '../exchange/answers.ts';
import { type Asking, readBody } from '../exchange/read-body.ts';
import { refuse } from '../failure/refusal.ts';
import { changeKey, createKey, deleteKey, listKeys, rotateKey, showKey } from '../keys/key-book.ts';
import { usageReport } from '../ledger/usage-report.ts';
import type { State } from '../state/state.ts';

interface AdminRequest {
  readonly asking: Asking;
  readonly state: State;
  /** The id in the path, where there is one. */
  readonly id: string;
}
type AnswerAdmin = (asked: AdminRequest) => Promise<Answer>;

const ROUTES: readonly { readonly path: RegExp; readonly methods: Readonly<Record<string, AnswerAdmin>> }[] =
  [
    {
      path: /^\/admin\/keys$/,
      methods: {
        GET: async ({ state }) => jsonAnswer({ object: 'list', data: await listKeys(state) }, PRIVATE),
        POST: async ({ asking, state }) =>
          jsonAnswer(await createKey(state, await readBody(asking)), PRIVATE, 201),
      },
    },
    {
      path: /^\/admin\/keys\/([^/]{1,100})$/,
      methods: {
        GET: async ({ state, id }) => jsonAnswer(await showKey(state, id), PRIVATE),
        PATCH: async ({ asking, state, id }) =>
          jsonAnswer(await changeKey(state, id, await readBody(asking)), PRIVATE),
        async DELETE({ state, id }) {
          await deleteKey(state, id);
          return jsonAnswer({ object: 'key', id, deleted: true }, PRIVATE);
        },
      },
    },
    {
      path: /^\/admin\/keys\/([^/]{1,100})\/rotate$/,
      methods: { POST: async ({ state, id }) => jsonAnswer(await rotateKey(state, id), PRIVATE) },
    },
    {
      path: /^\/admin\/usage$/,
      methods: { GET: async ({ asking, state }) => jsonAnswer(await report(asking, state), PRIVATE) },
    },
  ];

/** A key that is shown once is kept nowhere on its way. */
const PRIVATE = { 'cache-control': 'no-store' };

const PARAMETERS: ReadonlySet<string> = new Set(['by', 'key', 'model', 'from', 'to', 'limit']);

/** Answers an operator. @throws Refusal, StateError */
export const answerAdmin = async (asking: Asking, state: State): Promise<Answer> => {
  const { method, url } = asking.request;
  const { pathname } = new URL(url);
  for (const { path, methods } of ROUTES) {
    const found = path.exec(pathname);
    if (found === null) continue;
    const answer = Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (answer !== undefined) return answer({ asking, state, id: found[1] ?? '' });
    const allow = Object.keys(methods).join(', ');
    throw refuse(405, 'method-not-allowed', `${pathname} does not take ${method}: use ${allow}.`, {
      headers: { allow },
    });
  }
  throw refuse(404, 'not-found', `There is nothing at ${pathname.slice(0, 200)}.`);
};

async function report({ request }: Asking, state: State) {
  const parameters = new URL(request.url).searchParams;
  for (const name of parameters.keys())
    if (!PARAMETERS.has(name))
      throw refuse(
        400,
        'invalid-request',
        `${name.slice(0, 50)} is not a parameter of /admin/usage: use ${[...PARAMETERS].join(', ')}.`,
      );
  return usageReport(state, Object.fromEntries(parameters));
}
