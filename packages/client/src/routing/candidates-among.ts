// Makes candidates of those who offer a model: with their keys, addresses and headers, and what becomes of a model that ends.
import type { GivenHeaders } from '@g4f/providers/options';
import { bringKey, credentialOf, keyIn, missingKey } from '@g4f/providers/parts';
import type { ProviderEntry } from '../catalog/provider-entry.ts';
import { wrapEntry } from '../catalog/wrapped-entry.ts';
import { headersById, headersFor } from '../options/given-headers.ts';
import { isKeyList, type Settings } from '../options/settings.ts';
import type { Candidate, Route, Unusable } from './candidate.ts';
import { checkKeyOwner } from './check-key-owner.ts';
import type { Offer } from './model-offers.ts';
import { addressFrom, asURL, correction, holdsKey } from './moved-address.ts';
import { type Retirement, retirementOf } from './retirement.ts';

/** Keys and headers that were given without saying for whom are for the provider that the caller named, and for no other. */
export const forSeveral = (settings: Settings): Settings => ({
  ...settings,
  apiKey: isKeyList(settings.apiKey) ? undefined : settings.apiKey,
  headers: headersById(settings.headers),
});

/** Which of those who offer the model may be asked, and what the others lack. */
export function candidatesAmong(offers: readonly Offer[], settings: Settings, named: boolean): Route {
  checkKeyOwner(offers, settings, named);
  const candidates: Candidate[] = [];
  const unusable: Unusable[] = [];
  const successors: Candidate[] = [];
  for (const [backend, model] of offers) {
    const headers = headersFor(backend.id, settings.headers);
    const isKnown = bringKey(headers);
    const { apiKey, keys } = isKnown ? keysIn(headers) : keysFor(backend, settings);
    const address =
      settings.baseURL ?? addressFrom(settings, backend, apiKey !== undefined || holdsKey(headers));
    const lacking = isKnown ? undefined : missingKey(backend, { env: settings.env, apiKey });
    const missing = lacking ?? correction(address, named);
    const fate = retirementOf(backend, model, settings, address !== undefined);
    const refused = fate?.refused;
    if (missing !== undefined || refused !== undefined) {
      const both = [missing, refused].filter((text) => text !== undefined).join('; ');
      unusable.push({ id: backend.id, missing: both, ...(missing === undefined && { ended: true }) });
      continue;
    }
    const asked = settings.wrapping === undefined ? backend : wrapEntry(backend, settings.wrapping);
    const candidate = { backend: asked, model, apiKey, keys, baseURL: asURL(address), headers, named };
    if (fate?.successor === undefined)
      candidates.push(fate === undefined ? candidate : withFate(candidate, fate));
    else successors.push(withFate(candidate, fate));
  }
  // Whoever still has the very model is asked before its successor.
  const all = successors.length === 0 ? candidates : [...candidates, ...successors];
  return { candidates: settings.extraBody === undefined ? all : all.map(extraForFirst), unusable };
}

/** `extraBody` is written for the first candidate: one that speaks another protocol has no use for it. */
const extraForFirst = (candidate: Candidate, _: number, [first]: readonly Candidate[]): Candidate =>
  first === undefined || protocolOf(candidate) === protocolOf(first)
    ? candidate
    : withoutExtra(candidate, `extraBody is for ${first.backend.id}`);

const protocolOf = ({ backend }: Candidate): string => backend.wire ?? backend.id;

/** Not sent `extraBody`, and saying so. */
export const withoutExtra = (candidate: Candidate, why: string): Candidate => ({
  ...candidate,
  withoutExtra: true,
  warnings: [...(candidate.warnings ?? []), `${why}: ${candidate.backend.id} was not sent it.`],
});

const withFate = (candidate: Candidate, { note, warning, successor }: Retirement): Candidate => ({
  ...candidate,
  endNote: note,
  ...(warning !== undefined && { warnings: [warning] }),
  ...(successor !== undefined && {
    model: successor.model,
    insteadOf: candidate.model,
    announcement: successor.line,
  }),
});

/** Of a provider whose key is in the headers: none besides is sent, and it is this one that may be refused. */
const keysIn = (headers: GivenHeaders | undefined): Pick<Candidate, 'apiKey' | 'keys'> => ({
  apiKey: undefined,
  keys: [keyIn(headers)],
});

/** The keys the caller gave for this provider, or the one in its variable. */
function keysFor(
  backend: ProviderEntry,
  { apiKey: given, env }: Settings,
): Pick<Candidate, 'apiKey' | 'keys'> {
  const own = isKeyList(given) ? given : Object.hasOwn(given ?? {}, backend.id) ? given?.[backend.id] : [];
  const [apiKey] = own ?? [];
  return { apiKey, keys: apiKey === undefined ? [credentialOf(backend, { env })?.key] : (own ?? []) };
}
