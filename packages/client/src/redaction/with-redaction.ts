// The wrap that hides what is private from providers, as a program names it: what carries it out is loaded with the first call.
import {
  type Batch,
  type ChatRequest,
  type Context,
  OPERATIONS,
  type Operation,
  type Operations,
  type Provider,
  type ProviderOperations,
  type ResponseBatch,
  type ResponseRequest,
} from '@g4f/core';
import { askProvider } from '../attempt/provider-operation.ts';
import type { Open } from '../attempt/wrapped-operations.ts';
import { checkEach, noField, wrong } from '../options/check-option.ts';
import { withPlainForm } from '../options/plain-form.ts';
import { isFilled } from '../options/plain-value.ts';
import { reading } from '../options/unreadable.ts';
import type { WrapProvider } from '../surface/middleware.ts';
import { findOwn } from './find-own.ts';
import type { PrivateKind, RedactionOptions } from './options.ts';
import type { Find } from './place.ts';
import type { Redaction } from './placeholders.ts';

const KINDS = Object.keys({
  key: true,
  email: true,
  phone: true,
  card: true,
} satisfies Record<PrivateKind, true>) as PrivateKind[];
const FIELDS: readonly (keyof RedactionOptions)[] = ['kinds', 'own'];

/**
 * Hides what is private from every provider: keys, e-mail addresses, phone numbers, numbers of credit cards, and what the program
 * itself names. Each is sent as a placeholder (`[EMAIL_1]`), the same value as the same in one call, and put back where the answer
 * of a chat or a response repeats it: in text, reasoning and the arguments of tools. It finds what looks like such; it is no guarantee.
 *
 * @returns for the option `wrap` of a client.
 * @throws G4FError `invalid-request` for options that there are not, and for patterns that might not take linear time.
 */
export const withRedaction = (options: RedactionOptions = {}): WrapProvider => {
  const { kinds, own } = reading(options, () => checkOptions(options));
  let loading: Promise<Redaction> | undefined;
  const load = (): Promise<Redaction> => {
    loading ??= loaded(kinds, own);
    return loading;
  };
  const wrap: WrapProvider = (provider) => ({ ...provider, ...redactedOperations(provider, load) });
  return withPlainForm(wrap, 'withRedaction', options);
};

/** What carries it out, loaded once. */
type LoadRedaction = () => Promise<Redaction>;

const loaded = async (kinds: readonly PrivateKind[], own: readonly Find[]): Promise<Redaction> =>
  (await import('./redaction-of.ts')).redactionOf(kinds, own);

/** That a provider's methods are of these types is lost where the table is read by a name. */
type AskedMethod<O extends Operation> = (
  request: Operations[O]['request'],
  context: Context,
) => AsyncIterable<Operations[O]['part']>;

/** The operations of the provider, each with its requests redacted. */
function redactedOperations(provider: Provider, load: LoadRedaction): ProviderOperations {
  const redacted: Open<ProviderOperations> = {};
  const put = <O extends Operation>(operation: O, asked: AskedMethod<O>): void => {
    redacted[operation] = asked as ProviderOperations[O];
  };
  const putPlain = <O extends Operation>(operation: O): void =>
    put(operation, (request, context) => plain(provider, operation, request, context, load));
  for (const operation of OPERATIONS) {
    if (provider[operation] === undefined) continue;
    if (operation === 'chat') put(operation, (request, context) => chat(provider, request, context, load));
    else if (operation === 'respond')
      put(operation, (request, context) => respond(provider, request, context, load));
    else putPlain(operation);
  }
  return redacted;
}

async function* chat(
  provider: Provider,
  given: ChatRequest,
  lent: Context,
  load: LoadRedaction,
): AsyncGenerator<Batch> {
  const [redaction, { redactedCall, restoredChat }] = await Promise.all([
    load(),
    import('./redacted-parts.ts'),
  ]);
  const { request, context, placeholders } = redactedCall(given, lent, redaction);
  const batches = iterable(askProvider(provider, 'chat', request, context));
  yield* placeholders.size === 0 ? batches : restoredChat(batches, placeholders);
}

async function* respond(
  provider: Provider,
  given: ResponseRequest,
  lent: Context,
  load: LoadRedaction,
): AsyncGenerator<ResponseBatch> {
  const [redaction, parts] = await Promise.all([load(), import('./redacted-parts.ts')]);
  parts.checkNothingKept(given);
  const { request, context, placeholders } = parts.redactedCall(given, lent, redaction);
  const batches = iterable(askProvider(provider, 'respond', request, context));
  yield* placeholders.size === 0 ? batches : parts.restoredResponse(batches, placeholders);
}

/** What comes back has no texts of the request in it, or is not known to have. */
async function* plain<O extends Operation>(
  provider: Provider,
  operation: O,
  given: Operations[O]['request'],
  lent: Context,
  load: LoadRedaction,
): AsyncGenerator<Operations[O]['part']> {
  const [redaction, { redactedCall }] = await Promise.all([load(), import('./redacted-parts.ts')]);
  const { request, context } = redactedCall(given, lent, redaction);
  yield* iterable(askProvider(provider, operation, request, context));
}

const iterable = <Part>(iterator: AsyncIterator<Part>): AsyncIterable<Part> => ({
  [Symbol.asyncIterator]: () => iterator,
});

function checkOptions(options: unknown): {
  readonly kinds: readonly PrivateKind[];
  readonly own: readonly Find[];
} {
  if (!isFilled(options))
    throw wrong('withRedaction', 'given an object, such as { kinds: ["email"] }', options);
  for (const name of Object.keys(options))
    if (!FIELDS.some((field) => field === name)) throw noField('withRedaction', name, FIELDS);
  const { kinds = KINDS, own = {} } = options;
  const known = KINDS.join(', ');
  if (!Array.isArray(kinds)) throw wrong('withRedaction kinds', `a list of ${known}`, kinds);
  checkEach('withRedaction kinds', kinds, isKind, `one of ${known}`);
  if (!isFilled(own)) throw wrong('withRedaction own', 'an object, such as { PROJECT: "Falcon" }', own);
  return { kinds, own: Object.entries(own).flatMap(([label, given]) => ownOf(label, given)) };
}

const isKind = (value: unknown): value is PrivateKind => KINDS.some((kind) => kind === value);

function ownOf(label: string, given: unknown): readonly Find[] {
  if (!/^[A-Z][A-Z0-9_]{0,29}$/.test(label))
    throw wrong('withRedaction own', 'named in capitals, such as PROJECT', label);
  return Array.isArray(given)
    ? Array.from(given, (one, at) => findOwn(label, one, `[${at}]`))
    : [findOwn(label, given)];
}
