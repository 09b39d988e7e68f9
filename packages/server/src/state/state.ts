// Where a gateway keeps what outlives a request: keys, what they have used, and the usage ledger.

/** What is counted. Dollars are kept as whole billionths, so that sums are exact. */
export type Unit = 'requests' | 'tokens' | 'dollars';

/** For how long it is counted together. All but `total` are those of UTC: a day begins at midnight, a month with its first day. */
export type Period = 'minute' | 'hour' | 'day' | 'month' | 'total';

/** The most of a unit in a period. Whole numbers; dollars in billionths. */
export interface Limit {
  readonly unit: Unit;
  readonly per: Period;
  readonly most: number;
}

/** A virtual key as it is kept. The key itself is not. */
export interface KeyRecord {
  readonly id: string;
  readonly name: string;
  /** SHA-256 of the key, in hexadecimal digits. */
  readonly hash: string;
  /** The last four characters of the key, to tell keys apart. */
  readonly ending: string;
  /** ms since 1970. */
  readonly createdAt: number;
  /** Models that it may ask for, `*` standing for any characters; all if absent. */
  readonly models?: readonly string[];
  readonly limits: readonly Limit[];
  /** ms since 1970. */
  readonly expiresAt?: number;
  readonly isDisabled: boolean;
}

/** What a call wants of a limit. */
export interface Want {
  readonly limit: Limit;
  /** In whole units; -1 if nobody knows. */
  readonly amount: number;
  /** Whether it cannot be more. */
  readonly isBound: boolean;
}

/** What a call reserves before it begins. */
export interface Reservation {
  readonly call: string;
  readonly key: string;
  readonly wants: readonly Want[];
  /** After how long without {@link State.renew} it counts no more, in ms: its gateway is gone. */
  readonly lease: number;
}

/** Whether a call may begin. */
export type Reserved =
  | { readonly isGranted: true }
  | {
      readonly isGranted: false;
      /** Which want was refused. */
      readonly at: number;
      /** The limit is used up; the call surely needs more than is left; or calls under way may need what is left. */
      readonly why: 'used-up' | 'too-much' | 'busy';
      readonly used: number;
      /** Until the period is over, in ms; undefined if it never is. */
      readonly resetsIn: number | undefined;
    };

/** One request in the ledger. */
export interface LedgerRow {
  /** Unique: a row that is written twice counts once. */
  readonly id: string;
  /** When it came, in ms since 1970. */
  readonly at: number;
  /** The id of the key. */
  readonly key: string;
  /** As it was asked for; empty where the request did not get so far. */
  readonly model: string;
  /** Who answered, or was asked last; empty if nobody was. */
  readonly provider: string;
  /** `chat`, `embed`, …; empty where the request did not get so far. */
  readonly operation: string;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Billionths of a dollar. */
  readonly cost: number;
  /** HTTP status by which the call ended; 499 if its caller left. */
  readonly status: number;
  /** Until its end. */
  readonly ms: number;
}

/** A request that is over. */
export interface Settlement {
  readonly row: LedgerRow;
  /** What is added to what the key has used; none where the request got no reservation. */
  readonly charges: readonly Charge[];
}

/** An amount of a counter. */
export interface Charge {
  readonly unit: Unit;
  readonly per: Period;
  readonly amount: number;
}

/** What stands of a limit. */
export interface Standing {
  readonly used: number;
  readonly reserved: number;
  readonly resetsIn: number | undefined;
}

/** By what the ledger is summed. */
export type UsageBy = 'key' | 'model' | 'provider' | 'day';

/** Which rows of the ledger are meant. */
export interface UsageFilter {
  readonly key?: string | undefined;
  readonly model?: string | undefined;
  /** The first and the last day of UTC, as `2026-11-29`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** A sum over rows. */
export interface UsageSum {
  /** The key, model or provider, or the day as `2026-11-29`. */
  readonly of: string;
  readonly requests: number;
  /** Of these, those whose status is 400 or above. */
  readonly failed: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Billionths of a dollar. */
  readonly cost: number;
}

/** Texts that all gateways of a state have: each by its name, and for so long. */
export interface Texts {
  read(name: string): Promise<string | undefined>;
  /** Puts it in the place of what has this name. @param ms for how long it is kept */
  write(name: string, text: string, ms: number): Promise<void>;
  remove(name: string): Promise<void>;
}

/** Names that all gateways of a state hold for a while, each said by one of them. */
export interface Rests {
  /** @param ms from now on, by the clock of the state */
  say(by: string, name: string, ms: number): Promise<void>;
  /** Takes it back, whoever said it. */
  end(name: string): Promise<void>;
  /** Those that are not over, and that others than this one have said, with what is left of their time in ms. */
  saidByOthers(by: string): Promise<ReadonlyMap<string, number>>;
}

/**
 * The state of a gateway. Every method may take long or fail, and throws then a {@link StateError}; none is called without a deadline.
 */
export interface State {
  /** For messages: `memory`, `SQLite file …`, `Redis …`, without a password. */
  readonly name: string;
  /** Undefined where what is written would be of one process alone. */
  readonly texts: Texts | undefined;
  /** Which providers gateways leave alone. Only of a state that several machines share. */
  readonly rests?: Rests;
  /** Adds a key, or puts it in the place of the one with its id. */
  saveKey(record: KeyRecord): Promise<void>;
  /** Puts a record in the place of this one, as it was read. @returns false where it was changed or deleted since. */
  replaceKey(before: KeyRecord, after: KeyRecord): Promise<boolean>;
  findKeyByHash(hash: string): Promise<KeyRecord | undefined>;
  findKey(id: string): Promise<KeyRecord | undefined>;
  /** In the order in which they were made. */
  listKeys(): Promise<readonly KeyRecord[]>;
  /** @returns whether it was there. What it has used is forgotten, its rows of the ledger stay. */
  deleteKey(id: string): Promise<boolean>;
  /** Reserves all that a call wants, or nothing. */
  reserve(reservation: Reservation): Promise<Reserved>;
  /** Says that these calls still run. @param calls the key of each */
  renew(calls: ReadonlyMap<string, string>, lease: number): Promise<void>;
  /** Writes rows, frees what their calls had reserved and adds what they used: each row once, however often it comes. */
  settle(settlements: readonly Settlement[]): Promise<void>;
  /** What stands of each limit. */
  standing(key: string, limits: readonly Limit[]): Promise<readonly Standing[]>;
  /** Sums, the largest cost first; days in their order. */
  usage(by: UsageBy, filter: UsageFilter): Promise<readonly UsageSum[]>;
  /** The last rows, newest first. */
  rows(filter: UsageFilter, most: number): Promise<readonly LedgerRow[]>;
  /** Forgets rows, and what was used in periods, from before this time; and texts whose time is over. */
  forget(before: number): Promise<void>;
  close(): Promise<void>;
}
