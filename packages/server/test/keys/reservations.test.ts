// What calls of this process have reserved stays theirs while they run, whatever its clock does.
import { afterEach, expect, it, vi } from 'vitest';
import { Reservations } from '../../src/keys/reservations.ts';
import type { Limit } from '../../src/state/state.ts';
import { openState } from '../../src/state-engines/open-state.ts';

afterEach(() => vi.useRealTimers());

const limit: Limit = { unit: 'tokens', per: 'total', most: 100 };
const wants = [{ limit, amount: 60, isBound: true }];
const { signal } = new AbortController();

it.each(['memory', 'sqlite::memory:'])(
  '%s: a jump of the clock gives nothing of a running call away',
  async (url) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 30, 12) });
    const state = await openState({ url, timeout: 2_000, days: 1 });
    const reservations = new Reservations({ state, timeout: 2_000, patience: 0 });
    expect(await reservations.reserve('one', 'k', wants, signal)).toEqual({ isGranted: true });
    vi.setSystemTime(Date.UTC(2026, 10, 30, 12, 0, 31));
    // To look at it ends nothing.
    await state.standing('k', [limit]);
    expect(await reservations.reserve('two', 'k', wants, signal)).toMatchObject({ why: 'busy' });
    vi.setSystemTime(Date.UTC(2026, 10, 30, 13));
    expect(await reservations.reserve('three', 'k', wants, signal)).toMatchObject({ why: 'busy' });
    reservations.close();
    await state.close();
  },
);
