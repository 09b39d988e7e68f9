// Responses in the memory of this process: the newest, up to a number and a size.
import { LIMITS } from '@g4f/core';
import type { ResponseStore, StoredResponse } from './response-store.ts';

/** Most of what is kept. */
export interface MemoryLimits {
  readonly responses: number;
  /** All together, as JSON. */
  readonly characters: number;
}

const DEFAULTS: MemoryLimits = {
  responses: LIMITS.storedResponses,
  characters: LIMITS.storedCharacters,
};

/** A store whose oldest responses make room for new ones. One that is larger than all the room is not kept. */
export const memoryResponses = ({ responses, characters }: MemoryLimits = DEFAULTS): ResponseStore => {
  // As text, so that its size is known, and nobody changes what is kept.
  const kept = new Map<string, string>();
  let size = 0;
  const drop = (id: string): void => {
    size -= kept.get(id)?.length ?? 0;
    kept.delete(id);
  };
  return {
    get(id) {
      const text = kept.get(id);
      return text === undefined ? undefined : (JSON.parse(text) as StoredResponse);
    },
    set(id, stored) {
      drop(id);
      const text = JSON.stringify(stored);
      if (text.length > characters) return false;
      kept.set(id, text);
      size += text.length;
      for (const oldest of kept.keys()) {
        if (kept.size <= responses && size <= characters) break;
        drop(oldest);
      }
      return true;
    },
    delete: drop,
  };
};
