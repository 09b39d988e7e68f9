// The option `headers`, and `organization` and `project`, which are headers too: who is sent which.
import { G4FError } from '@g4f/core';
import { type GivenHeaders, readHeaders } from '@g4f/providers/options';
import { wrong } from './check-option.ts';
import type { PickOption } from './pick-option.ts';
import { isPlainObject } from './plain-value.ts';

/** Headers that one level (a client, a call) gave. */
export interface HeaderLevel {
  /** For the one provider that was named, and for no other. */
  readonly own?: GivenHeaders;
  readonly byId?: Readonly<Record<string, GivenHeaders>>;
}

/** The levels that have any, the lowest first. */
export type HeaderLevels = readonly HeaderLevel[];

const NO_HEADERS: HeaderLevels = [];

/** The providers that know an organization and a project. */
const OF_OPENAI = ['openai', 'openai-responses'] as const;

/** The options of one level that become headers. */
interface GivenLevel {
  readonly headers: unknown;
  readonly organization: unknown;
  readonly project: unknown;
}

/** Those of one level. */
export const levelOf = (pick: PickOption['ofCall']): GivenLevel => ({
  headers: pick('headers'),
  organization: pick('organization'),
  project: pick('project'),
});

/** @param levels the lowest first. @throws G4FError `invalid-request` naming the header. */
export const headerLevels = (...levels: readonly GivenLevel[]): HeaderLevels => {
  const read = levels.flatMap((level) => [...accountOf(level), ...headersOf(level.headers)]);
  return read.length === 0 ? NO_HEADERS : read;
};

function headersOf(value: unknown): HeaderLevels {
  if (value == null) return NO_HEADERS;
  if (!isPlainObject(value))
    // Not quoted: there may be a key in it.
    throw new G4FError(
      'headers must be a plain object: names and texts, or these for each provider id. Take Object.fromEntries() of anything else.',
      { code: 'invalid-request' },
    );
  const entries = Object.entries(value);
  if (!entries.some(([, headers]) => isPlainObject(headers))) {
    const own = readHeaders(value, 'headers');
    return Object.keys(own).length === 0 ? NO_HEADERS : [{ own }];
  }
  const byId = entries.flatMap(([id, headers]) => {
    if (headers == null) return [];
    if (isPlainObject(headers)) return [[id, readHeaders(headers, `headers.${id}`)] as const];
    throw wrong(`headers.${id}`, 'an object of headers, as the others are', typeof headers);
  });
  return [{ byId: Object.fromEntries(byId) }];
}

function accountOf({ organization, project }: GivenLevel): HeaderLevels {
  const given = { 'openai-organization': organization ?? undefined, 'openai-project': project ?? undefined };
  for (const [name, value] of Object.entries(given))
    if (value !== undefined && (typeof value !== 'string' || value.trim() === ''))
      throw wrong(name.slice('openai-'.length), 'the id that OpenAI gave it', value);
  if (organization == null && project == null) return NO_HEADERS;
  const headers = readHeaders(given, 'organization and project');
  return [{ byId: Object.fromEntries(OF_OPENAI.map((id) => [id, headers])) }];
}

/** Whether any were given without saying for which provider. */
export const hasOwnHeaders = (levels: HeaderLevels): boolean => levels.some(({ own }) => own !== undefined);

/** Without those, for providers that the caller did not name. */
export const headersById = (levels: HeaderLevels): HeaderLevels =>
  hasOwnHeaders(levels) ? levels.filter(({ own }) => own === undefined) : levels;

/** What one provider is sent: a higher level's over a lower's. */
export const headersFor = (id: string, levels: HeaderLevels): GivenHeaders | undefined => {
  let sent: GivenHeaders | undefined;
  for (const { own, byId } of levels) {
    const headers = own ?? (byId !== undefined && Object.hasOwn(byId, id) ? byId[id] : undefined);
    if (headers !== undefined) sent = sent === undefined ? headers : { ...sent, ...headers };
  }
  return sent;
};
