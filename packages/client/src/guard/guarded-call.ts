// A call whose texts are checked: what is asked before it is sent, what is answered while it comes.
import { G4FError, type Operation, type Operations, toG4FError } from '@g4f/core';
import type { AnyHandler, MiddlewareCall, Next } from '../surface/middleware.ts';
import { AnswerTexts } from './answer-texts.ts';
import { moderationOf } from './moderation-of.ts';
import { textsOfCall } from './texts-of-request.ts';
import type { GuardedText, GuardRules } from './with-guard.ts';

/** Parts that are held at most, however little they say. */
const MOST_HELD = 1024;

/** The middleware. */
export const createGuard = (rules: GuardRules): AnyHandler =>
  async function* guarded<O extends Operation>(
    call: MiddlewareCall<O>,
    next: Next<O>,
  ): AsyncGenerator<Operations[O]['part'], undefined> {
    // Or a guard would ask for the verdict of itself.
    if (call.operation === 'moderate') {
      yield* next();
      return undefined;
    }
    const checks = new TextChecks(rules, call);
    if (checks.knows('input')) await checks.check('input', textsOfCall(call).join('\n'));
    yield* checks.knows('output') ? checkedAnswer(rules, call, next, checks) : next();
    return undefined;
  };

async function* checkedAnswer<O extends Operation>(
  { every, buffer = false }: GuardRules,
  { operation }: MiddlewareCall<O>,
  next: Next<O>,
  checks: TextChecks,
): AsyncGenerator<Operations[O]['part'], undefined> {
  const texts = new AnswerTexts(operation, every);
  const held: Operations[O]['part'][] = [];
  for await (const part of next()) {
    texts.add(part);
    held.push(part);
    if (texts.areDue || held.length >= MOST_HELD)
      // All that is held goes on, and not only the text that is due.
      for (const text of texts.unchecked(buffer)) await checks.check('output', text);
    else if (buffer) continue;
    yield* held.splice(0);
  }
  for (const text of texts.unchecked(true)) await checks.check('output', text);
  yield* held;
  return undefined;
}

/** What checks the texts of one call. */
class TextChecks {
  readonly #rules: GuardRules;
  readonly #call: MiddlewareCall;

  constructor(rules: GuardRules, call: MiddlewareCall) {
    this.#rules = rules;
    this.#call = call;
  }

  knows(side: GuardedText['side']): boolean {
    const { moderation } = this.#rules;
    return (
      this.#rules[side] !== undefined || (moderation !== undefined && (moderation.only ?? side) === side)
    );
  }

  /** @throws G4FError `content-filter` if it may not pass; what the check failed with, unless that lets it pass */
  async check(side: GuardedText['side'], text: string): Promise<void> {
    if (text === '') return;
    const { [side]: own, moderation } = this.#rules;
    const { operation, request, signal } = this.#call;
    if (own !== undefined)
      await this.#judge(side, async () =>
        verdictOf(await own(text, { side, operation, model: request.model, signal })),
      );
    if (moderation !== undefined && (moderation.only ?? side) === side)
      await this.#judge(side, () => moderationOf(text, moderation, this.#call));
  }

  /** @param judge gives why it is refused; undefined if it may pass */
  async #judge(side: GuardedText['side'], judge: () => Promise<string | undefined>): Promise<void> {
    const { name, onError = 'refuse' } = this.#rules;
    const what = side === 'input' ? 'what is asked' : 'the answer';
    // Another answer may pass.
    const scope = side === 'input' ? 'request' : 'moment';
    let why: string | undefined;
    try {
      why = await judge();
    } catch (thrown) {
      if (onError === 'pass' && !this.#call.signal.aborted) return;
      const { code, message, retryAfterMs } = toG4FError(thrown, { code: 'internal' });
      throw new G4FError(
        `${name}: ${what} could not be checked, and is refused for that: ${message} Try again, or give onError: "pass".`,
        { code, scope, retryAfterMs, cause: thrown },
      );
    }
    if (why === undefined) return;
    const then = side === 'input' ? 'Nobody was asked.' : 'What has come of it is not whole.';
    throw new G4FError(`${name} refused ${what}: ${why}. ${then}`, {
      code: 'content-filter',
      scope,
    });
  }
}

function verdictOf(verdict: unknown): string | undefined {
  if (verdict === true) return undefined;
  if (verdict === false) return 'its check says no';
  if (typeof verdict === 'string' && verdict !== '') return verdict.replace(/\.$/, '');
  throw new G4FError(`a check must give true, false or a reason; it gave ${typeof verdict}.`, {
    code: 'internal',
  });
}
