// Ids of tool calls in the alphabet of the service that is asked: a conversation may bring those of any other.

/** What ids of calls a service takes. */
export interface IdRule {
  /** Most characters, in UTF-16 units; `exactly` so many with the next field. */
  readonly length: number;
  readonly exactly?: boolean;
  /** One character that it does not take. */
  readonly foreign?: RegExp;
  /** Two calls of one conversation may have the same id. */
  readonly mayRepeat?: boolean;
}

/** Gives a call of the conversation its id. One that the service takes stays as it is; no two become the same. */
export type CallIds = (id: string) => string;

/**
 * The ids for one conversation, asked for call by call in its order. They follow from the conversation alone, so that
 * the same history has the same ids with every call.
 */
export const createCallIds = (rule: IdRule | undefined): CallIds => {
  if (rule === undefined) return (id) => id;
  const used = new Map<string, string>();
  /** All copies of an id before this one are used. */
  const copies = new Map<string, number>();
  return (id) => {
    for (let copy = copies.get(id) ?? 0; ; copy += 1) {
      const fit = fitId(id, copy, rule);
      const owner = used.get(fit);
      // Where there was none, results are told apart by nothing else.
      if (owner !== undefined && !(owner === id && id && rule.mayRepeat)) continue;
      used.set(fit, id);
      copies.set(id, copy);
      return fit;
    }
  };
};

const HASH_LENGTH = 13;

function fitId(id: string, copy: number, { length, exactly = false, foreign }: IdRule): string {
  const takes = (one: string): boolean =>
    one !== '' && (exactly ? one.length === length : one.length <= length) && !foreign?.test(one);
  if (copy === 0 && takes(id)) return id;
  const hash = hashOf(copy === 0 ? id : `${id}#${copy}`);
  if (exactly) return hash.slice(-length);
  const readable = foreign ? id.replace(new RegExp(foreign, 'gu'), '_') : id;
  if (copy === 0 && takes(readable)) return readable;
  const start = readable.slice(0, length - HASH_LENGTH - 1);
  return start === '' ? `call_${hash}` : `${start}_${hash}`;
}

/** Thirteen letters and digits (FNV-1a, 64 bits). */
function hashOf(text: string): string {
  // As two halves: large integers take a hundred times as long. The prime is 2^40 + 435.
  let [high, low] = [0xcbf29ce4, 0x84222325];
  for (const byte of new TextEncoder().encode(text)) {
    const product = ((low ^ byte) >>> 0) * 435;
    high = (high * 435 + Math.floor(product / 2 ** 32) + ((low ^ byte) << 8)) >>> 0;
    low = product >>> 0;
  }
  return ((BigInt(high) << 32n) | BigInt(low)).toString(36).padStart(HASH_LENGTH, '0');
}
