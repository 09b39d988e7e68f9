// What becomes of a call for a model that its maker ends: refused, moved on to the successor, or warned of.
import type { ModelEnd } from '@g4f/providers/registry';
import type { ProviderEntry } from '../catalog/provider-entry.ts';
import { checkRetired } from '../options/check-option.ts';
import type { Settings } from '../options/settings.ts';
import { modelIdAt } from './model-id.ts';

/** For so long before its end a model's answers warn of it. */
const NOTICE_DAYS = 30;
const DAY_MS = 86_400_000;
/** More steps than any chain of successors has. */
const MOST_STEPS = 20;
/** The date of a snapshot: it ends with its family. */
const DATE = /-(?:\d{8}|\d{4}-\d{2}-\d{2}|\d{2}-\d{4}|\d{4})$/;

/** What is to be done with a candidate whose model ends. */
export interface Retirement {
  /** What is added to the maker's own refusal, which then has its reason. */
  readonly note: string;
  /** Why it is not asked at all. */
  readonly refused?: string;
  /** Who is asked instead: the provider's own id of the successor, and what the person is told. */
  readonly successor?: { readonly model: string; readonly line: string };
  /** What the first chunk warns of. */
  readonly warning?: string;
}

/**
 * Whether the caller's own value, or else the variable's, is to move on. At an address that the program gave, which may be
 * anybody's, none takes the place of the model that was asked for; one in a variable is the account's, and most often a way to the maker.
 * @throws G4FError `invalid-request`
 */
const movesOn = ({ retired, env, baseURL }: Settings): boolean => {
  if (baseURL !== undefined) return false;
  const wish = retired ?? checkRetired('G4F_RETIRED', env.G4F_RETIRED?.trim() || undefined);
  return wish === 'successor';
};

/**
 * What the end of this model means for a call; undefined if it has none at this provider. An end holds at the maker's own
 * service alone: Azure, OpenRouter and the like end a model on days of their own, and are asked as ever.
 *
 * @param own the provider's own id of the model. @param elsewhere whether it answers at an address of the caller's: what
 *   is offered there is not known, so that nothing is refused.
 * @param now in ms since 1970.
 */
export const retirementOf = (
  backend: ProviderEntry,
  own: string,
  settings: Settings,
  elsewhere: boolean,
  now: number = Date.now(),
): Retirement | undefined => {
  const end = endOf(backend, own);
  if (end === undefined) return undefined;
  const today = dayOf(now);
  const { ended, announced, successor } = end;
  const follows = successor === undefined ? '' : `; ${successor} follows it`;
  const hint = `name ${successor ?? 'another'}${successor === undefined ? '' : ' or set retired: "successor" (G4F_RETIRED)'}`;
  const note = `${backend.name} ${ended < today ? 'ended' : 'ends'} ${own} on ${ended}${follows}: ${hint}`;
  if (ended >= today) {
    return dayOf(now + NOTICE_DAYS * DAY_MS) < ended ? { note } : { note, warning: `${note}.` };
  }
  const living = movesOn(settings) ? livingSuccessor(backend, end, today) : undefined;
  if (living !== undefined) {
    const line = `${backend.name} ended ${own} on ${ended}. ${backend.id} is asked for its successor ${living} instead; without retired: "successor" and G4F_RETIRED this is an error.`;
    return { note, successor: { model: modelIdAt(backend, living), line }, warning: line };
  }
  // A day that was only announced may have been moved since: the maker's own word counts.
  return announced || elsewhere ? { note } : { note, refused: note };
};

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

function endOf({ ends }: ProviderEntry, own: string): ModelEnd | undefined {
  if (ends === undefined) return undefined;
  if (Object.hasOwn(ends, own)) return ends[own];
  const undated = own.slice(-11).replace(DATE, '');
  const family = own.slice(0, -11) + undated;
  return family !== own && Object.hasOwn(ends, family) ? ends[family] : undefined;
}

/** The first in the line of successors that has not ended itself. */
function livingSuccessor(backend: ProviderEntry, end: ModelEnd, today: string): string | undefined {
  let successor = end.successor;
  for (let step = 0; step < MOST_STEPS && successor !== undefined; step++) {
    const next = endOf(backend, successor);
    if (next === undefined || next.ended >= today) return successor;
    successor = next.successor;
  }
  return undefined;
}
